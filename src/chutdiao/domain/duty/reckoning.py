"""The last day of a duty: counted as the law counts, put off by holidays, extended online."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from chutdiao.domain.dates import add_months, show_date
from chutdiao.domain.deadline import next_working_day
from chutdiao.domain.duty.model import LAST, SAME, DutyBook, DutyRule, Window
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Level, Problem

_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEKEND = (("วันเสาร์", "Saturday"), ("วันอาทิตย์", "Sunday"))


@dataclass(frozen=True, slots=True)
class DueDay:
    """When a duty is due.

    ``statutory`` is the day of the law, ``paper`` the day after holidays put it off, ``efile`` the last
    day online (none: nothing is filed online). ``lapsed`` is the window that had ended by then.
    ``unknown_year`` says that the holidays of a year it falls in have not been announced.
    """

    statutory: date
    paper: date
    efile: date | None = None
    efile_statutory: date | None = None
    window: Window | None = None
    lapsed: Window | None = None
    unknown_year: bool = False

    @property
    def last(self) -> date:
        """The last day on which the duty can be done at all."""
        return max(self.paper, self.efile or self.paper)


def months_after(day: date, months: int) -> date:
    """The last day of so many months after ``day``, whose own day is not counted.

    Civil and Commercial Code s. 193/3 and 193/5: the count begins the next day and ends on the day
    before the corresponding one, or on the month's last day where there is none.
    """
    begin = day + _DAY
    reached = add_months(begin, months)
    return reached - _DAY if reached.day == begin.day else reached


def statutory_day(rule: DutyRule, anchor: date) -> date:
    """The day of the law, holidays left aside."""
    if rule.day:
        first = add_months(anchor.replace(day=1), rule.months)
        last = add_months(first, 1) - _DAY
        found = last if rule.day == LAST else first.replace(day=min(int(rule.day), last.day))
    else:
        found = months_after(anchor, rule.months) if rule.months else anchor
    return found + timedelta(days=rule.days)


def due_day(rule: DutyRule, anchor: date, book: DutyBook, parameters: Parameters) -> DueDay:
    """The last day counted from ``anchor``.

    The extension is added to the statutory day and only then put off, so a day is never put off twice.
    """
    statutory = statutory_day(rule, anchor)
    paper = _shifted(rule, statutory, parameters)
    window, lapsed, online = _online(rule, statutory, book)
    efile = None if online is None else _shifted(rule, online, parameters)
    days = {statutory, paper} | ({online, efile} if online and efile else set())
    unknown = rule.shift and any(day.year not in parameters.holiday_years for day in days)
    return DueDay(statutory, paper, efile, online, window, lapsed, unknown)


def _online(
    rule: DutyRule, statutory: date, book: DutyBook
) -> tuple[Window | None, Window | None, date | None]:
    if not rule.efile:
        return None, None, None
    if rule.efile == SAME:
        return None, None, statutory
    windows = book.extensions[rule.efile].windows
    for window in windows:
        if window.start <= statutory <= window.end:
            return window, None, statutory + timedelta(days=window.days)
    return None, max(windows, key=lambda window: window.end), statutory


def _shifted(rule: DutyRule, day: date, parameters: Parameters) -> date:
    return next_working_day(day, parameters) if rule.shift else day


def notes_on(rule: DutyRule, due: DueDay) -> tuple[Problem, ...]:
    """What must be said beside the days: why they moved, on what condition, and what is not known."""
    notes: list[Problem] = []
    if due.paper != due.statutory:
        notes.append(_moved(due.statutory, due.paper))
    if due.window is not None and due.efile is not None and due.efile_statutory is not None:
        notes.append(_note("due.extended", to=due.efile, paper=due.paper, days=due.window.days))
        if due.efile != due.efile_statutory:
            notes.append(_note("due.online-moved", day=due.efile_statutory, to=due.efile))
    if due.lapsed is not None:
        notes.append(_note("due.lapsed", start=due.lapsed.start, end=due.lapsed.end))
    if rule.paper_until is not None and due.statutory > rule.paper_until:
        notes.append(_note("due.no-paper", day=rule.paper_until + _DAY))
    if due.unknown_year:
        notes.append(_note("due.unknown-year", year=due.last.year + 543))
    if rule.confidence != "high":
        notes.append(_note("due.unverified", source=rule.source))
    return tuple(notes)


def _moved(day: date, to: date) -> Problem:
    if day.weekday() < _SATURDAY:
        return _note("due.holiday", day=day, to=to)
    weekend = _note("due.weekend", day=day, to=to)
    th, en = _WEEKEND[day.weekday() - _SATURDAY]
    return replace(weekend, values={**weekend.values, "weekday": th, "weekday_en": en})


def _note(code: str, **values: date | int | str) -> Problem:
    """A sentence with its days in both languages: ``{day}`` and ``{day_en}``."""
    filled: dict[str, str] = {}
    for name, value in values.items():
        is_day = isinstance(value, date)
        filled[name] = show_date(value, "th") if is_day else str(value)  # type: ignore[arg-type]
        filled[f"{name}_en"] = show_date(value, "en") if is_day else str(value)  # type: ignore[arg-type]
    return Problem(code, values=filled, level=Level.WARN)
