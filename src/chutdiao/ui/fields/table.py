"""Rows of answers: edited in place, added, removed, or pasted from a spreadsheet."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLayout, QTableView, QWidget

from chutdiao.app.ports import FactValue
from chutdiao.domain.check import FieldState
from chutdiao.domain.form import FieldType, Rows
from chutdiao.domain.paste import read_paste
from chutdiao.domain.problem import Json, Problem
from chutdiao.ui.fields.cells import CellDelegate
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.fields.frame import FieldWidget
from chutdiao.ui.models.table_rows import RowsModel
from chutdiao.ui.widgets import LinkButton, Muted, SecondaryButton, named, rows

_SHOWN_ROWS, _ROW_NUMBER = 8, 44
_WIDTHS = {
    FieldType.IDENTITY: 170,
    FieldType.NAME: 220,
    FieldType.TEXT: 180,
    FieldType.ADDRESS: 300,
    FieldType.REFERENCE: 170,
    FieldType.CHOICE: 150,
    FieldType.NUMBER: 84,
}
_SAID_MOST = 5


class TableField(FieldWidget):
    """A table answer; cells tell their own place, a paste tells the whole table."""

    row_added = Signal(str)  # the table
    row_removed = Signal(str, str)  # the table, the row's id
    rows_wanted = Signal(str)  # the table whose ready rows are to be added

    def build(self) -> QWidget:
        box = QWidget(self)
        column = rows(box, 8)
        self.model = RowsModel(self.field, self.around, self)
        self.model.edited.connect(self._edited)
        self.view = named(QTableView(), f"field.{self.place}", self.field.label.to(self.around.language()))
        self.view.setModel(self.model)
        self.view.setItemDelegate(CellDelegate(self.model, self.around, self.view))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.view.setTabKeyNavigation(True)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        numbered = any(column.value == "row()" for column in self.field.columns)
        self.view.verticalHeader().setVisible(not numbered)
        self.view.verticalHeader().setDefaultSectionSize(self.around.theme.px(40))
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.installEventFilter(self)
        self._size_columns()
        column.addWidget(self.view)
        column.addLayout(self._build_buttons())
        return box

    def _size_columns(self) -> None:
        metrics = self.view.fontMetrics()
        for index, spec in enumerate(self.model.columns):
            label = spec.label.to(self.around.language()) or spec.id
            width = metrics.horizontalAdvance(label) + self.around.theme.px(28)
            least = _ROW_NUMBER if spec.value == "row()" else _WIDTHS.get(spec.type, 110)
            self.view.setColumnWidth(index, max(width, self.around.theme.px(least)))

    def _build_buttons(self) -> QLayout:
        row = FlowLayout(across=8)
        self.add = SecondaryButton(f"add-row.{self.place}", self.around.tr("form.table.add"), compact=True)
        self.add.picture(self.around.theme, "plus", size=16)
        self.add.clicked.connect(self._add)
        self.paste = SecondaryButton(f"paste.{self.place}", self.around.tr("form.table.paste"), compact=True)
        self.paste.picture(self.around.theme, "clipboard-paste", size=16)
        self.paste.clicked.connect(self.paste_clipboard)
        self.remove = LinkButton(
            f"remove-row.{self.place}", self.around.tr("form.table.remove"), compact=True
        )
        self.remove.clicked.connect(self._remove)
        self.count = Muted(f"count.{self.place}", "", wrap=False)
        told = self.around.tr("form.table.offer")
        self.offer = SecondaryButton(f"offer-rows.{self.place}", told, compact=True)
        self.offer.picture(self.around.theme, "list-checks", size=16)
        self.offer.clicked.connect(self._want_rows)
        self._has_offer = self.field.rows is not None and self.field.rows.offer is not None
        self.offer.setVisible(self._has_offer)
        for button in (self.add, self.paste, self.offer, self.remove):
            row.addWidget(button)
        row.addWidget(self.count)
        return row

    def focus_widget(self) -> QWidget:
        return self.view

    def hint_text(self) -> str:
        given = super().hint_text()
        names = self._paste_columns()
        return given or (self.around.tr("form.table.paste-order", columns=" · ".join(names)) if names else "")

    def _paste_columns(self) -> list[str]:
        order = (self.field.rows or Rows()).paste
        by_id = {c.id: c.label.to(self.around.language()) or c.id for c in self.field.columns}
        return [by_id[name] for name in order if name in by_id]

    def read(self) -> Json:
        return self._last if isinstance(self._last, list) else None

    def put(self, value: Json) -> None:
        self._rows: list[dict[str, Json]] = (
            [r for r in value if isinstance(r, dict)] if isinstance(value, list) else []
        )

    def show_rows(self, states: Mapping[str, FieldState], changed: frozenset[str] | None = None) -> None:
        """Take the states of the cells that changed, or of all; called after the table's own state."""
        self.model.load(getattr(self, "_rows", []), states, changed)
        self.count.say(self.around.tr("form.table.count", n=self.model.rowCount()))
        self.remove.setEnabled(self.model.rowCount() > 0)
        self._fit()
        self._show_problems()

    def show_state(self, state: FieldState, origin: FactValue | None = None, is_open: bool = True) -> None:
        self._last = self  # cells change inside the rows, so the rows are always taken anew
        own = self._own
        super().show_state(state, origin, is_open)
        self._own = own
        self._show_problems()

    def set_open(self, is_open: bool) -> None:
        self.model.open = is_open
        for button in (self.add, self.paste, self.remove):
            button.setVisible(is_open)
        self.offer.setVisible(is_open and self._has_offer)

    def mark_problem(self, bad: bool) -> None:
        """The cells themselves are marked."""

    def problems(self) -> tuple[Problem, ...]:
        own = super().problems()
        cells = self.model.all_problems()
        if not self._visited:
            cells = [cell for cell in cells if cell[2].code != "required"]
        said = [self._in_cell(*cell) for cell in cells[:_SAID_MOST]]
        if len(cells) > _SAID_MOST:
            said.append(Problem("table.more", self.place, {"n": str(len(cells) - _SAID_MOST)}))
        return (*own, *said)

    def _in_cell(self, number: int, spec: object, problem: Problem) -> Problem:
        language = self.around.language()
        where = self.around.tr("form.table.cell", row=number, column=spec.label.to(language) or spec.id)
        values = {"where": where, "message": self.around.sentence(problem)}
        return Problem("table.cell", problem.place, values, problem.level, mend=problem.mend)

    def _fit(self) -> None:
        shown = max(2, min(self.model.rowCount(), _SHOWN_ROWS))
        height = self.view.horizontalHeader().sizeHint().height() + shown * self.around.theme.px(40) + 16
        self.view.setFixedHeight(height)

    @Slot(str, object)
    def _edited(self, place: str, value: Json) -> None:
        self._own = ()
        self.answered.emit(place, value)

    @Slot()
    def _add(self) -> None:
        self._own = ()
        self.row_added.emit(self.place)
        last = self.model.rowCount() - 1
        for column in range(self.model.columnCount()):
            index = self.model.index(last, column)
            if last >= 0 and self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.view.setCurrentIndex(index)
                self.view.setFocus()
                break

    @Slot()
    def _want_rows(self) -> None:
        self._own = ()
        self.rows_wanted.emit(self.place)

    @Slot()
    def _remove(self) -> None:
        current = self.view.currentIndex()
        index = current.row() if current.isValid() else self.model.rowCount() - 1
        row = self.model.row_id(index)
        if row:
            self._own = ()
            self.row_removed.emit(self.place, row)

    @Slot()
    def paste_clipboard(self) -> None:
        """Add the rows of the clipboard; what cannot be taken is said and changes nothing."""
        self.paste_text(QGuiApplication.clipboard().text())

    def paste_text(self, text: str) -> None:
        """Add rows copied from a spreadsheet after those that are there."""
        if not text.strip():
            self._own = (Problem("paste.empty", self.place),)
            self._show_problems()
            return
        pasted = read_paste(self.field, text, self.around.today())
        self._own = tuple(
            Problem(p.code, p.place or self.place, p.values, p.level, p.say, p.law, p.mend)
            for p in pasted.problems
        )
        if pasted.rows:
            kept = [row for row in self._rows if any(v is not None for k, v in row.items() if k != "_row")]
            own = self._own
            self.answered.emit(self.place, [*kept, *pasted.rows])
            self._own = own
        self._show_problems()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Events still come while Python takes the field apart.
        ours = watched is getattr(self, "view", None)
        if ours and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste) and self.model.open:
                self.paste_clipboard()
                return True
            if event.key() == Qt.Key.Key_Tab and self._at_end():
                self.add.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _at_end(self) -> bool:
        current = self.view.currentIndex()
        return not current.isValid() or (
            current.row() == self.model.rowCount() - 1 and current.column() == self.model.columnCount() - 1
        )
