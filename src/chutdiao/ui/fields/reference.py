"""Answers taken from a reference table, found while typing."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from chutdiao.app.ports import ReferenceRow
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import clean
from chutdiao.ui.fields.frame import FieldWidget
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.models.reference import ReferenceModel

CODED = frozenset({"tsic", "banks"})
"""Tables whose codes people know and expect to see."""


class TableEdit(QLineEdit):
    """A line that finds rows of a table while one types."""

    picked = Signal(object)  # the ReferenceRow chosen
    left_open = Signal(str)  # text that is no row of the table

    def __init__(self, table: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._around = table, around
        self.rows = ReferenceModel(around.tables, table, around.language(), table in CODED)
        self._finder = QCompleter(self.rows, self)
        self._finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setMaxVisibleItems(9)
        self._finder.setWidget(self)
        self._finder.popup().setObjectName("found")
        self._finder.activated[QModelIndex].connect(self._activated)
        self.textEdited.connect(self._search)
        self.returnPressed.connect(self.settle)
        self._shown = self._code = ""

    def code(self) -> str | None:
        """The code of the row shown, the text itself where it is no row, nothing where empty."""
        if clean(self.text()) != self._shown:
            self.settle()
        return self._code or None

    def show_code(self, code: str) -> None:
        """Show the row of a code; a code the table does not know is shown as it is."""
        row = self._around.tables.row(self._table, code) if code else None
        self._code = code
        self._shown = self.rows.text_of(row) if row is not None else code
        self.setText(self._shown)
        self.setCursorPosition(0)

    @Slot(str)
    def _search(self, typed: str) -> None:
        if self.rows.search(typed):
            self._finder.complete()
        else:
            self._finder.popup().hide()

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if row is not None:
            self._take(row)

    def _take(self, row: ReferenceRow) -> None:
        self._code = row.code
        self._shown = self.rows.text_of(row)
        self.setText(self._shown)
        self.setCursorPosition(0)
        self.picked.emit(row)

    @Slot()
    def settle(self) -> None:
        """Take the row that was typed in full or is the only one found; else say that it is none."""
        typed = clean(self.text())
        if typed == self._shown:
            return
        if not typed:
            self._shown = self._code = ""
            self.left_open.emit("")
            return
        found = self.rows.search(typed)
        row = self.rows.exact(typed) or (self.rows.row_at(0) if found == 1 else None)
        if row is not None:
            self._take(row)
        else:
            self._shown = self._code = typed
            self.left_open.emit(typed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()


class ReferenceField(FieldWidget):
    """One row of a table: TSIC by the word กาแฟ, a bank, a country."""

    def build(self) -> QWidget:
        self.edit = TableEdit(self.field.table, self.around, self)
        self.edit.setObjectName(f"field.{self.place}")
        self.edit.setPlaceholderText(self.around.tr("form.find"))
        self.edit.picked.connect(self._picked)
        self.edit.left_open.connect(self._left_open)
        return self.edit

    def hint_text(self) -> str:
        given = super().hint_text()
        if given:
            return given
        return self.around.tr("form.find.tsic") if self.field.table == "tsic" else ""

    def read(self) -> Json:
        return self._last if isinstance(self._last, str) else None

    def put(self, value: Json) -> None:
        self.edit.show_code(value if isinstance(value, str) else "")

    def set_open(self, is_open: bool) -> None:
        self.edit.setReadOnly(not is_open)

    @Slot(object)
    def _picked(self, row: ReferenceRow) -> None:
        self.answer(row.code)

    @Slot(str)
    def _left_open(self, typed: str) -> None:
        if not typed:
            self.answer(None)
            return
        own = Problem("reference.unknown", self.place, {"value": typed})
        self.answer(typed, (own,))
