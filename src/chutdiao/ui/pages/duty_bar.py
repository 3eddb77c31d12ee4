"""The bar over the calendar of duties: which view, which time, which agency."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QComboBox, QPushButton, QSizePolicy, QWidget

from chutdiao.domain.dates import BUDDHIST, MONTHS_EN, MONTHS_TH
from chutdiao.ui.desk import Desk
from chutdiao.ui.pages.duty_views import VIEWS
from chutdiao.ui.widgets import SecondaryButton, ThaiLabel, line, named


class DutyBar(QWidget):
    """Says what is chosen; the page shows it."""

    way_chosen = Signal(int)
    stepped = Signal(int)
    agency_chosen = Signal()

    def __init__(self, desk: Desk, side: int) -> None:
        """Take the width of the column under which the agencies stand."""
        super().__init__()
        self._desk = desk
        self._row = line(self, 20)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._views())
        self._row.addLayout(self._time(), 1)
        self.agencies = named(QComboBox(), "duties.agency", desk.tr("duties.agency"))
        self.agencies.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.agencies.setMinimumWidth(side)
        self.agencies.activated.connect(self.agency_chosen)
        self._row.addWidget(self.agencies)

    def turn(self, way: QBoxLayout.Direction) -> None:
        """Its parts side by side or one below the other."""
        self._row.setDirection(way)

    def choose(self, view: str) -> None:
        """Mark a view as the one that is shown."""
        self._ways.button(VIEWS.index(view)).setChecked(True)

    def agency(self) -> str:
        """The agency asked for; empty for every one."""
        return str(self.agencies.currentData() or "")

    def fill_agencies(self, names: Mapping[str, str]) -> None:
        """Offer agencies by id and name; the one that was chosen stays so where it is among them."""
        held = self.agency()
        self.agencies.clear()
        self.agencies.addItem(self._desk.tr("duties.agency.all"), "")
        for agency, name in sorted(names.items(), key=lambda item: item[1]):
            self.agencies.addItem(name, agency)
        self.agencies.setCurrentIndex(max(0, self.agencies.findData(held)))

    def say_when(self, first: date, by_month: bool) -> None:
        """Name the month or the year that is shown."""
        tr, year = self._desk.tr, first.year + BUDDHIST
        months = MONTHS_EN if self._desk.language == "en" else MONTHS_TH
        self._when.say(f"{months[first.month - 1]} {year}" if by_month else tr("duties.year", year=year))
        for name, button in (("before", self._before), ("after", self._after)):
            button.setAccessibleName(tr(f"duties.{name}.{'month' if by_month else 'year'}"))

    def _views(self) -> QBoxLayout:
        row = line(None, 8)
        self._ways = QButtonGroup(self)
        self._ways.setExclusive(True)
        for view in VIEWS:
            button = QPushButton(self._desk.tr(f"duties.view.{view}"))
            named(button, f"duties.show.{view}", self._desk.tr(f"duties.view.{view}"))
            button.setProperty("segment", True)
            button.setCheckable(True)
            button.setChecked(view == VIEWS[0])
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._ways.addButton(button, VIEWS.index(view))
            row.addWidget(button)
        self._ways.idClicked.connect(self.way_chosen)
        row.addStretch(1)
        return row

    def _time(self) -> QBoxLayout:
        row = line(None, 8)
        self._before = self._stepper("before", "chevron-left", -1)
        self._when = ThaiLabel("duties.when", wrap=False)
        self._when.setProperty("strong", True)
        self._when.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._when.setMinimumWidth(self._desk.theme.px(126))
        self._after = self._stepper("after", "chevron-right", 1)
        for widget in (self._before, self._when, self._after):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _stepper(self, name: str, icon: str, step: int) -> SecondaryButton:
        button = SecondaryButton(f"duties.{name}", "", self._desk.tr(f"duties.{name}.year"), compact=True)
        button.picture(self._desk.theme, icon)
        button.setText("")
        button.setProperty("step", step)
        button.clicked.connect(self._step)
        return button

    @Slot()
    def _step(self) -> None:
        self.stepped.emit(int(self.sender().property("step")))
