"""Rules for duties: they load, name what exists, and their conditions read answers that are asked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chutdiao.domain.duty.model import (
    ACCOUNTING_YEAR,
    ANNIVERSARY,
    EVERY,
    LAST,
    ONCE,
    PARTS,
    PERIOD_DAYS,
    SAME,
    DutyBook,
    DutyRule,
)
from chutdiao.domain.expression import ExpressionError, compile_expression
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib.duties import load_duties
from chutdiao.formlib.lint.structure import Around
from chutdiao.formlib.shape import nearest
from chutdiao.formlib.source import Table, place_of

_OF_PERIOD = frozenset({"period_start", "period_end"})


def check_duties(documents: list[Table], around: Around, forms: Iterable[str]) -> Iterator[Problem]:
    """Every problem of the duties under ``forms/calendar``; ``forms`` are the ids of all forms."""
    try:
        book = load_duties(documents)
    except ChutdiaoError as error:
        yield from error.problems
        return
    yield from _questions(documents, book, around)
    names = {question.id for question in book.interview.questions} | {
        row.id for row in book.interview.derived
    }
    seen: set[str] = set()
    for rule in book.rules:
        if rule.id in seen:
            yield Problem("duty.twice", rule.place, {"name": rule.id})
        seen.add(rule.id)
        if rule.fills and rule.fills not in forms:
            yield unknown_value("fills", rule.fills, forms, rule.place)
        for _, part in rule.gives:
            if part not in PARTS:
                yield unknown_value("gives", part, PARTS, rule.place)
        yield from _rule(rule, book, names, around)


def _questions(documents: list[Table], book: DutyBook, around: Around) -> Iterator[Problem]:
    names = {question.id for question in book.interview.questions}
    for raw in documents:
        for question in raw.get("questions", ()):
            fact = question.get("fact")
            if fact is not None and fact not in around.facts:
                values = {"name": str(fact), "nearest": nearest(str(fact), around.facts)}
                yield Problem("form.unknown-fact", place_of(fact), values)
    for question in book.interview.questions:
        yield from condition(question.show, names, question.place)
    for row in book.interview.derived:
        yield from condition(row.value, names, "forms/calendar")
    for event in book.events.values():
        if event.duty and event.duty not in {rule.id for rule in book.rules}:
            yield unknown_value("duty", event.duty, [rule.id for rule in book.rules], "forms/calendar")


def _rule(rule: DutyRule, book: DutyBook, names: set[str], around: Around) -> Iterator[Problem]:
    yield from condition(rule.when, names | _OF_PERIOD, rule.place)
    if rule.agency not in around.agencies:
        yield unknown_value("agency", rule.agency, around.agencies, rule.place)
    if rule.every not in EVERY:
        yield unknown_value("every", rule.every, EVERY, rule.place)
    if rule.since not in {*PERIOD_DAYS, *book.events}:
        yield unknown_value("since", rule.since, [*PERIOD_DAYS, *book.events], rule.place)
    elif not _counted(rule, book):
        yield Problem("duty.not-counted", rule.place, {"every": rule.every, "since": rule.since})
    if rule.efile not in {"", SAME, *book.extensions}:
        yield unknown_value("efile", rule.efile, [SAME, *book.extensions], rule.place)
    if rule.day and rule.day != LAST and not (rule.day.isdigit() and 1 <= int(rule.day) <= 31):
        yield Problem("duty.not-a-day", rule.place, {"value": rule.day})
    if rule.on and rule.on not in {q.id for q in book.interview.questions if q.type == "date"}:
        yield unknown_value("on", rule.on, names, rule.place)
    if rule.each is not None:
        for fact in (rule.each.fact, rule.each.name):
            if fact not in around.facts:
                yield unknown_value("each", fact, around.facts, rule.place)
        if rule.each.role not in around.roles:
            yield unknown_value("each", rule.each.role, around.roles, rule.place)


def _counted(rule: DutyRule, book: DutyBook) -> bool:
    """Whether the day a duty is counted from is one its kind of round has."""
    if rule.since in PERIOD_DAYS:
        return rule.every not in (ONCE, ANNIVERSARY)
    if rule.every in (ONCE, ANNIVERSARY):
        return True
    return rule.every == ACCOUNTING_YEAR and bool(book.events[rule.since].duty)


def condition(source: str, names: Iterable[str], place: str) -> Iterator[Problem]:
    """What is wrong with a condition: it does not read, or names what nobody asks."""
    if not source:
        return
    try:
        compiled = compile_expression(source)
    except ExpressionError as error:
        for problem in error.problems:
            yield Problem(problem.code, place, problem.values)
        return
    for name in sorted(compiled.names - set(names)):
        yield Problem("expression.unknown-name", place, {"name": name})


def unknown_value(key: str, value: str, known: Iterable[str] | Mapping[str, Any], place: str) -> Problem:
    """A key names something that does not exist."""
    return Problem("duty.unknown", place, {"key": key, "value": value, "known": ", ".join(sorted(known))})
