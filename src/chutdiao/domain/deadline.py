"""Days the law counts: working days, statutory clocks and what the calendar does not know yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chutdiao.domain.parameters import Parameters

WORKING_DAYS = "working-days"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which the applicant owed an answer: ``start`` up to, not including, ``end``."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Due:
    """A day counted; ``unknown_year`` says that holidays of a year passed on the way are not known."""

    day: date
    unknown_year: bool = False


def is_working_day(day: date, parameters: Parameters) -> bool:
    """Whether government offices are open, as far as the calendar knows."""
    return day.weekday() < _SATURDAY and day not in parameters.holidays


def count_from(start: date, count: int, unit: str, parameters: Parameters) -> Due:
    """The day ``count`` days after ``start``; the day of ``start`` itself is not counted."""
    if unit != WORKING_DAYS:
        return Due(start + timedelta(days=count))
    day, left = start, count
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day, parameters)
    return Due(day, _unknown(start, day, parameters))


def next_working_day(day: date, parameters: Parameters) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day, parameters):
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date, parameters: Parameters) -> int:
    """Working days after ``start`` up to and including ``end``; negative the other way round."""
    if end < start:
        return -working_days_between(end, start, parameters)
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), parameters) for n in range(1, days + 1))


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock on one day: ``left`` is negative by as much as it is overdue."""

    used: int
    left: int
    due: date
    overdue: bool
    paused: bool
    unknown_year: bool
    next_notice: date | None = None


@dataclass(frozen=True, slots=True)
class StatutoryClock:
    """The agency's time: starts when the filing is complete, stands while the applicant owes an answer.

    Section 10 of the Facilitation Act 2558: overdue, the agency tells why every 7 days until done.
    """

    start: date
    count: int
    unit: str = WORKING_DAYS
    pauses: Sequence[Pause] = ()

    def at(self, today: date, parameters: Parameters, ended: date | None = None) -> ClockState:
        """The clock as it stands at the end of ``today``, or as it stood when the case ended."""
        until = min(today, ended) if ended else today
        used = self._used(until, parameters)
        due = self._due(until, parameters)
        overdue = until > due.day
        paused = any(pause.holds(until) for pause in self.pauses)
        notice = self._notice(due.day, today) if overdue and ended is None else None
        return ClockState(used, self.count - used, due.day, overdue, paused, due.unknown_year, notice)

    def _counts(self, day: date, parameters: Parameters) -> bool:
        if any(pause.holds(day) for pause in self.pauses):
            return False
        return self.unit != WORKING_DAYS or is_working_day(day, parameters)

    def _used(self, until: date, parameters: Parameters) -> int:
        span = max(0, (until - self.start).days)
        return sum(self._counts(self.start + timedelta(days=n), parameters) for n in range(1, span + 1))

    def _due(self, until: date, parameters: Parameters) -> Due:
        """The day the count is used up, taking a pause still open to end on the day after ``until``."""
        closed = [Pause(p.start, p.end or max(p.start, until) + timedelta(days=1)) for p in self.pauses]
        whole = StatutoryClock(self.start, self.count, self.unit, closed)
        day, left = self.start, self.count
        while left > 0:
            day += timedelta(days=1)
            left -= whole._counts(day, parameters)
        unknown = self.unit == WORKING_DAYS and _unknown(self.start, day, parameters)
        return Due(day, unknown)

    @staticmethod
    def _notice(due: date, today: date) -> date:
        late = (today - due).days
        return due + timedelta(days=7 * max(1, -(-late // 7)))


def _unknown(start: date, end: date, parameters: Parameters) -> bool:
    return any(year not in parameters.holiday_years for year in range(start.year, end.year + 1))
