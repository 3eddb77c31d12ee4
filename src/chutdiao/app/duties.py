"""The duties of a business: listed from its facts, asked about where facts lack, marked when done."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from chutdiao.app.drafts import open_draft
from chutdiao.app.duty_documents import with_documents
from chutdiao.app.duty_events import event_duties, is_event
from chutdiao.app.duty_facts import agencies_of, business_subject, facts_in, known_answers
from chutdiao.app.events import begin_filing, mark_filed
from chutdiao.app.interview import context_of
from chutdiao.app.ports import Answers, Business, Draft, FactValue, Submission
from chutdiao.app.workspace import Workspace
from chutdiao.domain.dates import read_iso
from chutdiao.domain.duty import Duty, DutyBook, Listing, list_duties
from chutdiao.domain.duty.periods import part_of
from chutdiao.domain.expression import UNANSWERED
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.journey.model import Question
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import SubmissionState
from chutdiao.domain.text import LocalText
from chutdiao.domain.typed import show_name

AHEAD = 30
# Which duties are done lies among the facts of the business, so that it is erased and exported with it.
_DONE = "business.duties_done"
# A draft begun for a duty carries the duty as its step.
_STEP = "duty."


@dataclass(frozen=True, slots=True)
class BusinessDuties:
    """One year of one business.

    ``done`` is the day each duty was marked or its form went in, by the duty's id; ``told`` are the
    questions that have an answer; ``forms`` are the forms of this program, by the rule they fulfil.
    """

    business: Business
    listing: Listing
    answers: Answers
    questions: tuple[Question, ...]
    done: Mapping[str, str]
    agencies: Mapping[str, LocalText]
    told: tuple[Question, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)

    def agency(self, duty: Duty) -> LocalText:
        return self.agencies.get(duty.rule.agency, LocalText.of(duty.rule.agency))


def duties_of(ws: Workspace, business_id: str, year: int) -> BusinessDuties:
    """The duties due in a year of the Common Era, and the questions still open about them."""
    book, business = ws.shelf.duties(), ws.businesses.get(business_id)
    answers = known_answers(ws, book, business)
    listing = list_duties(book, answers, year, context_of(ws), _subjects(ws, book, business_id))
    listing = with_documents(listing, ws.files.documents(business_id))
    happened = event_duties(ws, business_id, year)
    listing = happened.added_to(listing)
    open_ones = tuple(q for q in book.interview.questions if q.id in listing.questions)
    values = AnswerValues(book.interview, answers, context_of(ws), frozenset())
    told = tuple(q for q in book.interview.questions if values[q.id] is not UNANSWERED)
    agencies, forms = agencies_of(ws, business_id), {**_forms(ws, book), **happened.forms}
    planned = _sent_by_plan(ws, business_id, listing, forms)
    done = {**planned, **_sent(ws, business_id), **happened.done, **_done(ws, business_id)}
    return BusinessDuties(business, listing, answers, open_ones, done, agencies, told, forms)


def upcoming(ws: Workspace, business_id: str, days: int = AHEAD) -> tuple[Duty, ...]:
    """What is not done yet and can still be done in time, due within so many days."""
    today = ws.clock.now().date()
    until = today + timedelta(days=days)
    found: list[Duty] = []
    # a duty whose paper day lies in the last days of a year may still be filed online in the next
    for year in dict.fromkeys(((today - timedelta(days=days)).year, today.year, until.year)):
        seen = duties_of(ws, business_id, year)
        found += [
            duty
            for duty in seen.listing.duties
            if duty.due.last >= today and next_day(duty, today) <= until and duty.id not in seen.done
        ]
    return tuple(sorted(found, key=lambda duty: (next_day(duty, today), duty.id)))


def next_day(duty: Duty, today: date) -> date:
    """The next last day to keep: on paper while it lasts, then online."""
    return duty.due.paper if duty.due.paper >= today else duty.due.last


def begin_form(ws: Workspace, business_id: str, duty: Duty) -> Draft:
    """The draft of the form that fulfils a duty, new or already begun; it knows the period it is for."""
    if is_event(duty.id):
        _, known, filing = duty.id.split(".", 2)
        return begin_filing(ws, business_id, known, filing)
    form = ws.shelf.load(_forms(ws, ws.shelf.duties())[duty.rule.id])
    draft = open_draft(ws, business_id, f"{_STEP}{duty.id}", form.id, ws.clock.now().date())
    fields = {spec.id for section in form.sections for spec in section.fields}
    given: Answers = {
        name: part_of(duty.period, part)
        for name, part in duty.rule.gives
        if duty.period is not None and name in fields and name not in draft.answers
    }
    if given:
        draft = replace(draft, answers={**draft.answers, **given})
        ws.drafts.save(draft)
    return draft


def mark(ws: Workspace, business_id: str, duty: str, done: bool) -> None:
    """Note that a duty is done, or that it is not after all."""
    if is_event(duty):
        _, known, filing = duty.split(".", 2)
        mark_filed(ws, business_id, known, filing, done)
        return
    held = dict(_done(ws, business_id))
    today = ws.clock.now().date().isoformat()
    held.pop(duty, None)
    if done:
        held[duty] = today
    subject = business_subject(ws, business_id)
    ws.facts.write(FactValue(_DONE, dict(held), "typed", today, "", subject))


def _done(ws: Workspace, business_id: str) -> Mapping[str, str]:
    held = facts_in(ws, business_id, "business").get(_DONE)
    value = held.value if held is not None else None
    return {str(duty): str(day) for duty, day in value.items()} if isinstance(value, dict) else {}


def _gone_in(ws: Workspace, business_id: str) -> list[Submission]:
    ended = (SubmissionState.RECEIVED, SubmissionState.RECORDED)
    return [sent for sent in ws.outbox.all(business_id) if sent.state in ended]


def _sent(ws: Workspace, business_id: str) -> dict[str, str]:
    """The duties whose form was received or recorded, and the day."""
    return {
        sent.step.removeprefix(_STEP): sent.recorded_on or sent.queued_at[:10]
        for sent in _gone_in(ws, business_id)
        if sent.step.startswith(_STEP)
    }


def _sent_by_plan(
    ws: Workspace, business_id: str, listing: Listing, forms: Mapping[str, str]
) -> dict[str, str]:
    """The duties whose form went in as a step of the plan; one about a person only where it names them."""
    found: dict[str, str] = {}
    planned = [duty for duty in listing.duties if duty.rule.planned]
    for sent in _gone_in(ws, business_id) if planned else ():
        named = _named_in(json.loads(sent.envelope)["answers"])
        for duty in planned:
            if forms.get(duty.rule.id) == sent.form and (not duty.whose or duty.whose in named):
                found[duty.id] = sent.recorded_on or sent.queued_at[:10]
    return found


def _named_in(answers: Mapping[str, Json]) -> set[str]:
    """Everyone a filing lists in a table."""
    rows = [row for value in answers.values() if isinstance(value, list) for row in value]
    cells = [cell for row in rows if isinstance(row, dict) for cell in row.values()]
    return {show_name(cell) for cell in cells if isinstance(cell, dict)}


def _forms(ws: Workspace, book: DutyBook) -> dict[str, str]:
    listed = ws.shelf.index().get("forms")
    known = {str(row["id"]) for row in listed if isinstance(row, dict)} if isinstance(listed, list) else set()
    named = {rule.id: rule.fills or rule.code for rule in book.rules}
    return {rule: form for rule, form in named.items() if form in known}


def _subjects(
    ws: Workspace, book: DutyBook, business_id: str
) -> dict[tuple[str, str], Sequence[tuple[str, date, str]]]:
    found: dict[tuple[str, str], Sequence[tuple[str, date, str]]] = {}
    for each in {rule.each for rule in book.rules if rule.each is not None}:
        days: list[tuple[str, date, str]] = []
        for subject in ws.facts.subjects(business_id, each.role):
            facts = ws.facts.read(subject)
            held, name = facts.get(each.fact), facts.get(each.name)
            day = read_iso(held.value) if held is not None and isinstance(held.value, str) else None
            if day is not None:
                days.append((subject, day, _name(name.value if name is not None else None)))
        found[each.role, each.fact] = days
    return found


def _name(value: Json) -> str:
    return show_name(value) if isinstance(value, dict) else str(value or "")
