"""The three ways to look at duties: a list, a month, a year; each by keyboard alone."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView

from chutdiao.app.duties import BusinessDuties
from chutdiao.domain.duty import Duty
from chutdiao.ui.desk import Desk
from chutdiao.ui.models.duties import DutyRows, MonthDays, YearMonths, marks_of
from chutdiao.ui.pages.duty_paint import DayDelegate, DutyDelegate, MonthDelegate
from chutdiao.ui.widgets import named

VIEWS = ("list", "month", "year")
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_ROW, _DAYS, _STATE, _LEAST = 58, 110, 150, 230


class Grid(QTableView):
    """A table that Tab walks past and Enter opens."""

    opened = Signal(QModelIndex)

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        named(self, name, spoken)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setMouseTracking(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class DutyViews(QStackedWidget):
    """Shows the same duties three ways and tells which of them are chosen."""

    # The duties of the row or the day chosen.
    chosen = Signal(list)
    # A month of the year view was opened: its first day.
    month_opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        named(self, "duties.views", desk.tr("nav.duties"))
        self.rows_model, self.days, self.months = (
            DutyRows(desk, self),
            MonthDays(desk, self),
            YearMonths(desk, self),
        )
        self.list, self.month, self.year = (
            Grid(f"duties.{name}", desk.tr(f"duties.view.{name}")) for name in VIEWS
        )
        self._lay_list()
        self._lay_grid(self.month, self.days, DayDelegate(desk, self.month))
        self._lay_grid(self.year, self.months, MonthDelegate(desk, self.year))
        self.year.horizontalHeader().hide()
        for view, choose in ((self.list, self._row), (self.month, self._day)):
            view.selectionModel().currentChanged.connect(choose)
            self.addWidget(view)
        self.addWidget(self.year)
        self.year.opened.connect(self._opened)
        self.year.clicked.connect(self._opened)

    def _lay_list(self) -> None:
        px, view = self._desk.theme.px, self.list
        view.setModel(self.rows_model)
        view.setItemDelegate(DutyDelegate(self._desk, view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.verticalHeader().setDefaultSectionSize(px(_ROW))
        head = view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((0, _DAYS), (1, _DAYS), (3, _STATE)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            view.setColumnWidth(column, px(width))
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The duty takes what the other columns leave, but never less than it needs."""
        super().resizeEvent(event)
        px = self._desk.theme.px
        bar = self.list.verticalScrollBar().sizeHint().width()
        left = self.width() - px(2 * _DAYS + _STATE) - bar - 2
        self.list.setColumnWidth(2, max(px(_LEAST), left))

    def _lay_grid(
        self, view: Grid, model: MonthDays | YearMonths, delegate: DayDelegate | MonthDelegate
    ) -> None:
        view.setModel(model)
        view.setItemDelegate(delegate)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def load(self, found: BusinessDuties, duties: Sequence[Duty], first: date, keep: str = "") -> None:
        """Show these duties; the list keeps ``keep`` chosen, else begins at what comes next."""
        marks = marks_of(found, duties)
        self.rows_model.load(found, duties)
        self.days.load(first, marks)
        self.months.load(found.listing.year, marks)
        self.year.setCurrentIndex(self.months.index_of(first.month))
        self.choose(keep)

    def show_month(self, first: date) -> None:
        """Turn the month view to another month."""
        self.days.load(first, self.days.marks)
        self.choose_day()

    def choose(self, keep: str = "") -> None:
        """Choose in the view in front."""
        if self.currentWidget() is self.month:
            self.choose_day()
            return
        duties = self.rows_model.duties
        today = self._desk.today()
        later = (n for n, duty in enumerate(duties) if duty.due.last >= today)
        kept = (n for n, duty in enumerate(duties) if duty.id == keep)
        row = next(kept, next(later, 0))
        if not duties:
            self.chosen.emit([])
            return
        index = self.rows_model.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._row(index)

    def choose_day(self) -> None:
        """Choose today, or the first day of the month on which something is due."""
        today, first = self._desk.today(), self.days.first
        busy = sorted(day for day in self.days.marks if (day.year, day.month) == (first.year, first.month))
        day = next((day for day in busy if day >= today), next(iter(busy), first))
        index = self.days.index_of(day)
        self.month.setCurrentIndex(index)
        self._day(index)

    @Slot(QModelIndex)
    def _row(self, index: QModelIndex) -> None:
        if index.isValid() and self.currentWidget() is not self.month:
            self.chosen.emit([self.rows_model.duties[index.row()]])

    @Slot(QModelIndex)
    def _day(self, index: QModelIndex) -> None:
        if index.isValid() and self.currentWidget() is self.month:
            self.chosen.emit([mark.duty for mark in self.days.marks_at(index)])

    @Slot(QModelIndex)
    def _opened(self, index: QModelIndex) -> None:
        self.month_opened.emit(self.months.first_of(index))
