"""Who must sign a form: one person a signatory, or one for each row of a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chutdiao.domain.expression import UNANSWERED, ExpressionError, Scope, compile_expression, truth
from chutdiao.domain.form import FormSpec, Signatory
from chutdiao.domain.problem import Problem
from chutdiao.domain.submission import Signature
from chutdiao.domain.text import LocalText
from chutdiao.domain.typed import show_name


@dataclass(frozen=True, slots=True)
class Signer:
    """One person who must sign.

    ``key`` is what a signature names: the signatory's role, with the row's id where each row signs.
    ``name`` is as printed, empty while the answers do not give it.
    """

    key: str
    role: str
    row: str
    label: LocalText
    name: str
    methods: tuple[str, ...]


def signer_key(role: str, row: str) -> str:
    """The name a signature goes by."""
    return f"{role}[{row}]" if row else role


def signers_of(form: FormSpec, scope: Scope, row_ids: Mapping[str, Sequence[str]]) -> tuple[Signer, ...]:
    """Everybody who must sign with the answers of ``scope``, in the form's order."""
    return tuple(
        who for spec in form.signatories for who in _signers(spec, scope, row_ids.get(spec.each, ()))
    )


def _signers(spec: Signatory, scope: Scope, ids: Sequence[str]) -> Iterator[Signer]:
    if not spec.each:
        if _holds(spec.show, scope):
            yield _signer(spec, scope, "", spec.label)
        return
    rows = [
        (row, inside)
        for row, inside in zip(ids, scope.rows(spec.each), strict=False)
        if _holds(spec.show, inside)
    ]
    for number, (row, inside) in enumerate(rows, 1):
        label = spec.label
        if len(rows) > 1:
            label = LocalText(f"{label.th} {number}", f"{label.en} {number}")
        yield _signer(spec, inside, row, label)


def _signer(spec: Signatory, scope: Scope, row: str, label: LocalText) -> Signer:
    return Signer(signer_key(spec.role, row), spec.role, row, label, _name(spec.name, scope), spec.methods)


def _holds(source: str, scope: Scope) -> bool:
    return not source or truth(compile_expression(source).evaluate(scope)) is True


def _name(source: str, scope: Scope) -> str:
    try:
        found = compile_expression(source).evaluate(scope) if source else UNANSWERED
    except ExpressionError:
        return ""
    if isinstance(found, dict):
        return show_name(dict(found))
    return found if isinstance(found, str) else ""


def signature_problems(who: Sequence[Signer], signatures: Sequence[Signature]) -> list[Problem]:
    """Each signature that is missing, nameless, or given in a way the form does not allow."""
    given = {signature.role: signature for signature in signatures}
    problems: list[Problem] = []
    for one in who:
        found = given.get(one.key)
        named = f"{one.label.th} {one.name}".strip()
        if found is None or not found.name.strip() or (found.kind == "drawn" and not found.image):
            problems.append(Problem("sign.missing", one.key, {"who": named}))
        elif found.kind not in one.methods:
            problems.append(Problem("sign.method", one.key, {"who": named, "kind": found.kind}))
    return problems
