"""The law of a form applied to answers: what is visible, required, computed, offered, and wrong."""

from chutdiao.domain.check.judge import ADDRESS_PARTS, HasCode
from chutdiao.domain.check.live import LiveForm, node_of
from chutdiao.domain.check.program import ALL, NONE, Program, program_of
from chutdiao.domain.check.signers import Signer, signature_problems, signer_key
from chutdiao.domain.check.state import (
    ROW,
    Answers,
    Context,
    FieldState,
    FormState,
    SectionState,
    cell,
    filled,
)
from chutdiao.domain.form import FormSpec

__all__ = [
    "ADDRESS_PARTS",
    "ALL",
    "NONE",
    "ROW",
    "Answers",
    "Context",
    "FieldState",
    "FormState",
    "HasCode",
    "LiveForm",
    "Program",
    "SectionState",
    "Signer",
    "cell",
    "evaluate",
    "filled",
    "node_of",
    "program_of",
    "signature_problems",
    "signer_key",
]


def evaluate(
    form: FormSpec,
    answers: Answers,
    context: Context,
    unsure: frozenset[str] = frozenset(),
    tables: HasCode | None = None,
) -> FormState:
    """Check answers once; ``tables(table, code)`` says whether a reference table has a code."""
    return LiveForm(form, answers, context, unsure, tables).state()
