"""What the duties of a business go by: its facts as answers, kept and asked for one by one."""

from collections.abc import Mapping

from chutdiao.app.interview import write_fact
from chutdiao.app.ports import Answers, Business, FactValue
from chutdiao.app.workspace import Workspace
from chutdiao.domain.duty import DutyBook
from chutdiao.domain.journey.reading import read_answer
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import LocalText

_ROLES = {"business": "business", "premises": "business.premises"}


def known_answers(ws: Workspace, book: DutyBook, business: Business) -> Answers:
    """What the facts say, and else what the interview was told under the same name."""
    facts = {prefix: facts_in(ws, business.id, role) for prefix, role in _ROLES.items()}
    answers: Answers = {}
    for question in book.interview.questions:
        held = facts.get(question.fact.partition(".")[0], {}).get(question.fact)
        told = business.interview.get(question.id)
        if held is not None:
            answers[question.id] = held.value
        elif told is not None and question.id not in business.not_sure:
            answers[question.id] = told
    return answers


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


def business_subject(ws: Workspace, business_id: str) -> str:
    """The subject that the facts of the business itself belong to, made where there is none."""
    subjects = ws.facts.subjects(business_id, "business")
    if subjects:
        return subjects[0]
    subject = ws.facts.new_subject(business_id, "business")
    ws.facts.set_role(business_id, "business", [subject])
    return subject


def facts_in(ws: Workspace, business_id: str, role: str) -> Mapping[str, FactValue]:
    """The facts of the first subject in a role; none where there is no such subject."""
    subjects = ws.facts.subjects(business_id, role)
    return ws.facts.read(subjects[0]) if subjects else {}


def agencies_of(ws: Workspace, business_id: str) -> Mapping[str, LocalText]:
    """The names of the agencies; a local authority by the name of this business's own."""
    facts = facts_in(ws, business_id, "business.premises")
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
