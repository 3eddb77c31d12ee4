"""The duties of a business: listed from its facts, asked about where facts lack, marked when done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chutdiao.app.interview import context_of, write_fact
from chutdiao.app.ports import Answers, Business, FactValue
from chutdiao.app.workspace import Workspace
from chutdiao.domain.dates import read_iso
from chutdiao.domain.duty import Duty, DutyBook, Listing, list_duties
from chutdiao.domain.journey.model import Question
from chutdiao.domain.journey.reading import read_answer
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import LocalText
from chutdiao.domain.typed import show_name

AHEAD = 30
# Which duties are done lies among the facts of the business, so that it is erased and exported with it.
_DONE = "business.duties_done"
_ROLES = {"business": "business", "premises": "business.premises"}


@dataclass(frozen=True, slots=True)
class BusinessDuties:
    """One year of one business; ``done`` is the day each duty was marked, by its id."""

    business: Business
    listing: Listing
    answers: Answers
    questions: tuple[Question, ...]
    done: Mapping[str, str]
    agencies: Mapping[str, LocalText]

    def agency(self, duty: Duty) -> LocalText:
        return self.agencies.get(duty.rule.agency, LocalText.of(duty.rule.agency))


def duties_of(ws: Workspace, business_id: str, year: int) -> BusinessDuties:
    """The duties due in a year of the Common Era, and the questions still open about them."""
    book, business = ws.shelf.duties(), ws.businesses.get(business_id)
    answers = known_answers(ws, book, business)
    listing = list_duties(book, answers, year, context_of(ws), _subjects(ws, book, business_id))
    open_ones = tuple(q for q in book.interview.questions if q.id in listing.questions)
    return BusinessDuties(
        business, listing, answers, open_ones, _done(ws, business_id), agencies_of(ws, business_id)
    )


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


def answer_question(ws: Workspace, business_id: str, question_id: str, value: Json) -> tuple[Problem, ...]:
    """Keep an answer as a fact of the business; a problem keeps the old one."""
    book = ws.shelf.duties()
    question = book.interview.question(question_id)
    if question is None:
        return (Problem("duty.no-question", question_id, {"question": question_id}),)
    kept, problem = read_answer(question, value, ws.clock.now().date())
    if problem is not None:
        return (problem,)
    if isinstance(kept, bool):
        kept = "yes" if kept else "no"
    if kept is not None:
        write_fact(ws, business_id, question.fact, kept)
    return ()


def mark(ws: Workspace, business_id: str, duty: str, done: bool) -> None:
    """Note that a duty is done, or that it is not after all."""
    held = dict(_done(ws, business_id))
    today = ws.clock.now().date().isoformat()
    held.pop(duty, None)
    if done:
        held[duty] = today
    subject = business_subject(ws, business_id)
    ws.facts.write(FactValue(_DONE, dict(held), "typed", today, "", subject))


def business_subject(ws: Workspace, business_id: str) -> str:
    """The subject that the facts of the business itself belong to, made where there is none."""
    subjects = ws.facts.subjects(business_id, "business")
    if subjects:
        return subjects[0]
    subject = ws.facts.new_subject(business_id, "business")
    ws.facts.set_role(business_id, "business", [subject])
    return subject


def _read(ws: Workspace, business_id: str, role: str) -> Mapping[str, FactValue]:
    subjects = ws.facts.subjects(business_id, role)
    return ws.facts.read(subjects[0]) if subjects else {}


def _done(ws: Workspace, business_id: str) -> Mapping[str, str]:
    held = _read(ws, business_id, "business").get(_DONE)
    value = held.value if held is not None else None
    return {str(duty): str(day) for duty, day in value.items()} if isinstance(value, dict) else {}


def known_answers(ws: Workspace, book: DutyBook, business: Business) -> Answers:
    """What the facts say, and else what the interview was told under the same name."""
    facts = {prefix: _read(ws, business.id, role) for prefix, role in _ROLES.items()}
    answers: Answers = {}
    for question in book.interview.questions:
        held = facts.get(question.fact.partition(".")[0], {}).get(question.fact)
        told = business.interview.get(question.id)
        if held is not None:
            answers[question.id] = held.value
        elif told is not None and question.id not in business.not_sure:
            answers[question.id] = told
    return answers


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


def agencies_of(ws: Workspace, business_id: str) -> Mapping[str, LocalText]:
    """The names of the agencies; a local authority by the name of this business's own."""
    facts = _read(ws, business_id, "business.premises")
    kind, name = (facts.get(f"premises.authority_{part}") for part in ("kind", "name"))
    found: dict[str, LocalText] = {}
    for agency, row in ws.shelf.agencies().items():
        if not isinstance(row, dict):
            continue
        found[agency] = _local(row.get("name"))
        types = row.get("types")
        if isinstance(types, dict) and kind is not None and name is not None:
            word = _local(types.get(str(kind.value)))
            found[agency] = LocalText(f"{word.th}{name.value}", f"{word.en} {name.value}".strip())
    return found


def _local(node: Json) -> LocalText:
    if isinstance(node, dict):
        return LocalText(str(node.get("th", "")), str(node.get("en", "")))
    return LocalText.of(str(node or ""))
