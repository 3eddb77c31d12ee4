"""``chutdiao event new-director --date 2569-12-01``: what must be filed where and by when."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao import paths
from chutdiao.app.events import event_of, events_for, plan_alone, plan_of, read_answers
from chutdiao.app.keep import find_business
from chutdiao.app.workspace import Workspace
from chutdiao.cli import reading
from chutdiao.cli.frame import DONE, MEND, Command
from chutdiao.cli.keep import key_arguments, opened
from chutdiao.cli.outcome import be_text
from chutdiao.domain.check import Context
from chutdiao.domain.dates import show_date
from chutdiao.domain.journey.model import Question
from chutdiao.domain.life import LifeEvent, LifePlan, OpenFiling, PlannedFiling
from chutdiao.domain.problem import ChutdiaoError, Json, Problem, ProblemTexts
from chutdiao.domain.text import Language


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", nargs="?", help="the event; without it, those there are")
    parser.add_argument("--date", help="the day it happens")
    parser.add_argument("--answer", action="append", default=[], metavar="QUESTION=ANSWER")
    parser.add_argument("--business", metavar="BUSINESS", help="take what is known of it from its facts")
    key_arguments(parser)


def _run(arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    if arguments.business is not None:
        with opened(arguments) as workspace:
            return _for_business(workspace, arguments)
    from chutdiao.bootstrap import SystemClock, problem_texts
    from chutdiao.formlib.shelf import Shelf

    shelf = Shelf(paths.forms_dir())
    events, today = shelf.events(), SystemClock().now().date()
    if not arguments.event:
        return _listed(tuple(events.values()), arguments)
    event_of(events, arguments.event)
    day = reading.day(arguments.date, "--date", today)
    context = Context(today, shelf.parameters())
    found = plan_alone(events, shelf.duties(), arguments.event, day, _answers(arguments.answer), context)
    if not isinstance(found, LifePlan):
        raise ChutdiaoError(*found)
    return _told(found, _names(shelf.agencies()), problem_texts(), arguments)


def _for_business(ws: Workspace, arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    business = find_business(ws, reading.needed(arguments.business, "--business"))
    if not arguments.event:
        return _listed(events_for(ws, business.id), arguments)
    event = event_of(ws.shelf.events(), arguments.event)
    today = ws.clock.now().date()
    day = reading.day(arguments.date, "--date", today)
    own, problems = read_answers(event, _answers(arguments.answer), today, ws)
    if problems:
        raise ChutdiaoError(*problems)
    found = plan_of(ws, business.id, event.id, day, own)
    return _told(found, _names(ws.shelf.agencies()), ws.texts, arguments)


def _answers(given: list[str]) -> dict[str, Json]:
    answers: dict[str, Json] = {}
    for part in given:
        name, sign, value = part.partition("=")
        if not sign or not name.strip():
            raise ChutdiaoError(Problem("event.not-an-answer", "--answer", {"value": part}))
        answers[name.strip()] = value.strip()
    return answers


def _names(agencies: Mapping[str, Json]) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for key, row in agencies.items():
        name = row.get("name") if isinstance(row, dict) else None
        found[key] = {k: str(v) for k, v in name.items()} if isinstance(name, dict) else {}
    return found


def _listed(events: tuple[LifeEvent, ...], arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    language: Language = arguments.language
    rows: list[Json] = [
        {
            "id": event.id,
            "title": event.title.to(language),
            "summary": event.summary.to(language),
            "day": event.day.to(language),
            "questions": [_question(q, language) for q in event.interview.questions if q.id in event.own],
        }
        for event in events
    ]
    if not arguments.json:
        for event in events:
            print(f"{event.id:<14} {event.title.to(language)}")
    return DONE, {"events": rows}


def _told(
    plan: LifePlan,
    agencies: Mapping[str, Mapping[str, str]],
    texts: ProblemTexts,
    arguments: argparse.Namespace,
) -> tuple[int, Mapping[str, Json]]:
    language: Language = arguments.language
    asked = [q for q in plan.event.interview.questions if q.id in plan.questions]
    result: dict[str, Json] = {
        "event": plan.event.id,
        "title": plan.event.title.to(language),
        "date": plan.day.isoformat(),
        "date_be": be_text(plan.day),
        "filings": [_filing(one, agencies, texts, language) for one in plan.filings],
        "depends": [_open(one, language) for one in plan.open],
        "questions": [_question(question, language) for question in asked],
    }
    if not arguments.json:
        _print(plan, asked, texts, language)
    return DONE, result


def _filing(
    one: PlannedFiling, agencies: Mapping[str, Mapping[str, str]], texts: ProblemTexts, language: Language
) -> dict[str, Json]:
    filing, due, fee = one.filing, one.due, one.fee
    row: dict[str, Json] = {
        "id": filing.id,
        "title": filing.title.to(language),
        "agency": filing.agency,
        "agency_name": agencies.get(filing.agency, {}).get(language, filing.agency),
        "form": filing.form or None,
        "form_name": filing.form_name.to(language),
        "what": filing.what.to(language),
        "where": filing.where.to(language),
        "soon": filing.soon.to(language),
        "late": one.late,
        "law": filing.law,
        "source": filing.source,
        "confidence": filing.confidence,
        "fee": {"low": fee.low, "high": fee.high, "confidence": fee.confidence} if fee else None,
        "documents": [{"id": d.id, "label": d.label.to(language), "bring": d.bring} for d in one.documents],
        "notes": [texts.message(note, language) for note in one.notes],
    }
    moved = due.statutory if due and due.paper != due.statutory else None
    days: tuple[tuple[str, date | None], ...] = (
        ("due", due.paper if due else None),
        ("efile", due.efile if due else None),
        ("shifted_from", moved),
    )
    for key, day in days:
        row[key] = day.isoformat() if day else None
        row[f"{key}_be"] = be_text(day) if day else None
    return row


def _open(one: OpenFiling, language: Language) -> dict[str, Json]:
    title = one.filing.title.to(language)
    return {"id": one.filing.id, "title": title, "questions": list(one.questions)}


def _question(question: Question, language: Language) -> dict[str, Json]:
    return {
        "id": question.id,
        "type": question.type,
        "title": question.title.to(language),
        "why": question.why.to(language),
        "choices": [choice.code for choice in question.choices],
    }


def _print(plan: LifePlan, asked: list[Question], texts: ProblemTexts, language: Language) -> None:
    print(f"{plan.event.title.to(language)} · {show_date(plan.day, language)}")
    for one in plan.filings:
        filing = one.filing
        day = show_date(one.due.paper, language) if one.due else "-"
        print(f"{day:>13}  {filing.title.to(language)} ({filing.form_name.to(language)})  [{filing.law}]")
        for note in one.notes:
            print(f"{'':>15}! {texts.message(note, language)}")
        if filing.soon.th and one.due is None:
            print(f"{'':>15}{filing.soon.to(language)}")
    for question in asked:
        print(f"? {question.id}: {question.title.to(language)}")


COMMANDS = (
    Command(
        "event", "What a change in the business must be filed for, where and by when.", _arguments, _run, MEND
    ),
)
