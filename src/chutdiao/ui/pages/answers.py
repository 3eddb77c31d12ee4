"""The answers of a form as lines of text, for reading and for copying."""

from collections.abc import Iterator
from dataclasses import dataclass

from chutdiao.app.opened import OpenedForm
from chutdiao.domain.check import FieldState
from chutdiao.domain.form import Field, FieldType, Section
from chutdiao.domain.problem import Problem
from chutdiao.domain.typed import show_value
from chutdiao.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and its answer in words; ``problems`` are those placed at it or below."""

    place: str
    label: str
    text: str
    problems: tuple[Problem, ...]
    unsure: bool = False


def sections(opened: OpenedForm) -> list[Section]:
    """The sections that show something with these answers."""
    state = opened.session.state
    return [
        section
        for section in opened.form.sections
        if state.sections[section.id].visible and any(state.fields[f.id].visible for f in section.fields)
    ]


def lines(desk: Desk, opened: OpenedForm, section: Section) -> Iterator[AnswerLine]:
    """Every visible question of a section in order."""
    for field in section.fields:
        line = answer(desk, opened, field)
        if line is not None:
            yield line


def answer(desk: Desk, opened: OpenedForm, field: Field) -> AnswerLine | None:
    """One visible question; none where it is hidden or a signature."""
    state = opened.session.state.fields.get(field.id)
    if state is None or not state.visible or field.type is FieldType.SIGNATURE:
        return None
    found = tuple(
        p
        for p in opened.session.state.problems
        if p.place == field.id or p.place.startswith((f"{field.id}[", f"{field.id}."))
    )
    return AnswerLine(
        field.id, desk.local(state.label), words(desk, opened, field, state), found, state.unsure
    )


def words(desk: Desk, opened: OpenedForm, field: Field, state: FieldState) -> str:
    """What was answered, as it is shown; tables one row a line."""
    if state.value in (None, "", [], {}):
        return ""
    if field.type is FieldType.TABLE:
        return _rows(desk, opened, field)
    if field.type is FieldType.FILE and isinstance(state.value, list):
        return ", ".join(str(f.get("name", "")) for f in state.value if isinstance(f, dict))
    return cell(desk, field, state)


def cell(desk: Desk, field: Field, state: FieldState) -> str:
    """One value in words."""
    if state.value is None or not state.visible:
        return ""
    if field.type is FieldType.CHOICE:
        chosen = next((c for c in field.choices if c.code == state.value), None)
        return desk.local(chosen.label) or str(state.value) if chosen else str(state.value)

    def label_of(table: str, code: str) -> str:
        row = desk.workspace.tables.row(table, code)
        return desk.local(row.label) if row is not None else code

    return show_value(field, state.value, desk.language, label_of)


def _rows(desk: Desk, opened: OpenedForm, field: Field) -> str:
    state = opened.session.state
    told = []
    for row in state.row_ids.get(field.id, ()):
        parts = [
            cell(desk, column, held)
            for column in field.columns
            if (held := state.fields.get(f"{field.id}[{row}].{column.id}")) is not None
        ]
        told.append(" · ".join(part for part in parts if part))
    return "\n".join(told)
