"""The same answers under several choices, side by side: steps, fees, days and the duties of a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chutdiao.domain.check import Context
from chutdiao.domain.deadline import count_from
from chutdiao.domain.duty import DutyBook, DutyRule, Listing, list_duties
from chutdiao.domain.duty.model import ANNIVERSARY, ONCE
from chutdiao.domain.expression import UNANSWERED, Value
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.journey.model import Alternative, Journey
from chutdiao.domain.journey.outcome import Excluded, Plan, PlanStep
from chutdiao.domain.journey.planning import plan
from chutdiao.domain.problem import Json
from chutdiao.domain.text import LocalText


@dataclass(frozen=True, slots=True)
class FeeSum:
    """Baht of all steps together; ``unknown`` are the steps whose fee is not known."""

    low: Decimal
    high: Decimal
    unknown: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class DaySum:
    """Calendar days from today until the last step ends; ``unknown`` are steps that take longer unsaid."""

    least: int
    unknown: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One way: its plan, what it costs and takes, and how often something is surely due in a year.

    ``chosen`` tells whether it is the way of the answers.
    """

    way: Alternative
    plan: Plan
    fees: FeeSum
    days: DaySum
    yearly: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one step is in one column: needed, or not and why."""

    step: PlanStep | None = None
    excluded: Excluded | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step across the columns; ``differs`` tells whether the choice changes it."""

    id: str
    title: LocalText
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty across the columns: how often in a year; none where an answer still decides it."""

    rule: DutyRule
    counts: tuple[int | None, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.counts)) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The columns in the journey's order; ``year`` (Common Era) is the year the duties are counted in."""

    title: LocalText
    columns: tuple[Column, ...]
    steps: tuple[StepRow, ...]
    duties: tuple[DutyRow, ...]
    year: int


def compare(
    journey: Journey,
    answers: Mapping[str, Json],
    context: Context,
    book: DutyBook,
    unsure: frozenset[str] = frozenset(),
) -> Comparison:
    """Plan every way that the journey compares, with all other answers the same."""
    year = _whole_year(journey, answers, context)
    plans: list[Plan] = []
    listings: list[Listing] = []
    for way in journey.compare:
        told = with_way(answers, way)
        plans.append(plan(journey, told, context, unsure - way.answers.keys()))
        listings.append(list_duties(book, _for_duties(journey, told, context, unsure), year, context))
    duties = _duty_rows(book, listings)
    columns = tuple(
        Column(
            way=way,
            plan=made,
            fees=_fees(made),
            days=_days(made, context),
            yearly=sum(row.counts[place] or 0 for row in duties),
            chosen=all(answers.get(question) == code for question, code in way.answers.items()),
        )
        for place, (way, made) in enumerate(zip(journey.compare, plans, strict=True))
    )
    return Comparison(journey.title, columns, _step_rows(journey, plans), duties, year)


def with_way(answers: Mapping[str, Json], way: Alternative) -> dict[str, Json]:
    """The answers once this way is chosen."""
    return {**answers, **way.answers}


def _whole_year(journey: Journey, answers: Mapping[str, Json], context: Context) -> int:
    """The first calendar year that the business is open for from its first day."""
    values = AnswerValues(journey, answers, context, frozenset())
    days = [context.today]
    for question in journey.questions:
        value = values.get(question.id, UNANSWERED)
        if question.fact == "business.start_date" and isinstance(value, date):
            days.append(value)
    return max(days).year + 1


def _for_duties(
    journey: Journey, answers: Mapping[str, Json], context: Context, unsure: frozenset[str]
) -> dict[str, Json]:
    """What the questions of the duties would be told by these answers."""
    values = AnswerValues(journey, answers, context, unsure)
    told = {row.id: _stored(values.evaluate(row.value)) for row in journey.duties}
    return {question: value for question, value in told.items() if value is not None}


def _stored(value: Value) -> Json:
    if value is UNANSWERED:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value if isinstance(value, bool) else str(value)


def _fees(made: Plan) -> FeeSum:
    known = [step.fee for step in made.steps if step.fee is not None]
    low, high = (sum((Decimal(getattr(fee, end)) for fee in known), Decimal(0)) for end in ("low", "high"))
    return FeeSum(low, high, tuple(step.title for step in made.steps if step.fee is None))


def _days(made: Plan, context: Context) -> DaySum:
    """The way through the plan that takes longest, as far as the times are known."""
    ends: dict[str, date] = {}
    for step in made.steps:
        before = [ends[name] for name in step.after if name in ends]
        starts = max([context.today, *before])
        counted = count_from(starts, step.days, step.unit, context.parameters) if step.days else None
        ends[step.id] = counted.day if counted else starts
    last = max(ends.values(), default=context.today)
    return DaySum((last - context.today).days, tuple(s.title for s in made.steps if s.days is None))


def _step_rows(journey: Journey, plans: list[Plan]) -> tuple[StepRow, ...]:
    """Every step some column needs, as the author ordered them."""
    rows = (_step_row(step.id, plans) for step in journey.steps)
    return tuple(row for row in rows if row is not None)


def _step_row(step_id: str, plans: list[Plan]) -> StepRow | None:
    cells = tuple(_cell(step_id, made) for made in plans)
    needed = [cell.step for cell in cells if cell.step is not None]
    if not needed:
        return None
    services = {cell.step.service if cell.step else None for cell in cells}
    titles = tuple(dict.fromkeys(step.title for step in needed))
    title = LocalText(" / ".join(t.th for t in titles), " / ".join(t.en for t in titles))
    return StepRow(step_id, title, cells, len(services) > 1)


def _cell(step_id: str, made: Plan) -> Cell:
    out = next((item for item in made.excluded if item.id == step_id), None)
    return Cell(made.step(step_id), out)


def _duty_rows(book: DutyBook, listings: list[Listing]) -> tuple[DutyRow, ...]:
    """What comes round; what is due once belongs to the steps."""
    rules = (rule for rule in book.rules if rule.every != ONCE)
    rows = (DutyRow(rule, tuple(_count(rule, listing) for listing in listings)) for rule in rules)
    return tuple(row for row in rows if any(count != 0 for count in row.counts))


def _count(rule: DutyRule, listing: Listing) -> int | None:
    """How often in the year; an anniversary comes once, though its day is not known before the licence."""
    found = sum(duty.rule.id == rule.id for duty in listing.duties)
    waits = {question for row in listing.depends if row.rule.id == rule.id for question in row.questions}
    if found or not waits:
        return found
    return 1 if rule.every == ANNIVERSARY and waits == {rule.on} else None
