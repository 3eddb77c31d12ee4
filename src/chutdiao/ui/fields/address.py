"""An address block: the sub-district is found by typing and brings its postcode."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from chutdiao.app.ports import ReferenceRow
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import arabic_digits, clean
from chutdiao.ui.fields.frame import FieldWidget
from chutdiao.ui.fields.reference import TableEdit
from chutdiao.ui.widgets import Muted, named, restyle

# Order and place (row, column, span of 12) as addresses are written on Thai forms.
_GRID = (
    ("building", 0, 0, 6), ("room", 0, 6, 3), ("floor", 0, 9, 3),
    ("house", 1, 0, 3), ("moo", 1, 3, 3), ("village", 1, 6, 6),
    ("soi", 2, 0, 4), ("junction", 2, 4, 3), ("road", 2, 7, 5),
    ("area", 3, 0, 9), ("postcode", 3, 9, 3),
)  # fmt: skip
_DIGITS = frozenset({"moo"})


class AddressField(FieldWidget):
    """House to road typed, sub-district to province found, postcode filled in."""

    def build(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        self._edits: dict[str, QLineEdit] = {}
        self._codes: dict[str, Json] = {}
        for part, row, column, span in _GRID:
            grid.addWidget(self._cell(part), row, column, 1, span)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        return box

    def _cell(self, part: str) -> QWidget:
        cell = QWidget()
        lines = QVBoxLayout(cell)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        told = self.around.tr(f"form.address.{part}")
        label = Muted(f"label.{self.place}.{part}", told, wrap=False)
        lines.addWidget(label)
        editor = self._editor(part)
        named(editor, f"field.{self.place}.{part}", f"{self.field.label.to(self.around.language())} {told}")
        label.setBuddy(editor)
        lines.addWidget(editor)
        return cell

    def _editor(self, part: str) -> QWidget:
        if part == "area":
            self.area = TableEdit("areas", self.around)
            self.area.setPlaceholderText(self.around.tr("form.address.area.example"))
            self.area.picked.connect(self._found)
            self.area.left_open.connect(self._not_found)
            return self.area
        if part == "postcode":
            self.postcode = QComboBox()
            self.postcode.setEditable(True)
            self.postcode.lineEdit().textEdited.connect(self._typed)
            self.postcode.activated.connect(self._typed)
            return self.postcode
        edit = QLineEdit()
        edit.textEdited.connect(self._typed)
        self._edits[part] = edit
        return edit

    def focus_widget(self) -> QWidget:
        return self._edits["building"]

    def _name_editor(self) -> None:
        super()._name_editor()
        self._edits["building"].setAccessibleName(
            f"{self.label.said} {self.around.tr('form.address.building')}"
        )

    def show_state(self, *given: object, **more: object) -> None:
        super().show_state(*given, **more)
        self._name_editor()

    def read(self) -> Json:
        value: dict[str, Json] = {}
        for part, edit in self._edits.items():
            text = clean(edit.text())
            if text:
                value[part] = arabic_digits(text) if part in _DIGITS else text
        value.update({part: code for part, code in self._codes.items() if code})
        postcode = arabic_digits(clean(self.postcode.currentText()))
        if postcode:
            value["postcode"] = postcode
        return value or None

    def put(self, value: Json) -> None:
        held = value if isinstance(value, dict) else {}
        for part, edit in self._edits.items():
            edit.setText(str(held.get(part) or ""))
        self._codes = {part: held.get(part) for part in ("subdistrict", "district", "province")}
        code = str(held.get("subdistrict") or "")
        self.area.show_code(code)
        row = self.around.tables.row("areas", code) if code else None
        self._offer_postcodes(row, str(held.get("postcode") or ""))

    def set_open(self, is_open: bool) -> None:
        for edit in (*self._edits.values(), self.area, self.postcode.lineEdit()):
            edit.setReadOnly(not is_open)

    def mark_problem(self, bad: bool) -> None:
        restyle(self.area, "state", "bad" if bad else "")

    def _offer_postcodes(self, row: ReferenceRow | None, chosen: str) -> None:
        self.postcode.clear()
        known = dict(row.extra).get("postcodes", "") if row is not None else ""
        codes = known.replace(",", " ").replace(";", " ").replace("|", " ").split()
        self.postcode.addItems(codes)
        self.postcode.setCurrentText(chosen or (codes[0] if len(codes) == 1 else ""))

    @Slot(object)
    def _found(self, row: ReferenceRow) -> None:
        extra = dict(row.extra)
        self._codes = {
            "subdistrict": row.code,
            "district": extra.get("district", row.code[:4]),
            "province": extra.get("province", row.code[:2]),
        }
        self._offer_postcodes(row, "")
        self.answer(self.read())

    @Slot(str)
    def _not_found(self, typed: str) -> None:
        self._codes = {}
        own = Problem("reference.unknown", self.place, {"value": typed}) if typed else None
        self.answer(self.read(), (own,) if own else ())

    @Slot()
    def _typed(self) -> None:
        self.answer(self.read(), self._own)
