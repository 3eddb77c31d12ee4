"""Sample answers typed, chosen, pasted and attached through a form's own widgets."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QTableView

from chutdiao.app.opened import open_form
from chutdiao.domain.check import FormState
from chutdiao.domain.form import Field, FieldType, Section
from chutdiao.domain.problem import Json
from chutdiao.domain.typed import show_value
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.table import TableField
from chutdiao.ui.tour.hands import Hands

_BY_CHOICE = (FieldType.CHOICE, FieldType.CHOICES)
_ADDRESS_LINES = ("house", "moo", "building", "room", "floor", "village", "soi", "junction", "road")


class Filler:
    """Fills the form in front, section by section, leaving what is answered already."""

    def __init__(self, hands: Hands, desk: Desk, answers: Mapping[str, Json], paper: Path) -> None:
        """``paper`` is attached wherever a file is asked for."""
        self._hands = hands
        self._desk = desk
        self._answers = answers
        self._paper = paper

    def fill(self, draft: str, pictures: str) -> None:
        """Fill every section shown and keep a picture of each."""
        form = open_form(self._desk.workspace, draft).form
        for section in form.sections:
            if not self._state(draft).sections[section.id].visible:
                continue
            self._hands.click(f"section.{section.id}")
            self._hands.find(f"panel.{section.id}")
            self._fill_section(draft, section)
            self._hands.picture(f"{pictures}-{section.id}")

    def _state(self, draft: str) -> FormState:
        self._desk.jobs.flush()
        return open_form(self._desk.workspace, draft).session.state

    def _fill_section(self, draft: str, section: Section) -> None:
        for field in section.fields:
            value = self._answers.get(field.id)
            held = self._state(draft).fields[field.id]
            if not held.visible or held.computed or held.value == value:
                continue
            if field.type is FieldType.FILE:
                if held.required:
                    self._hands.click(f"field.{field.id}")
                    self._hands.pause(150)
            elif value not in (None, ""):
                self._answer(field, value)

    def _answer(self, field: Field, value: Json) -> None:
        if field.type in _BY_CHOICE:
            self._choose(field, value)
        elif field.type is FieldType.REFERENCE:
            self._settle(f"field.{field.id}", str(value))
        elif field.type is FieldType.ADDRESS and isinstance(value, dict):
            self._address(field, value)
        elif field.type is FieldType.NAME and isinstance(value, dict):
            for part, text in value.items():
                self._hands.type(f"field.{field.id}.{part}", str(text))
        elif field.type is FieldType.TABLE and isinstance(value, list):
            self._paste(field, value)
        else:
            shown = show_value(field, value, "th", lambda _table, code: code)
            self._hands.type(f"field.{field.id}", shown)

    def _choose(self, field: Field, value: Json) -> None:
        for code in value if isinstance(value, list) else [value]:
            if self._hands.look(f"choice.{field.id}.{code}") is not None:
                self._hands.click(f"choice.{field.id}.{code}")
                continue
            combo = self._hands.find(f"field.{field.id}", QComboBox)
            assert isinstance(combo, QComboBox)
            place = combo.findData(code)
            combo.setCurrentIndex(place)
            combo.activated.emit(place)
            self._hands.pause()

    def _settle(self, name: str, code: str) -> None:
        self._hands.type(name, code)
        edit = self._hands.find(name)
        settle = getattr(edit, "settle", None)
        if settle is not None:
            settle()
        self._hands.pause()

    def _address(self, field: Field, value: Mapping[str, Json]) -> None:
        for part in _ADDRESS_LINES:
            if value.get(part):
                self._hands.type(f"field.{field.id}.{part}", str(value[part]))
        if value.get("subdistrict"):
            self._settle(f"field.{field.id}.area", str(value["subdistrict"]))

    def _paste(self, field: Field, rows: list[Json]) -> None:
        columns = {column.id: column for column in field.columns}
        order = field.rows.paste if field.rows and field.rows.paste else tuple(columns)
        lines = []
        for row in rows:
            cells = row if isinstance(row, dict) else {}
            lines.append("\t".join(self._cell(columns[name], cells.get(name)) for name in order))
        table = self._hands.find(f"field.{field.id}", QTableView)
        clipboard = QGuiApplication.clipboard()
        clipboard.setText("\n".join(lines))
        holder = table.parent()
        while holder is not None and not isinstance(holder, TableField):
            holder = holder.parent()
        assert isinstance(holder, TableField)
        holder.paste_clipboard()
        self._hands.pause(100)

    def _cell(self, column: Field, value: Json) -> str:
        if value in (None, ""):
            return ""
        if column.type is FieldType.CHOICE:
            return next((c.label.th for c in column.choices if c.code == value), str(value))
        return show_value(column, value, "th", lambda _table, code: code)
