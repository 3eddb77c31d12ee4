"""An answers file for the ``plan`` command: read with the place of every mistake."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from chutdiao.domain.check import Context
from chutdiao.domain.journey import Journey
from chutdiao.domain.journey.reading import Known, check_answer, read_answer
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem
from chutdiao.formlib.source import Items, Table, place_of, plain, read_table

Part = TypeVar("Part", Table, Items)
KEYS = ("journey", "today", "not_sure", "answers")


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What an answers file says; ``warnings`` do not stop a plan."""

    journey: Journey
    answers: dict[str, Json]
    not_sure: frozenset[str]
    context: Context
    warnings: tuple[Problem, ...]


def read_answers(
    path: Path, journey_named: Callable[[str], Journey], parameters: Parameters, today: date, known: Known
) -> AnswersFile:
    """Read and check an answers file; raises ChutdiaoError with every mistake and its place."""
    table = read_table(path, str(path))
    problems = [_unknown(key, KEYS) for key in table if key not in KEYS]
    journey = _journey(table, journey_named, problems)
    day = _today(table, today, problems)
    context = Context(day, parameters)
    questions = [question.id for question in journey.questions]
    written = _part(table, "answers", Table, problems)
    answers: dict[str, Json] = {}
    for key, node in written.items():
        question = journey.question(str(key))
        if question is None:
            problems.append(_unknown(key, questions))
            continue
        value, problem = read_answer(question, plain(node), day, known)
        if problem is not None:
            problems.append(_at(problem, node))
        elif value is not None:
            answers[question.id] = value
    unsure = _part(table, "not_sure", Items, problems)
    problems += [_unknown(item, questions) for item in unsure if str(item) not in questions]
    not_sure = frozenset(str(item) for item in unsure)
    checked = [
        _at(problem, written[question.id])
        for question in journey.questions
        if question.id in answers
        for problem in check_answer(journey, answers, context, question, not_sure)
    ]
    problems += [problem for problem in checked if problem.level is Level.STOP]
    if problems:
        raise ChutdiaoError(*problems)
    return AnswersFile(journey, answers, not_sure, context, tuple(checked))


def _journey(table: Table, journey_named: Callable[[str], Journey], problems: list[Problem]) -> Journey:
    """The journey of the file; without one nothing else can be checked."""
    name = table.get("journey")
    if name is None or isinstance(name, dict | list):
        raise ChutdiaoError(*problems, Problem("answers.no-journey", place_of(table)))
    try:
        return journey_named(str(name))
    except ChutdiaoError as error:
        known = (_at(problem, name) for problem in error.problems)
        raise ChutdiaoError(*problems, *known) from None


def _today(table: Table, today: date, problems: list[Problem]) -> date:
    written = table.get("today")
    if written is None:
        return today
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        problems.append(Problem("answers.today", place_of(written), {"value": str(written)}))
        return today


def _part(table: Table, key: str, kind: type[Part], problems: list[Problem]) -> Part:
    """A part of the file, empty where it is left out; the wrong kind of node is a problem."""
    node = table.get(key)
    if isinstance(node, kind):
        return node
    if node is not None and str(node) != "":
        problems.append(Problem(f"answers.{key}", place_of(node), {"key": key}))
    return kind()


def _unknown(key: object, known: object) -> Problem:
    keys = ", ".join(known) if isinstance(known, list | tuple) else ""
    return Problem("answers.unknown-key", place_of(key), {"key": str(key), "known": keys})


def _at(problem: Problem, node: object) -> Problem:
    return Problem(
        problem.code, place_of(node), problem.values, problem.level, problem.say, problem.law, problem.mend
    )
