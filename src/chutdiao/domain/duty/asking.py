"""One due day asked for by its code, with whatever is known: a month, a year, a year end, an event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from chutdiao.domain.duty.model import ACCOUNTING_YEAR, MONTH, PERIOD_DAYS, YEAR, DutyBook, DutyRule
from chutdiao.domain.duty.periods import Period, accounting_year, last_of_month, month_of, year_of
from chutdiao.domain.duty.reckoning import DueDay, due_day, notes_on, statutory_day
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.domain.text import LocalText

_DECEMBER = 12
# What is said as an explanation only; the rest are doubts.
EXPLAINED = frozenset({"due.weekend", "due.holiday", "due.extended", "due.online-moved", "due.no-paper"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the asker knows; ``month`` is the first day of a month, ``year`` is of the Common Era."""

    month: date | None = None
    year: int | None = None
    year_end: date | None = None
    events: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The answer: ``anchor`` is the day counted from, and ``counted`` says which day that is."""

    rule: DutyRule
    anchor: date
    counted: LocalText
    due: DueDay
    notes: tuple[Problem, ...]

    @property
    def doubts(self) -> tuple[Problem, ...]:
        return tuple(note for note in self.notes if note.code not in EXPLAINED)


@dataclass(frozen=True, slots=True)
class _Anchor:
    rule: DutyRule
    day: date
    said: LocalText
    notes: tuple[Problem, ...] = ()


def reckon(book: DutyBook, code: str, known: Known, parameters: Parameters) -> Reckoned:
    """The due day of the first duty under ``code`` that what is known can count.

    Raises ChutdiaoError with ``due.needs`` where nothing given can be counted from.
    """
    rules = book.of_code(code)
    anchor = next(iter(_by_event(rules, book, known)), None)
    anchor = anchor or next(iter(_by_period(rules, book, known)), None)
    if anchor is None:
        raise ChutdiaoError(_needs(rules, book, known))
    try:
        due = due_day(anchor.rule, anchor.day, book, parameters)
    except OverflowError:
        raise ChutdiaoError(Problem("due.too-far", values={"value": anchor.day.isoformat()})) from None
    return Reckoned(anchor.rule, anchor.day, anchor.said, due, (*notes_on(anchor.rule, due), *anchor.notes))


def options_of(rule: DutyRule, book: DutyBook) -> tuple[str, ...]:
    """The options of the command line a rule can be counted from."""
    own = {MONTH: "period", YEAR: "period", ACCOUNTING_YEAR: "year-end"}.get(rule.every, "")
    event = rule.since if rule.since in book.events else ""
    return tuple(option for option in (event, own) if option)


def _by_event(rules: tuple[DutyRule, ...], book: DutyBook, known: Known) -> Iterator[_Anchor]:
    for rule in rules:
        day = known.events.get(rule.since)
        if day is not None and rule.since in book.events:
            yield _Anchor(rule, day, book.events[rule.since].label)


def _by_period(rules: tuple[DutyRule, ...], book: DutyBook, known: Known) -> Iterator[_Anchor]:
    for rule in rules:
        period, notes = _period(rule, known)
        if period is None:
            continue
        if rule.since in PERIOD_DAYS:
            yield _Anchor(rule, period.day(rule.since), _SAID[rule.since], notes)
            continue
        latest = book.rule(book.events[rule.since].duty)
        day = statutory_day(latest, period.day(latest.since))
        assumed = Problem("due.assumed", values={"event": rule.since}, level=Level.WARN)
        yield _Anchor(rule, day, book.events[rule.since].label, (*notes, assumed))


def _period(rule: DutyRule, known: Known) -> tuple[Period | None, tuple[Problem, ...]]:
    if rule.every == MONTH and known.month is not None:
        return month_of(known.month), ()
    if rule.every == YEAR:
        year = known.year or (known.month.year if known.month else None)
        year = year or (known.year_end.year if known.year_end else None)
        return (year_of(year), ()) if year else (None, ())
    if rule.every != ACCOUNTING_YEAR:
        return None, ()
    if known.year_end is not None:
        return accounting_year(known.year_end), ()
    if known.month is not None:
        return accounting_year(last_of_month(known.month.year, known.month.month)), ()
    if known.year is not None:
        taken = Problem("due.calendar-year", level=Level.WARN)
        return accounting_year(last_of_month(known.year, _DECEMBER)), (taken,)
    return None, ()


def _needs(rules: tuple[DutyRule, ...], book: DutyBook, known: Known) -> Problem:
    form = rules[0].form
    if known.year is not None and any(rule.every == MONTH for rule in rules):
        return Problem("due.not-for-year", "--period", {"form": form})
    options = dict.fromkeys(f"--{option}" for rule in rules for option in options_of(rule, book))
    return Problem("due.needs", "--form", {"form": form, "options": " ".join(options)})


_SAID = {
    "period-start": LocalText("วันแรกของรอบ", "First day of the period"),
    "period-end": LocalText("วันสุดท้ายของรอบ", "Last day of the period"),
    "period-half": LocalText("วันสุดท้ายของ 6 เดือนแรก", "Last day of the first six months"),
}
