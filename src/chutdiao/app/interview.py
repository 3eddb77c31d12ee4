"""The interview: one question at a time, what each answer changes, and the facts it leaves."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from chutdiao.app.ports import Answers, Business, FactValue
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Context
from chutdiao.domain.dates import show_date
from chutdiao.domain.journey import Journey, Plan, PlanStep, Question, plan
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.journey.reading import check_answer, read_answer
from chutdiao.domain.problem import Json, Level, Problem
from chutdiao.domain.text import LocalText

_ROLES = {
    "business": ("business", "business"),
    "premises": ("business.premises", "premises"),
    "person": ("business.owner", "person"),
}
_TRADE_NAME = "business.trade_name"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One page: ``number`` of about ``count`` asked by the answers so far; ``effects`` of its answer."""

    question: Question
    number: int
    count: int
    answer: Json
    unsure: bool
    effects: tuple[LocalText, ...]

    @property
    def answered(self) -> bool:
        return self.answer is not None or self.unsure


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer changed; with a stopping problem nothing was kept."""

    texts: tuple[LocalText, ...]
    problems: tuple[Problem, ...]
    plan: Plan

    @property
    def kept(self) -> bool:
        return not any(problem.level is Level.STOP for problem in self.problems)


def start_business(ws: Workspace, journey_id: str, name: str) -> Business:
    """Make a business that follows a journey; its name answers the question of the trade name."""
    journey = journey_of(ws, journey_id)
    title = name.strip() or journey.title.th
    business = Business(
        id=uuid.uuid4().hex,
        name=title,
        journey=journey_id,
        interview={},
        not_sure=frozenset(),
        created_at=ws.clock.now().isoformat(timespec="seconds"),
    )
    ws.businesses.save(business)
    asked = next((q for q in journey.questions if q.fact == _TRADE_NAME), None)
    if asked is not None and title not in (journey.title.th, journey.title.en):
        answer(ws, business.id, asked.id, title)
        business = ws.businesses.get(business.id)
    return business


def journey_of(ws: Workspace, journey_id: str) -> Journey:
    """The journey by its id."""
    return cast(Journey, ws.shelf.journey(journey_id))


def context_of(ws: Workspace) -> Context:
    """Today and the dated values of the profile."""
    return Context(ws.clock.now().date(), ws.parameters)


def pages(ws: Workspace, business_id: str) -> tuple[QuestionPage, ...]:
    """The pages that these answers ask for, in order."""
    business = ws.businesses.get(business_id)
    journey = journey_of(ws, business.journey)
    values = AnswerValues(journey, business.interview, context_of(ws), business.not_sure)
    asked = [q for q in journey.questions if values.visible(q.id) is True]
    return tuple(
        QuestionPage(
            question=question,
            number=number,
            count=len(asked),
            answer=business.interview.get(question.id),
            unsure=question.id in business.not_sure,
            effects=_said(question, values),
        )
        for number, question in enumerate(asked, 1)
    )


def next_page(found: tuple[QuestionPage, ...]) -> QuestionPage | None:
    """The first page without an answer."""
    return next((page for page in found if not page.answered), None)


def preview(ws: Workspace, business_id: str, question_id: str, value: Json) -> Effect:
    """What an answer would change; nothing is kept."""
    return _try(ws, ws.businesses.get(business_id), question_id, value, unsure=False)[0]


def answer(ws: Workspace, business_id: str, question_id: str, value: Json, unsure: bool = False) -> Effect:
    """Keep an answer (or that it is not sure yet) and tell what it changed; problems keep the old one."""
    business = ws.businesses.get(business_id)
    effect, changed = _try(ws, business, question_id, value, unsure)
    if not effect.kept:
        return effect
    question = journey_of(ws, business.journey).question(question_id)
    kept = changed.interview.get(question_id)
    if question is not None and kept is not None and not unsure:
        for fact, value in question.facts(kept):
            write_fact(ws, business_id, fact, value)
        if question.fact == _TRADE_NAME and isinstance(kept, str):
            changed = replace(changed, name=kept)
    ws.businesses.save(changed)
    return effect


def _try(
    ws: Workspace, business: Business, question_id: str, value: Json, unsure: bool
) -> tuple[Effect, Business]:
    journey, context = journey_of(ws, business.journey), context_of(ws)
    before = plan(journey, business.interview, context, business.not_sure)
    question = journey.question(question_id)
    if question is None:
        return Effect((), (Problem("interview.unknown-question", question_id),), before), business
    kept, problem = read_answer(question, value, context.today, lambda t, c: ws.tables.row(t, c) is not None)
    if problem is not None:
        return Effect((), (problem,), before), business
    answers: Answers = {key: old for key, old in business.interview.items() if key != question_id}
    if kept is None and unsure and question_id in business.interview:
        answers[question_id] = business.interview[question_id]
    elif kept is not None:
        answers[question_id] = kept
    not_sure = business.not_sure | {question_id} if unsure else business.not_sure - {question_id}
    problems = () if unsure else check_answer(journey, answers, context, question, not_sure)
    after = plan(journey, answers, context, not_sure)
    values = AnswerValues(journey, answers, context, not_sure)
    texts = (*_said(question, values), *changes(before, after))
    changed = replace(business, interview=answers, not_sure=not_sure)
    return Effect(tuple(dict.fromkeys(texts)), problems, after), changed


def _said(question: Question, values: AnswerValues) -> tuple[LocalText, ...]:
    return tuple(effect.say for effect in question.effects if values.holds(effect.when) is True)


def changes(before: Plan, after: Plan) -> tuple[LocalText, ...]:
    """What is different between two plans, one sentence each."""
    old = {step.id: step for step in before.steps}
    told: list[LocalText] = []
    for step in after.steps:
        told += _step_changes(old.get(step.id), step)
    for item in after.excluded:
        if item.id in old:
            title, why = item.title, item.why
            told.append(LocalText(f"ไม่ต้องทำ: {title.th} — {why.th}", f"Not needed: {title.en} — {why.en}"))
    return tuple(told)


def _step_changes(earlier: PlanStep | None, step: PlanStep) -> Iterator[LocalText]:
    title = step.title
    if earlier is None:
        yield LocalText(f"เพิ่มขั้นตอน: {title.th}", f"One step more: {title.en}")
    elif step.state == "depends" and earlier.state != "depends":
        yield LocalText(f"ยังไม่ชัด: {title.th} ขึ้นกับข้อนี้", f"Open: {title.en} depends on this")
    elif earlier.state == "depends" and step.state != "depends":
        yield LocalText(f"ต้องทำ: {title.th}", f"Needed: {title.en}")
    elif earlier.service and step.service and earlier.service != step.service:
        was = earlier.title
        yield LocalText(f"{title.th} แทน {was.th}", f"{title.en} instead of {was.en}")
    elif earlier.agency != step.agency:
        yield LocalText(f"{title.th}: ยื่นที่{step.agency.th}", f"{title.en}: {step.agency.en}")
    if earlier is not None and step.due and earlier.due != step.due:
        yield _by(step.title, step.due)


def _by(title: LocalText, day: date) -> LocalText:
    return LocalText(
        f"{title.th}: ภายใน {show_date(day, 'th', long=True)}",
        f"{title.en}: by {show_date(day, 'en', long=True)}",
    )


def write_fact(ws: Workspace, business_id: str, fact: str, kept: Json) -> None:
    """Keep an answer as a fact for the forms; a code that the fact does not know stays an answer only."""
    known = ws.shelf.facts().get(fact)
    codes = known.get("choices") if isinstance(known, Mapping) else None
    if isinstance(codes, list):
        allowed = [code.get("code") if isinstance(code, dict) else code for code in codes]
        if any(code not in allowed for code in (kept if isinstance(kept, list) else [kept])):
            return
    role, kind = _ROLES[fact.split(".", 1)[0]]
    subjects = ws.facts.subjects(business_id, role)
    subject = subjects[0] if subjects else ws.facts.new_subject(business_id, kind)
    if not subjects:
        ws.facts.set_role(business_id, role, [subject])
    value = kept
    if isinstance(known, Mapping) and known.get("type") == "address" and isinstance(kept, str):
        held = ws.facts.read(subject).get(fact)
        value = _with_area(ws, held.value if held else None, kept)
    today = ws.clock.now().date().isoformat()
    ws.facts.write(FactValue(fact, value, "typed", today, "", subject))


def _with_area(ws: Workspace, held: Json, code: str) -> Json:
    """An address moved to a sub-district; what was typed before for another one does not stay."""
    old = held if isinstance(held, dict) else {}
    address: dict[str, Json] = dict(old) if old.get("subdistrict") == code else {}
    address |= {"subdistrict": code, "district": code[:4], "province": code[:2]}
    row = ws.tables.row("areas", code)
    codes = dict(row.extra).get("postcodes", "").split() if row else []
    if len(codes) == 1:
        address["postcode"] = codes[0]
    return address
