"""Duties as item models: a list by day, the days of one month, the months of one year."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from chutdiao.app.duties import BusinessDuties
from chutdiao.app.duty_words import round_words
from chutdiao.domain.dates import MONTHS_EN, MONTHS_TH, show_date
from chutdiao.domain.duty import Duty
from chutdiao.ui.desk import Desk

CHIPS = int(Qt.ItemDataRole.UserRole) + 1  # (words, tone) pairs
SECOND = int(Qt.ItemDataRole.UserRole) + 2  # the quiet line below
MARKS = int(Qt.ItemDataRole.UserRole) + 3  # what lies on a day, or on the days of a month
DAY = int(Qt.ItemDataRole.UserRole) + 4
_ROOT = QModelIndex()
_SPOKEN, _TIP = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole
_WEEK, _ACROSS, _DOWN = 7, 4, 3
_SOON = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """One last day of a duty: ``online`` where it is the later one for filing online."""

    duty: Duty
    day: date
    online: bool
    done: bool


def marks_of(found: BusinessDuties, duties: Sequence[Duty]) -> dict[date, list[Mark]]:
    """Every last day by its day: on paper, and online where that is another day."""
    marks: dict[date, list[Mark]] = {}
    for duty in duties:
        done = duty.id in found.done
        marks.setdefault(duty.due.paper, []).append(Mark(duty, duty.due.paper, False, done))
        if duty.due.efile is not None and duty.due.efile != duty.due.paper:
            marks.setdefault(duty.due.efile, []).append(Mark(duty, duty.due.efile, True, done))
    return marks


def state_of(duty: Duty, done: bool, desk: Desk) -> tuple[str, str]:
    """How a duty stands today, in words and tone."""
    today, due = desk.today(), duty.due
    if done:
        return desk.tr("duties.state.done"), "ok"
    if due.last < today:
        return desk.tr("duties.state.past"), "plain"
    online = due.paper < today
    left = ((due.last if online else due.paper) - today).days
    if left > _SOON:
        return "", "plain"
    words = desk.tr("duties.state.today") if left == 0 else desk.tr("duties.state.left", n=left)
    return (desk.tr("duties.state.online", left=words) if online else words), "warn" if left < 8 else "info"


class DutyRows(QAbstractTableModel):
    """Paper day, day online, the duty, how it stands."""

    COLUMNS = ("paper", "efile", "duty", "state")

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.duties: tuple[Duty, ...] = ()
        self._found: BusinessDuties | None = None

    def load(self, found: BusinessDuties, duties: Sequence[Duty]) -> None:
        self.beginResetModel()
        self._found, self.duties = found, tuple(duties)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.duties)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._desk.tr(f"duties.column.{self.COLUMNS[section]}")
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        duty, column = self.duties[index.row()], self.COLUMNS[index.column()]
        if role == CHIPS:
            return self._chips(duty) if column == "state" else None
        if role == SECOND:
            return self._second(duty) if column == "duty" else None
        if role == _SPOKEN:
            if column == "state":
                return ", ".join(words for words, _ in self._chips(duty)) or self._desk.tr(
                    "duties.state.later"
                )
            return f"{self._words(duty, column)} {self._second(duty) if column == 'duty' else ''}".strip()
        if role == _TIP and column == "duty":
            return self._words(duty, column)
        return self._words(duty, column) if role == Qt.ItemDataRole.DisplayRole else None

    def _words(self, duty: Duty, column: str) -> str:
        if column == "duty":
            return duty.rule.title.to(self._desk.language)
        if column == "state":
            return ""
        day = duty.due.paper if column == "paper" else duty.due.efile
        return self._desk.tr("duties.no-efile") if day is None else show_date(day, self._desk.language)

    def _second(self, duty: Duty) -> str:
        assert self._found is not None
        agency = self._found.agency(duty).to(self._desk.language)
        return " · ".join(part for part in (round_words(duty, self._desk.language), agency) if part)

    def _chips(self, duty: Duty) -> list[tuple[str, str]]:
        assert self._found is not None
        chips = [state_of(duty, duty.id in self._found.done, self._desk)]
        if duty.rule.confidence != "high":
            chips.append((self._desk.tr("duties.unconfirmed"), "warn"))
        return [chip for chip in chips if chip[0]]


class MonthDays(QAbstractTableModel):
    """The weeks of one month, Monday first; days of its neighbours are empty."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.first = desk.today().replace(day=1)
        self.marks: Mapping[date, list[Mark]] = {}

    def load(self, first: date, marks: Mapping[date, list[Mark]]) -> None:
        self.beginResetModel()
        self.first, self.marks = first, marks
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        days = monthrange(self.first.year, self.first.month)[1] + self.first.weekday()
        return 0 if parent.isValid() else -(-days // _WEEK)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else _WEEK

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._desk.tr(f"duties.weekday.{section}")
        return None

    def day_at(self, row: int, column: int) -> date | None:
        """The day of a cell; none outside the month."""
        day = self.first + timedelta(days=row * _WEEK + column - self.first.weekday())
        return day if day.month == self.first.month and day.year == self.first.year else None

    def index_of(self, day: date) -> QModelIndex:
        cell = (day - self.first).days + self.first.weekday()
        return self.index(cell // _WEEK, cell % _WEEK)

    def marks_at(self, index: QModelIndex) -> list[Mark]:
        day = self.day_at(index.row(), index.column())
        return self.marks.get(day, []) if day is not None else []

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day_at(index.row(), index.column())
        if day is None:
            return None
        if role == DAY:
            return day
        if role == MARKS:
            return self.marks_at(index)
        if role in (_SPOKEN, _TIP):
            said = [spoken(mark, self._desk) for mark in self.marks_at(index)]
            return (
                f"{show_date(day, self._desk.language, long=True)}: {', '.join(said)}"
                if said
                else (show_date(day, self._desk.language, long=True) if role == _SPOKEN else None)
            )
        return str(day.day) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        known = self.day_at(index.row(), index.column()) is not None
        return super().flags(index) if known else Qt.ItemFlag.NoItemFlags


class YearMonths(QAbstractTableModel):
    """The twelve months, four across."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.year = desk.today().year
        self.marks: Mapping[date, list[Mark]] = {}

    def load(self, year: int, marks: Mapping[date, list[Mark]]) -> None:
        self.beginResetModel()
        self.year, self.marks = year, marks
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else _DOWN

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else _ACROSS

    def first_of(self, index: QModelIndex) -> date:
        return date(self.year, index.row() * _ACROSS + index.column() + 1, 1)

    def index_of(self, month: int) -> QModelIndex:
        return self.index((month - 1) // _ACROSS, (month - 1) % _ACROSS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        first = self.first_of(index)
        names = MONTHS_EN if self._desk.language == "en" else MONTHS_TH
        if role == DAY:
            return first
        days = [first.replace(day=n) for n in range(1, monthrange(first.year, first.month)[1] + 1)]
        if role == MARKS:
            return {day: self.marks[day] for day in days if day in self.marks}
        if role not in (Qt.ItemDataRole.DisplayRole, SECOND, _SPOKEN):
            return None
        count = sum(not mark.online for day in days for mark in self.marks.get(day, ()))
        words = self._desk.tr("duties.count", n=count) if count else self._desk.tr("duties.none")
        if role == _SPOKEN:
            return f"{names[first.month - 1]}: {words}"
        return words if role == SECOND else names[first.month - 1]


def spoken(mark: Mark, desk: Desk) -> str:
    """One last day in words."""
    way = desk.tr("duties.column.efile" if mark.online else "duties.column.paper")
    done = f" ({desk.tr('duties.state.done')})" if mark.done else ""
    return f"{mark.duty.rule.form} {way}{done}"
