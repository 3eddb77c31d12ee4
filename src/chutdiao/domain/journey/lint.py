"""What an author of a journey can get wrong: names, order, law, and tables that do not decide."""

from collections.abc import Iterator, Mapping
from datetime import date

from chutdiao.domain.check import Context
from chutdiao.domain.expression import ExpressionError, compile_expression
from chutdiao.domain.journey.answers import names_of
from chutdiao.domain.journey.model import NOT_NEEDED, QUESTION_TYPES, Journey, Question, Step
from chutdiao.domain.journey.planning import LOCAL, LOCAL_AGENCY
from chutdiao.domain.journey.tables import check_table
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Level, Problem
from chutdiao.domain.text import LocalText


def lint_journey(
    journey: Journey, parameters: Parameters | None = None, today: date | None = None
) -> list[Problem]:
    """Every mistake found; tables are tried out only when all their conditions can be read."""
    known = parameters or Parameters()
    problems = [
        *_questions(journey),
        *_expressions(journey, known if parameters is not None else None),
        *_steps(journey),
        *_services(journey),
        *_compared(journey),
    ]
    if any(p.code in _UNREADABLE for p in problems):
        return problems
    context = Context(today or date.today(), known)
    for step in journey.steps:
        problems += check_table(journey, step, context)
    return problems


_UNREADABLE = frozenset(
    {"journey.expression", "journey.unknown-name", "journey.unknown-parameter", "journey.name-cycle"}
)


def _questions(journey: Journey) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, place in (
        *((q.id, q.place) for q in journey.questions),
        *((d.id, "") for d in journey.derived),
    ):
        if name in seen:
            yield Problem("journey.duplicate", place or journey.file, {"id": name})
        seen.add(name)
    for question in journey.questions:
        yield from _question(question)
    for name in journey.authority:
        local = any(service.agency == LOCAL for service in journey.services.values())
        if local and journey.question(name) is None:
            yield Problem("journey.authority", journey.file, {"name": name})


def _question(question: Question) -> Iterator[Problem]:
    values = {"id": question.id, "type": question.type, "types": ", ".join(QUESTION_TYPES)}
    if question.type not in QUESTION_TYPES:
        yield Problem("journey.question-type", question.place, values)
    if question.type in ("choice", "choices") and not question.choices:
        yield Problem("journey.no-choices", question.place, values)
    if question.type == "reference" and not question.table:
        yield Problem("journey.no-table", question.place, values)
    codes: set[str] = set()
    for choice in question.choices:
        if choice.code in codes:
            yield Problem("journey.duplicate", question.place, {"id": f"{question.id}.{choice.code}"})
        codes.add(choice.code)
        yield from _texts(choice.label, question.id, "label", question.place)
    yield from _texts(question.title, question.id, "title", question.place)
    yield from _texts(question.why, question.id, "why", question.place)


def _compared(journey: Journey) -> Iterator[Problem]:
    """Each column answers questions of this journey with codes they have."""
    for way in journey.compare:
        yield from _texts(way.title, way.id, "title", journey.file)
        for name, code in way.answers.items():
            question = journey.question(name)
            if question is None or code not in {choice.code for choice in question.choices}:
                yield Problem(
                    "journey.compare", journey.file, {"way": way.id, "question": name, "code": code}
                )


def _texts(text: LocalText, owner: str, key: str, place: str) -> Iterator[Problem]:
    for said, language in ((text.th, "th"), (text.en, "en")):
        if not said.strip():
            yield Problem("journey.translation", place, {"id": owner, "key": key, "language": language})


def _expressions(journey: Journey, parameters: Parameters | None) -> Iterator[Problem]:
    names = {q.id for q in journey.questions} | {d.id for d in journey.derived}
    for source, place in _sources(journey):
        try:
            found = compile_expression(source)
        except ExpressionError:
            yield Problem("journey.expression", place, {"source": source})
            continue
        for name in sorted(found.names - names):
            yield Problem("journey.unknown-name", place, {"name": name})
        for name in sorted(found.parameters):
            if parameters is not None and name not in parameters:
                yield Problem("journey.unknown-parameter", place, {"name": name})
    uses = {q.id: names_of(q.show) for q in journey.questions}
    uses |= {d.id: names_of(d.value) for d in journey.derived}
    for circle in circles(uses):
        yield Problem("journey.name-cycle", journey.file, {"names": " → ".join(circle)})


def _sources(journey: Journey) -> Iterator[tuple[str, str]]:
    for question in journey.questions:
        for source in (
            question.show,
            *(check.that for check in question.checks),
            *(effect.when for effect in question.effects),
            *(choice.show for choice in question.choices),
        ):
            if source:
                yield source, question.place
    for row in (*journey.derived, *journey.duties):
        yield row.value, journey.file
    for step in journey.steps:
        for decision in step.decide:
            yield decision.when, decision.place
        if step.due is not None and step.due.when:
            yield step.due.when, step.place


def _steps(journey: Journey) -> Iterator[Problem]:
    known = [step.id for step in journey.steps]
    for place, step in enumerate(journey.steps):
        if step.id in known[:place]:
            yield Problem("journey.duplicate", step.place, {"id": step.id})
        for after in step.after.ids:
            if after not in known:
                yield Problem("journey.unknown-step", step.place, {"step": step.id, "after": after})
        yield from _rows(step)
        yield from _due(journey, step)
        if step.agency and step.agency != LOCAL and step.agency not in journey.agencies:
            yield Problem("journey.unknown-agency", step.place, {"agency": step.agency})
    for circle in circles({step.id: frozenset(step.after.ids) for step in journey.steps}):
        yield Problem("journey.cycle", journey.file, {"steps": " → ".join(circle)})


def _rows(step: Step) -> Iterator[Problem]:
    for row in step.decide:
        values = {"step": step.id, "when": row.when}
        if not row.why.th.strip() and not row.why.en.strip():
            yield Problem("journey.no-why", row.place, values, Level.WARN)
        else:
            yield from _texts(row.why, step.id, "why", row.place)
        if not row.law.strip() and row.result != NOT_NEEDED:
            yield Problem("journey.no-law", row.place, values, Level.WARN)


def _due(journey: Journey, step: Step) -> Iterator[Problem]:
    if step.due is None:
        return
    question = journey.question(step.due.since)
    if question is None or question.type != "date":
        yield Problem("journey.due", step.place, {"step": step.id, "name": step.due.since})


def _services(journey: Journey) -> Iterator[Problem]:
    for service in journey.services.values():
        agency = LOCAL_AGENCY if service.agency == LOCAL else service.agency
        if agency not in journey.agencies:
            yield Problem("journey.unknown-agency", journey.file, {"agency": service.agency})
        if not service.source or not service.checked_on:
            yield Problem("journey.no-source", journey.file, {"service": service.id})
        if service.fee is not None and not _is_range(service.fee.low, service.fee.high):
            yield Problem("journey.fee", journey.file, {"id": service.id})


def _is_range(low: str, high: str) -> bool:
    return low.isdecimal() and high.isdecimal() and int(low) <= int(high)


def circles(uses: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """Each circle of names that lead back to themselves, once."""
    told: set[str] = set()
    for start in uses:
        path = _way_back(start, uses)
        if path and not told & set(path):
            told |= set(path)
            yield (*path, start)


def _way_back(start: str, uses: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    edge: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while edge:
        path = edge.pop()
        for name in sorted(uses.get(path[-1], frozenset())):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                edge.append((*path, name))
    return ()
