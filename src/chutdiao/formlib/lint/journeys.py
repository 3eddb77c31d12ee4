"""Rules for journeys: they load, their tables decide every case once, and they speak the forms' codes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chutdiao.domain.journey import Journey, Question, lint_journey
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.formlib.journeys import load_journey
from chutdiao.formlib.lint.draft import Draft
from chutdiao.formlib.lint.expressions import codes_of
from chutdiao.formlib.lint.structure import Around
from chutdiao.formlib.shape import nearest
from chutdiao.formlib.source import Table, place_of

Rows = Mapping[str, Any]


def check_journey(
    raw: Table, services: Iterable[Rows], around: Around, drafts: Iterable[Draft], parameters: Parameters
) -> Iterator[Problem]:
    """Every problem of one journey."""
    try:
        journey = load_journey(raw, services, around.agencies)
    except ChutdiaoError as error:
        yield from error.problems
        return
    yield from lint_journey(journey, parameters)
    yield from _facts(raw, around.facts)
    yield from _services(raw, {str(row["id"]) for row in services})
    yield from _codes(raw, journey, list(drafts))


def _facts(raw: Table, facts: Rows) -> Iterator[Problem]:
    """Answers and results are kept in facts that exist."""
    named = [question["fact"] for question in raw["questions"] if "fact" in question]
    named += [
        fact for row in raw["questions"] for item in row.get("choices", ()) for fact in item.get("keep", ())
    ]
    for step in raw["steps"]:
        named.extend(step.get("yields", ()))
    for name in named:
        if name not in facts:
            values = {"name": str(name), "nearest": nearest(name, facts)}
            yield Problem("form.unknown-fact", place_of(name), values)


def _services(raw: Table, known: set[str]) -> Iterator[Problem]:
    for step in raw["steps"]:
        for row in step.get("decide", ()):
            result = row.get("result")
            service = result.get("service") if isinstance(result, Table) else None
            if service is not None and service not in known:
                yield Problem("journey.unknown-service", place_of(service), {"name": str(service)})


def _codes(raw: Table, journey: Journey, drafts: list[Draft]) -> Iterator[Problem]:
    """A code kept as a fact must be one that each form bound to the fact can show."""
    marks = {str(row["id"]): row["id"] for row in raw["questions"] if "id" in row}
    for question in journey.questions:
        for code, fact, kept in _kept(question):
            for draft, written in ((d, f) for d in drafts for f in d.fields if f.raw.get("bind") == fact):
                codes = codes_of(written, draft)
                if codes and kept not in codes:
                    form = str(draft.raw["id"])
                    values = {"question": question.id, "code": code, "field": written.id, "form": form}
                    place = place_of(marks[question.id])
                    yield Problem("journey.unknown-code", place, values, Level.WARN)


def _kept(question: Question) -> Iterator[tuple[str, str, str]]:
    """Each choice with the fact it is kept in and the code kept."""
    for choice in question.choices:
        for fact, kept in question.facts(choice.code):
            yield choice.code, fact, str(kept)
