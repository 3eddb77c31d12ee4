"""The name of a person or of a company."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from chutdiao.domain.problem import Json
from chutdiao.domain.text import clean
from chutdiao.ui.fields.frame import FieldWidget
from chutdiao.ui.widgets import named, restyle

_PARTS = ("title", "first", "last")


class NameField(FieldWidget):
    """Title, first and last name of a person; one line where the name is a company's."""

    def build(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._edits: dict[str, QLineEdit] = {}
        names = ("full",) if self.field.of == "juristic" else _PARTS
        for part in names:
            edit = named(QLineEdit(), f"field.{self.place}.{part}", self.around.tr(f"form.name.{part}"))
            if part != "full":
                edit.setPlaceholderText(self.around.tr(f"form.name.{part}"))
            edit.textEdited.connect(self._typed)
            self._edits[part] = edit
            row.addWidget(edit, 2 if part == "title" else 4)
        if "title" in self._edits:
            self._offer_titles(self._edits["title"])
        return box

    def _offer_titles(self, edit: QLineEdit) -> None:
        language = self.around.language()
        rows = self.around.tables.find("titles", "", 40)
        finder = QCompleter([row.label.to(language) for row in rows], self)
        finder.setFilterMode(finder.filterMode())
        finder.activated.connect(self._typed)
        edit.setCompleter(finder)

    def focus_widget(self) -> QWidget:
        return next(iter(self._edits.values()))

    def _name_editor(self) -> None:
        super()._name_editor()
        for part, edit in self._edits.items():
            told = self.around.tr(f"form.name.{part}") if part != "full" else ""
            edit.setAccessibleName(f"{self.label.said} {told}".strip())

    def read(self) -> Json:
        parts: dict[str, Json] = {
            part: clean(edit.text()) for part, edit in self._edits.items() if clean(edit.text())
        }
        return parts or None

    def put(self, value: Json) -> None:
        held = value if isinstance(value, dict) else {}
        if isinstance(value, str):
            held = {"full": value, "first": value}
        if held.get("full") and "full" not in self._edits and not held.get("first"):
            held = {"first": held["full"]}
        for part, edit in self._edits.items():
            edit.setText(str(held.get(part) or ""))

    def set_open(self, is_open: bool) -> None:
        for edit in self._edits.values():
            edit.setReadOnly(not is_open)

    def mark_problem(self, bad: bool) -> None:
        for edit in self._edits.values():
            restyle(edit, "state", "bad" if bad else "")

    @Slot()
    def _typed(self) -> None:
        self.answer(self.read())
