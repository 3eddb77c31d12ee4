"""What a check of answers says: one state for every place, section and the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from chutdiao.domain.check.signers import Signer, signers_of
from chutdiao.domain.expression import Scope, Value, compile_expression, truth
from chutdiao.domain.form import Choice, Field, FieldType, FormSpec, Requirement
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json, Level, Problem
from chutdiao.domain.text import LocalText

Answers = dict[str, Json]
ROW = "_row"


@dataclass(frozen=True, slots=True)
class Context:
    """The day and the dated values a check counts with."""

    today: date
    parameters: Parameters = field(default_factory=Parameters)


class FieldState(NamedTuple):
    """One field or cell; ``choices`` are those offered now, ``problems`` those placed here."""

    visible: bool
    required: bool
    value: Json
    computed: bool
    label: LocalText
    problems: tuple[Problem, ...]
    choices: tuple[Choice, ...]
    unsure: bool


class SectionState(NamedTuple):
    """How far a section is: of ``needed`` questions ``answered`` are; ``problems`` counts what stops."""

    visible: bool
    answered: int
    needed: int
    problems: int


@dataclass(frozen=True, slots=True)
class FormState:
    """The answers of a form seen through its law, as of the latest change.

    ``scope`` evaluates further expressions over the same answers: print maps, signatories.
    """

    form: FormSpec
    fields: Mapping[str, FieldState]
    problems: tuple[Problem, ...]
    sections: Mapping[str, SectionState]
    computed: Mapping[str, Json]
    row_ids: Mapping[str, tuple[str, ...]]
    scope: Scope

    @property
    def ready(self) -> bool:
        """Whether nothing stops the form from being sent."""
        return not any(problem.level is Level.STOP for problem in self.problems)

    def ask(self, source: str) -> Value:
        """Evaluate an expression over these answers; raises ExpressionError."""
        return compile_expression(source).evaluate(self.scope)

    def holds(self, source: str) -> bool:
        """Whether a condition holds; an empty one does, an unanswered one does not."""
        return not source or truth(self.ask(source)) is True

    def signatories(self) -> tuple[Signer, ...]:
        """Who must sign with these answers, one for each row where a table's rows sign."""
        return signers_of(self.form, self.scope, self.row_ids)

    def requirements(self) -> tuple[Requirement, ...]:
        """The documents these answers call for."""
        return tuple(paper for paper in self.form.requirements if self.holds(paper.needed))

    def submitted(self) -> Answers:
        """Return what is sent: visible answers and computed values, rows with their ids."""
        sent: Answers = {}
        for spec in self.form.fields():
            state = self.fields[spec.id]
            if not state.visible or spec.type is FieldType.SIGNATURE:
                continue
            if spec.type is FieldType.TABLE:
                rows = [self._row(spec.id, row, spec.columns) for row in self.row_ids.get(spec.id, ())]
                if rows:
                    sent[spec.id] = rows
            elif filled(state.value):
                sent[spec.id] = state.value
        return sent

    def _row(self, table: str, row: str, columns: tuple[Field, ...]) -> Json:
        cells: dict[str, Json] = {ROW: row}
        for column in columns:
            name = column.id
            state = self.fields[cell(table, row, name)]
            if state.visible and filled(state.value):
                cells[name] = state.value
        return cells


def cell(table: str, row: str, column: str) -> str:
    """Return the place of one cell."""
    return f"{table}[{row}].{column}"


def filled(value: Json) -> bool:
    """Whether an answer says anything at all."""
    if isinstance(value, dict):
        return any(filled(part) for key, part in value.items() if key != ROW)
    if isinstance(value, list):
        return bool(value)
    return value is not None and value != ""
