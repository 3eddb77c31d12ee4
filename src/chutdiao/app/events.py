"""Life events of a business: what happened, what must be filed for it, and what of that is done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from chutdiao.app.drafts import open_draft
from chutdiao.app.duty_facts import answer_question, business_subject, known_answers
from chutdiao.app.interview import context_of
from chutdiao.app.opened import known_code
from chutdiao.app.ports import Answers, Draft, FactValue
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Context
from chutdiao.domain.dates import read_iso
from chutdiao.domain.duty import DutyBook
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.journey.reading import read_answer
from chutdiao.domain.life import LifeEvent, LifePlan, plan_event
from chutdiao.domain.problem import ChutdiaoError, Json, Problem

# Events lie among the facts of the business, so that they are erased and exported with it.
_HELD = "business.life_events"


@dataclass(frozen=True, slots=True)
class Happened:
    """An event written down: its own answers, and the filings marked as done."""

    id: str
    event: str
    day: date
    answers: Answers
    done: tuple[str, ...] = ()


def event_of(events: Mapping[str, LifeEvent], event_id: str) -> LifeEvent:
    """One event; raises ChutdiaoError naming those there are."""
    if event_id not in events:
        values = {"event": event_id, "known": ", ".join(events)}
        raise ChutdiaoError(Problem("event.unknown", "event", values))
    return events[event_id]


def events_for(ws: Workspace, business_id: str) -> tuple[LifeEvent, ...]:
    """The events a business may have; one that depends on what is not known is among them."""
    answers = known_answers(ws, ws.shelf.duties(), ws.businesses.get(business_id))
    context = context_of(ws)
    return tuple(
        event
        for event in ws.shelf.events().values()
        if not event.applies
        or AnswerValues(event.interview, answers, context, frozenset()).holds(event.applies) is not False
    )


def plan_of(ws: Workspace, business_id: str, event_id: str, day: date, own: Mapping[str, Json]) -> LifePlan:
    """What an event on ``day`` leads to, from its ``own`` answers and the facts of the business."""
    event = event_of(ws.shelf.events(), event_id)
    book = ws.shelf.duties()
    answers = known_answers(ws, book, ws.businesses.get(business_id)) | dict(own)
    return plan_event(event, day, answers, book, context_of(ws))


def read_answers(
    event: LifeEvent, given: Mapping[str, Json], today: date, ws: Workspace | None = None
) -> tuple[Answers, tuple[Problem, ...]]:
    """Answers as they are kept, and the problem of each that is none."""
    kept: Answers = {}
    problems: list[Problem] = []
    holds = known_code(ws) if ws is not None else None
    for name, value in given.items():
        question = event.interview.question(name)
        if question is None:
            known = ", ".join(q.id for q in event.interview.questions)
            problems.append(Problem("event.no-question", name, {"question": name, "known": known}))
            continue
        answer, problem = read_answer(question, value, today, holds)
        if problem is not None:
            problems.append(replace(problem, place=name))
        elif answer is not None:
            kept[name] = answer
    return kept, tuple(problems)


def plan_alone(
    events: Mapping[str, LifeEvent],
    book: DutyBook,
    event_id: str,
    day: date,
    given: Mapping[str, Json],
    context: Context,
) -> LifePlan | tuple[Problem, ...]:
    """What an event leads to for a business known by these answers only."""
    event = event_of(events, event_id)
    answers, problems = read_answers(event, given, context.today)
    return problems or plan_event(event, day, answers, book, context)


def happened(ws: Workspace, business_id: str) -> tuple[Happened, ...]:
    """The events written down, the latest first."""
    held = ws.facts.read(business_subject(ws, business_id)).get(_HELD)
    rows = held.value if held is not None and isinstance(held.value, list) else []
    found = [one for row in rows if isinstance(row, dict) and (one := _row(row)) is not None]
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def write_down(
    ws: Workspace, business_id: str, event_id: str, day: date, given: Mapping[str, Json], known: str = ""
) -> Happened | tuple[Problem, ...]:
    """Keep an event; answers about the business itself become its facts. ``known`` is one to write over."""
    event = event_of(ws.shelf.events(), event_id)
    answers, problems = read_answers(event, given, ws.clock.now().date(), ws)
    if problems:
        return problems
    own: Answers = {}
    for name, value in answers.items():
        if name in event.own:
            own[name] = value
        else:
            answer_question(ws, business_id, name, value)
    before = [one for one in happened(ws, business_id) if one.id == known]
    done = before[0].done if before else ()
    made = Happened(known or uuid4().hex, event_id, day, own, done)
    _write(ws, business_id, [made, *(one for one in happened(ws, business_id) if one.id != made.id)])
    return made


def mark_filed(ws: Workspace, business_id: str, known: str, filing: str, done: bool) -> None:
    """Note that one filing of an event is done, or that it is not after all."""
    changed = []
    for one in happened(ws, business_id):
        if one.id == known:
            left = tuple(name for name in one.done if name != filing)
            one = replace(one, done=(*left, filing) if done else left)
        changed.append(one)
    _write(ws, business_id, changed)


def take_back(ws: Workspace, business_id: str, known: str) -> None:
    """Forget an event that did not happen; drafts begun for it stay."""
    _write(ws, business_id, [one for one in happened(ws, business_id) if one.id != known])


def begin_filing(ws: Workspace, business_id: str, known: str, filing_id: str) -> Draft:
    """The draft of a filing's form, new or already begun."""
    one = next(one for one in happened(ws, business_id) if one.id == known)
    event = event_of(ws.shelf.events(), one.event)
    filing = next(filing for filing in event.filings if filing.id == filing_id)
    step = f"event.{one.event}.{filing_id}.{one.id}"
    return open_draft(ws, business_id, step, filing.form, ws.clock.now().date())


def _row(row: Mapping[str, Json]) -> Happened | None:
    day = read_iso(str(row.get("day", "")))
    answers, done = row.get("answers"), row.get("done")
    if day is None:
        return None
    return Happened(
        str(row.get("id", "")),
        str(row.get("event", "")),
        day,
        dict(answers) if isinstance(answers, dict) else {},
        tuple(str(name) for name in done) if isinstance(done, list) else (),
    )


def _write(ws: Workspace, business_id: str, events: list[Happened]) -> None:
    rows: list[Json] = [
        {
            "id": one.id,
            "event": one.event,
            "day": one.day.isoformat(),
            "answers": dict(one.answers),
            "done": list(one.done),
        }
        for one in events
    ]
    today = ws.clock.now().date().isoformat()
    ws.facts.write(FactValue(_HELD, rows, "typed", today, "", business_subject(ws, business_id)))
