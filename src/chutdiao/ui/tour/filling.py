"""Sample answers typed, chosen, pasted and attached through a form's own widgets."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt
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

    def __init__(
        self,
        hands: Hands,
        desk: Desk,
        answers: Mapping[str, Json],
        typed_once: bool = False,
        paper: Callable[[Field], None] = lambda _field: None,
    ) -> None:
        """With ``typed_once`` what the form knows already is never typed again.

        ``paper`` hears for which field a file is chosen next.
        """
        self._paper = paper
        self._hands = hands
        self._desk = desk
        self._answers = answers
        self._once = typed_once

    def fill(self, draft: str, pictures: str, of: Collection[str] | None = None) -> None:
        """Fill every section shown and keep a picture of each, or only of some."""
        form = open_form(self._desk.workspace, draft).form
        for section in form.sections:
            if not self._state(draft).sections[section.id].visible:
                continue
            self._hands.click(f"section.{section.id}")
            self._hands.find(f"panel.{section.id}")
            self._fill_section(draft, section)
            if of is None or section.id in of:
                self._hands.picture(f"{pictures}-{section.id}")

    def _state(self, draft: str) -> FormState:
        self._desk.jobs.flush()
        return open_form(self._desk.workspace, draft).session.state

    def _fill_section(self, draft: str, section: Section) -> None:
        state = self._state(draft)
        for field in section.fields:
            value = self._answers.get(field.id)
            held = state.fields[field.id]
            if not held.visible or held.computed:
                continue
            if field.type is FieldType.FILE:
                if held.value or not (held.required or self._once):
                    continue
                self._attach(field, held.required)
            elif held.value == value:
                continue
            elif value not in (None, ""):
                self._add(field, value, held.value)
            else:
                continue
            state = self._state(draft)

    def _add(self, field: Field, value: Json, held: Json) -> None:
        if field.type is FieldType.TABLE and isinstance(value, list):
            self._rows(field, value, bool(held) and self._once)
        elif not (held and self._once):
            self._answer(field, value)
        elif isinstance(held, dict) and isinstance(value, dict) and field.type is FieldType.ADDRESS:
            self._address(field, {part: text for part, text in value.items() if not held.get(part)})

    def _attach(self, field: Field, needed: bool) -> None:
        """A document of the vault where one fits, else, where it is needed, a file of the disk."""
        self._hands.click(f"vault.{field.id}")
        self._hands.until(lambda: bool(self._hands.all("offer.") or self._hands.all("vault-none.")), "offers")
        held = next((b for b in self._hands.all("offer.") if b.objectName().endswith(".use")), None)
        if held is not None:
            self._hands.click(held.objectName())
        else:
            self._hands.click(f"vault.{field.id}")
            if needed:
                self._paper(field)
                self._hands.click(f"field.{field.id}")
        self._hands.pause(150)

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
        elif field.long:
            self._hands.write(f"field.{field.id}", str(value))
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

    def _rows(self, field: Field, rows: list[Json], known: bool) -> None:
        """Paste rows unless they are known, then answer in the cells what the paste does not bring."""
        if not known:
            self._paste(field, rows)
        model = self._table(field).model
        for row, cells in enumerate(rows):
            for place, column in enumerate(model.columns):
                value = cells.get(column.id) if isinstance(cells, dict) else None
                index = model.index(row, place)
                editable = model.flags(index) & Qt.ItemFlag.ItemIsEditable
                if value not in (None, "") and editable and model.value(index) in (None, ""):
                    model.setData(index, value, Qt.ItemDataRole.UserRole)
                    self._hands.pause(2)

    def _table(self, field: Field) -> TableField:
        holder = self._hands.find(f"field.{field.id}", QTableView).parent()
        while holder is not None and not isinstance(holder, TableField):
            holder = holder.parent()
        assert isinstance(holder, TableField)
        return holder

    def _paste(self, field: Field, rows: list[Json]) -> None:
        columns = {column.id: column for column in field.columns}
        order = field.rows.paste if field.rows and field.rows.paste else tuple(columns)
        lines = []
        for row in rows:
            cells = row if isinstance(row, dict) else {}
            lines.append("\t".join(self._cell(columns[name], cells.get(name)) for name in order))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._table(field).paste_clipboard()
        self._hands.pause(100)

    def _cell(self, column: Field, value: Json) -> str:
        if value in (None, ""):
            return ""
        if column.type is FieldType.CHOICE:
            return next((c.label.th for c in column.choices if c.code == value), str(value))
        return show_value(column, value, "th", lambda _table, code: code)
