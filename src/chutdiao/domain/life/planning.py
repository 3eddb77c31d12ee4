"""Which filings an event leads to for one business, each with its last day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chutdiao.domain.check import Context
from chutdiao.domain.dates import show_date
from chutdiao.domain.deadline import is_working_day
from chutdiao.domain.duty import DueDay, DutyBook, DutyRule, due_day, notes_on
from chutdiao.domain.duty.model import ONCE
from chutdiao.domain.form import Fee, Requirement
from chutdiao.domain.journey.answers import AnswerValues, names_of
from chutdiao.domain.life.model import Filing, LifeEvent, Timing
from chutdiao.domain.money import plain_number
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlannedFiling:
    """A filing to make; ``due`` is none where no law gives a day. ``late`` says the day has passed."""

    filing: Filing
    due: DueDay | None
    fee: Fee | None
    documents: tuple[Requirement, ...]
    notes: tuple[Problem, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class OpenFiling:
    """A filing that cannot be decided before these questions are answered."""

    filing: Filing
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LifePlan:
    """Everything to file, the nearest day first, and what is still open."""

    event: LifeEvent
    day: date
    filings: tuple[PlannedFiling, ...]
    open: tuple[OpenFiling, ...]
    questions: tuple[str, ...]


def plan_event(
    event: LifeEvent, day: date, answers: Mapping[str, Json], book: DutyBook, context: Context
) -> LifePlan:
    """The filings of ``event`` on ``day`` for a business that answers so.

    Raises ChutdiaoError with ``due.too-far`` where a last day lies beyond the calendar.
    """
    values = AnswerValues(event.interview, answers, context, frozenset())
    found: list[PlannedFiling] = []
    waiting: list[OpenFiling] = []
    for filing in event.filings:
        holds = values.holds(filing.when) if filing.when else True
        if holds is True:
            try:
                found.append(_planned(filing, day, values, book, context))
            except OverflowError:
                raise ChutdiaoError(Problem("due.too-far", values={"value": day.isoformat()})) from None
        elif holds is not False:
            waiting.append(OpenFiling(filing, values.open_questions(names_of(filing.when))))
    found.sort(key=lambda one: (one.due is None, one.due.paper if one.due else day))
    wanted = {question for one in waiting for question in one.questions}
    asked = tuple(q.id for q in event.interview.questions if q.id in wanted)
    return LifePlan(event, day, tuple(found), tuple(waiting), asked)


def _planned(
    filing: Filing, day: date, values: AnswerValues, book: DutyBook, context: Context
) -> PlannedFiling:
    parameters = context.parameters
    due, notes = _due(filing, day, book, parameters)
    late = due is not None and due.last < context.today
    if late and due is not None:
        notes = (*notes, _note("event.late", day=due.last))
    documents = tuple(paper for paper in filing.documents if values.holds(paper.needed) is not False)
    return PlannedFiling(filing, due, _fee(filing, day, parameters), documents, notes, late)


def _due(
    filing: Filing, day: date, book: DutyBook, parameters: Parameters
) -> tuple[DueDay | None, tuple[Problem, ...]]:
    rule = rule_of(filing)
    if filing.timing is None:
        unsure = filing.confidence != "high"
        return None, (_note("due.unverified", source=filing.source),) if unsure else ()
    if not filing.timing.before:
        due = due_day(rule, day, book, parameters)
        return due, notes_on(rule, due)
    statutory = day - timedelta(days=filing.timing.days)
    last = statutory
    while not is_working_day(last, parameters):
        last -= _DAY
    unknown = any(found.year not in parameters.holiday_years for found in {statutory, last})
    due = DueDay(statutory, last, unknown_year=unknown)
    return due, tuple(_before(filing, due))


def _before(filing: Filing, due: DueDay) -> Iterator[Problem]:
    """A day counted backwards that is no working day is kept on the one before: later would be too late."""
    if due.paper != due.statutory:
        yield _note("event.brought-forward", day=due.statutory, to=due.paper)
    if due.unknown_year:
        yield _note("due.unknown-year", year=due.statutory.year + 543)
    if filing.confidence != "high":
        yield _note("due.unverified", source=filing.source)


def rule_of(filing: Filing) -> DutyRule:
    """A filing as a duty that comes once, its last day counted from the event."""
    timing = filing.timing or Timing()
    return DutyRule(
        id=filing.id,
        code=filing.id,
        title=filing.title,
        form=filing.form_name.th,
        agency=filing.agency,
        every=ONCE,
        since="",
        law=filing.law,
        source=filing.source,
        checked_on=filing.checked_on,
        months=timing.months,
        day=timing.day,
        days=timing.days,
        efile=timing.efile,
        confidence=filing.confidence,
        note=filing.note,
    )


def _fee(filing: Filing, day: date, parameters: Parameters) -> Fee | None:
    if not filing.fee_parameter:
        return filing.fee
    held = parameters.at(filing.fee_parameter, day)
    amount = plain_number(held.value)
    return Fee(amount, amount, confidence=held.confidence, note=filing.fee.note if filing.fee else None)


def _note(code: str, **values: date | int | str) -> Problem:
    """A sentence with its days in both languages: ``{day}`` and ``{day_en}``."""
    filled: dict[str, str] = {}
    for name, value in values.items():
        is_day = isinstance(value, date)
        filled[name] = show_date(value, "th") if isinstance(value, date) else str(value)
        filled[f"{name}_en"] = show_date(value, "en") if is_day else str(value)  # type: ignore[arg-type]
    return Problem(code, values=filled, level=Level.WARN)
