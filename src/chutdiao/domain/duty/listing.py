"""Which duties a business has in a year, from its facts; and what has to be asked to know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chutdiao.domain.check import Context
from chutdiao.domain.dates import add_months
from chutdiao.domain.duty.model import ACCOUNTING_YEAR, ANNIVERSARY, ONCE, PERIOD_DAYS, DutyBook, DutyRule
from chutdiao.domain.duty.periods import Period, periods_around
from chutdiao.domain.duty.reckoning import DueDay, due_day, notes_on, statutory_day
from chutdiao.domain.expression import (
    UNANSWERED,
    ExpressionError,
    FlatScope,
    Unanswered,
    Value,
    compile_expression,
)
from chutdiao.domain.expression.values import truth
from chutdiao.domain.journey.answers import AnswerValues, names_of
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json, Level, Problem

# Names the data gives the listing: when the business began and the month its accounting year ends.
BEGAN, END_MONTH = "began_on", "end_month"
_DECEMBER = 12
_YEARS_ON = 60

# Days by role and fact, each with the name of its subject.
Subjects = Mapping[tuple[str, str], Sequence[tuple[str, date, str]]]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty once: ``id`` is the same at every reckoning, whatever else becomes known.

    ``period`` is none where it is counted from ``event``; ``whose`` names the subject it is about.
    ``assumed`` says that the day of the event is not known and its last possible day stands in for it.
    """

    id: str
    rule: DutyRule
    due: DueDay
    period: Period | None = None
    event: date | None = None
    whose: str = ""
    assumed: bool = False
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Depends:
    """A duty that cannot be decided before these questions are answered."""

    rule: DutyRule
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The duties of one year by their day, and what is still open, in the order of the questions.

    ``began`` is the day the business began, where that is known.
    """

    year: int
    duties: tuple[Duty, ...]
    depends: tuple[Depends, ...]
    questions: tuple[str, ...]
    began: date | None = None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rules are asked against."""

    book: DutyBook
    answers: AnswerValues
    named: Mapping[str, Value]
    subjects: Subjects
    context: Context

    @property
    def parameters(self) -> Parameters:
        return self.context.parameters

    def holds(self, source: str, period: Period | None) -> bool | Unanswered:
        """Whether a condition holds, for a period where there is one; without a condition never."""
        if not source:
            return False
        values = dict(self.named)
        if period is not None:
            values |= {"period_start": period.start, "period_end": period.end}
        try:
            scope = FlatScope(values, self.context.today, self.parameters)
            return truth(compile_expression(source).evaluate(scope))
        except ExpressionError:
            return UNANSWERED

    def day(self, name: str) -> date | None:
        value = self.named.get(name)
        return value if isinstance(value, date) else None


def list_duties(
    book: DutyBook, answers: Mapping[str, Json], year: int, context: Context, subjects: Subjects | None = None
) -> Listing:
    """The duties whose paper day lies in ``year`` (Common Era)."""
    values = AnswerValues(book.interview, answers, context, frozenset())
    facts = _Facts(book, values, dict(values), subjects or {}, context)
    found: dict[str, Duty] = {}
    depends: list[Depends] = []
    for rule in book.rules:
        if not rule.when:
            continue
        missing: set[str] = set()
        for duty in _of_rule(rule, year, facts, missing):
            found.setdefault(duty.id, duty)
        # what hangs on a question that is not asked of such a business does not apply to it
        asked = values.open_questions(missing)
        if asked:
            depends.append(Depends(rule, asked))
    duties = sorted(found.values(), key=lambda duty: (duty.due.paper, duty.due.last, duty.id))
    wanted = {question for open_rule in depends for question in open_rule.questions}
    open_ones = tuple(question.id for question in book.interview.questions if question.id in wanted)
    return Listing(year, tuple(duties), tuple(depends), open_ones, facts.day(BEGAN))


def _of_rule(rule: DutyRule, year: int, facts: _Facts, missing: set[str]) -> Iterator[Duty]:
    if facts.holds(rule.when, None) is False:
        return
    if rule.every in (ONCE, ANNIVERSARY):
        yield from _of_events(rule, year, facts, missing)
        return
    month = facts.named.get(END_MONTH)
    known = isinstance(month, str) and month.isdigit()
    if rule.every == ACCOUNTING_YEAR and not known:
        missing.add(END_MONTH)
        return
    for period in periods_around(rule.every, year, int(str(month)) if known else _DECEMBER):
        anchor, assumed = _anchor(rule, period, facts)
        if statutory_day(rule, anchor).year not in (year - 1, year):
            continue
        due = due_day(rule, anchor, facts.book, facts.parameters)
        if due.paper.year != year or not _in_force(rule, period, due, facts):
            continue
        if _decided(rule, facts.holds(rule.when, period), missing):
            yield _duty(rule, due, period.key, period=period, assumed=assumed)


def _anchor(rule: DutyRule, period: Period, facts: _Facts) -> tuple[date, bool]:
    """The day a duty of a period is counted from; an event not known yet is taken at its latest."""
    if rule.since in PERIOD_DAYS:
        return period.day(rule.since), False
    known = facts.day(rule.on)
    if known is not None and period.end < known <= add_months(period.end, 12):
        return known, False
    latest = facts.book.rule(facts.book.events[rule.since].duty)
    return due_day(latest, period.day(latest.since), facts.book, facts.parameters).statutory, True


def _of_events(rule: DutyRule, year: int, facts: _Facts, missing: set[str]) -> Iterator[Duty]:
    for subject, day, name in _event_days(rule, facts, missing):
        rounds = range(_YEARS_ON) if rule.every == ANNIVERSARY else range(1)
        for event in (add_months(day, 12 * n) for n in rounds):
            if event.year > year + 1:
                break
            due = due_day(rule, event, facts.book, facts.parameters)
            if due.paper.year == year and _decided(rule, facts.holds(rule.when, None), missing):
                yield _duty(rule, due, event.isoformat(), event=event, whose=name, subject=subject)


def _event_days(rule: DutyRule, facts: _Facts, missing: set[str]) -> Iterable[tuple[str, date, str]]:
    if rule.each is not None:
        return facts.subjects.get((rule.each.role, rule.each.fact), ())
    day = facts.day(rule.on) if rule.on else None
    if day is not None:
        return (("", day, ""),)
    if rule.on:
        missing.update({rule.on, *names_of(rule.when)})
    return ()


def _decided(rule: DutyRule, holds: bool | Unanswered, missing: set[str]) -> bool:
    """Whether the business has the duty; what is not known yet is noted."""
    if holds is UNANSWERED:
        missing |= names_of(rule.when)
    return holds is True


def _duty(
    rule: DutyRule,
    due: DueDay,
    key: str,
    *,
    period: Period | None = None,
    event: date | None = None,
    whose: str = "",
    subject: str = "",
    assumed: bool = False,
) -> Duty:
    ident = ".".join(part for part in (rule.id, key, subject) if part)
    notes = notes_on(rule, due)
    if assumed:
        notes = (*notes, Problem("due.assumed", values={"event": rule.since}, level=Level.WARN))
    return Duty(ident, rule, due, period, event, whose, assumed, notes)


def _in_force(rule: DutyRule, period: Period, due: DueDay, facts: _Facts) -> bool:
    """Whether the rule is in force for a period and the business was there for it."""
    began = facts.day(BEGAN)
    if began is not None and (period.end < began or due.statutory < began):
        return False
    if rule.start is not None and period.end < rule.start:
        return False
    return rule.end is None or period.start <= rule.end
