"""Trying a decision table out: every case its conditions can tell apart, looked at once.

Numbers are tried at, below and above each bound the conditions name, choices at every code; so a
gap, an overlap of bounds or a row behind another is found by trying and named by a real case.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice, product

from chutdiao.domain.check import Context
from chutdiao.domain.expression import UNANSWERED, ExpressionError, Unanswered, compile_expression
from chutdiao.domain.journey.answers import AnswerValues, names_of
from chutdiao.domain.journey.model import Decision, Journey, Question, Step
from chutdiao.domain.problem import Json, Problem

MOST_CASES = 20_000
_DAY = "2026-01-01"


@dataclass(slots=True)
class _Seen:
    """What trying the cases has shown so far."""

    reached: set[int]
    gap: str = ""
    overlaps: dict[tuple[int, int], str] | None = None


def check_table(journey: Journey, step: Step, context: Context) -> list[Problem]:
    """The gaps, overlaps and rows never reached of one step's table."""
    seen = _Seen(set(), overlaps={})
    names = [names_of(row.when) for row in step.decide]
    for case in _cases(journey, step, context):
        values = AnswerValues(journey, case, context, frozenset())
        holds = [values.holds(row.when) for row in step.decide]
        _note(step.decide, names, holds, case, seen)
    return list(_problems(step, seen))


def _note(
    rows: tuple[Decision, ...],
    names: list[frozenset[str]],
    holds: list[bool | Unanswered],
    case: Mapping[str, Json],
    seen: _Seen,
) -> None:
    first = next((n for n, held in enumerate(holds) if held is not False), None)
    if first is None or holds[first] is UNANSWERED:
        seen.gap = seen.gap or _told(case)
        return
    seen.reached.add(first)
    for other in range(first + 1, len(rows)):
        differs = (rows[other].result, rows[other].service) != (rows[first].result, rows[first].service)
        if holds[other] is True and differs and names[other] == names[first]:
            assert seen.overlaps is not None
            seen.overlaps.setdefault((first, other), _told(case))


def _problems(step: Step, seen: _Seen) -> Iterator[Problem]:
    if seen.gap or not step.decide:
        yield Problem("journey.gap", step.place, {"step": step.id, "case": seen.gap})
    for (_, later), case in (seen.overlaps or {}).items():
        yield Problem("journey.overlap", step.decide[later].place, {"step": step.id, "case": case})
    for number, row in enumerate(step.decide):
        if number not in seen.reached:
            yield Problem("journey.unreachable", row.place, {"step": step.id, "when": row.when})


def _told(case: Mapping[str, Json]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in case.items())


def _cases(journey: Journey, step: Step, context: Context) -> Iterator[dict[str, Json]]:
    """Every combination of the answers that the step's conditions tell apart."""
    names, sources = _reach(journey, [row.when for row in step.decide])
    questions = [question for question in journey.questions if question.id in names]
    bounds = sorted(_bounds(sources, context))
    words = _words(sources)
    tried = [_samples(question, bounds, words) for question in questions]
    for answers in islice(product(*tried), MOST_CASES):
        yield {question.id: value for question, value in zip(questions, answers, strict=True)}


def _reach(journey: Journey, sources: list[str]) -> tuple[set[str], list[str]]:
    """The questions that conditions hang on, through what is derived and what is shown."""
    further = {row.id: row.value for row in journey.derived}
    further |= {question.id: question.show for question in journey.questions if question.show}
    names: set[str] = set()
    every, left = list(sources), list(sources)
    while left:
        for name in names_of(left.pop()) - names:
            names.add(name)
            if name in further:
                every.append(further[name])
                left.append(further[name])
    return names, every


def _bounds(sources: Iterable[str], context: Context) -> set[Decimal]:
    """The numbers that conditions compare with, written or as a parameter."""
    found = {Decimal(0)}
    for source in sources:
        for node in ast.walk(ast.parse(source.strip(), mode="eval")):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                found.add(Decimal(str(node.value)))
        try:
            parameters = compile_expression(source).parameters
        except ExpressionError:
            continue
        found |= {
            context.parameters.at(p, context.today).value for p in parameters if p in context.parameters
        }
    return found


def _words(sources: Iterable[str]) -> set[str]:
    nodes = (node for source in sources for node in ast.walk(ast.parse(source.strip(), mode="eval")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _samples(question: Question, bounds: list[Decimal], words: set[str]) -> list[Json]:
    if question.type in ("number", "money"):
        near = {bound + step for bound in bounds for step in (-1, 0, 1)}
        return [f"{number:f}" for number in sorted(near) if number >= 0]
    if question.type == "yes-no":
        return [True, False]
    codes = [choice.code for choice in question.choices]
    if question.type == "choice":
        return list(codes)
    if question.type == "choices":
        told = [code for code in codes if code in words][:6]
        return [list(some) for size in range(len(told) + 1) for some in combinations(told, size)]
    return [_DAY] if question.type == "date" else ["x"]
