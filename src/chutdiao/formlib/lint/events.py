"""Rules for life events: they load, name what exists, and their conditions read what is asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from chutdiao.domain.duty import DutyBook
from chutdiao.domain.duty.model import LAST, SAME
from chutdiao.domain.life import Filing, LifeEvent
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib.events import load_events
from chutdiao.formlib.lint.duties import condition, unknown_value
from chutdiao.formlib.lint.structure import Around
from chutdiao.formlib.shape import nearest
from chutdiao.formlib.source import Table, place_of


def check_events(
    documents: list[Table], book: DutyBook, around: Around, forms: Collection[str], parameters: Parameters
) -> Iterator[Problem]:
    """Every problem of the events under ``forms/events``."""
    try:
        events = load_events(documents, book)
    except ChutdiaoError as error:
        yield from error.problems
        return
    seen: dict[str, Any] = {}
    for raw in documents:
        if raw["id"] in seen:
            values = {"id": str(raw["id"]), "line": str(seen[raw["id"]].line)}
            yield Problem("form.duplicate-id", place_of(raw["id"]), values)
        seen.setdefault(raw["id"], raw["id"])
        yield from _facts(raw, around)
    for event in events.values():
        yield from _event(event, book, around, forms, parameters)


def _facts(raw: Table, around: Around) -> Iterator[Problem]:
    for question in raw.get("questions", ()):
        fact = question.get("fact")
        if fact is not None and fact not in around.facts:
            values = {"name": str(fact), "nearest": nearest(str(fact), around.facts)}
            yield Problem("form.unknown-fact", place_of(fact), values)


def _event(
    event: LifeEvent, book: DutyBook, around: Around, forms: Collection[str], parameters: Parameters
) -> Iterator[Problem]:
    names = {question.id for question in event.interview.questions}
    names |= {row.id for row in event.interview.derived}
    yield from condition(event.applies, names, event.place)
    for question in event.interview.questions[: len(event.own)]:
        yield from condition(question.show, names, question.place)
    seen: set[str] = set()
    for filing in event.filings:
        if filing.id in seen:
            yield Problem("duty.twice", filing.place, {"name": filing.id})
        seen.add(filing.id)
        yield from condition(filing.when, names, filing.place)
        for paper in filing.documents:
            yield from condition(
                paper.needed if paper.needed not in ("yes", "no") else "", names, filing.place
            )
        yield from _names(filing, book, around, forms, parameters)


def _names(
    filing: Filing, book: DutyBook, around: Around, forms: Collection[str], parameters: Parameters
) -> Iterator[Problem]:
    known: tuple[tuple[str, str, Iterable[str] | Mapping[str, Any]], ...] = (
        ("agency", filing.agency, around.agencies),
        ("form", filing.form, forms),
        ("fee", filing.fee_parameter, parameters.values),
    )
    for key, value, those in known:
        if value and value not in those:
            yield unknown_value(key, value, those, filing.place)
    timing = filing.timing
    if timing is None:
        return
    if timing.efile not in {"", SAME, *book.extensions}:
        yield unknown_value("efile", timing.efile, [SAME, *book.extensions], filing.place)
    if timing.day and timing.day != LAST and not (timing.day.isdigit() and 1 <= int(timing.day) <= 31):
        yield Problem("duty.not-a-day", filing.place, {"value": timing.day})
    if timing.before and (timing.day or timing.months or not timing.days):
        yield Problem("event.before-needs-days", filing.place, {"filing": filing.id})
