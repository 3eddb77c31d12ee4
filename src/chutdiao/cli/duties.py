"""``chutdiao duties``: what a business must file, pay and renew in a year, as a list or a calendar."""

import argparse
from collections.abc import Mapping
from dataclasses import replace

from chutdiao.app.duties import BusinessDuties, duties_of
from chutdiao.app.duty_words import note_words, round_words
from chutdiao.app.keep import find_business
from chutdiao.app.workspace import Workspace
from chutdiao.cli import reading
from chutdiao.cli.frame import DONE, MEND, Command
from chutdiao.cli.keep import key_arguments, opened
from chutdiao.cli.outcome import be_text
from chutdiao.domain.dates import BUDDHIST, show_date
from chutdiao.domain.duty import Duty
from chutdiao.domain.duty.asking import EXPLAINED
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import Language


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--business", metavar="BUSINESS", help="its id, its name or its tax number")
    parser.add_argument("--year", help="the year the duties are due in (this year when left out)")
    parser.add_argument(
        "--ics", metavar="FILE", help="write a calendar file; the same duties keep their UIDs"
    )
    key_arguments(parser)


def _run(arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    wanted = reading.needed(arguments.business, "--business")
    with opened(arguments) as workspace:
        this_year = workspace.clock.now().year
        year = reading.year(arguments.year, "--year") if arguments.year is not None else this_year
        business = find_business(workspace, wanted)
        found = duties_of(workspace, business.id, year)
        result = _result(workspace, found, arguments.language)
        if arguments.ics:
            result |= _written(workspace, found, arguments.ics, arguments.language)
    if not arguments.json:
        _print(found, result, arguments.language)
    return DONE, result


def _written(ws: Workspace, found: BusinessDuties, path: str, language: Language) -> dict[str, Json]:
    from chutdiao.app.duty_calendar import calendar_of
    from chutdiao.app.save_file import save_bytes

    written = save_bytes(path, calendar_of(ws, found, language))
    return {"path": written, "events": len(found.listing.duties)}


def _result(ws: Workspace, found: BusinessDuties, language: Language) -> dict[str, Json]:
    doubts: list[Problem] = []
    for duty in found.listing.duties:
        placed = (replace(note, place=duty.rule.id) for note in duty.notes if note.code not in EXPLAINED)
        doubts.extend(note for note in placed if note not in doubts)
    year = found.listing.year
    return {
        "business": {"id": found.business.id, "name": found.business.name},
        "year": year,
        "year_be": year + BUDDHIST,
        "duties": [_row(ws, found, duty, language) for duty in found.listing.duties],
        "questions": [
            {"id": question.id, "title": question.title.to(language), "why": question.why.to(language)}
            for question in found.questions
        ],
        "depends": [
            {"id": one.rule.id, "title": one.rule.title.to(language), "questions": list(one.questions)}
            for one in found.listing.depends
        ],
        "warnings": ws.texts.as_json(doubts, language),
        "working": [],
    }


def _row(ws: Workspace, found: BusinessDuties, duty: Duty, language: Language) -> dict[str, Json]:
    rule, due = duty.rule, duty.due
    row: dict[str, Json] = {
        "id": duty.id,
        "code": rule.code,
        "form": rule.form,
        "title": rule.title.to(language),
        "agency": rule.agency,
        "agency_name": found.agency(duty).to(language),
        "period": round_words(duty, language),
        "law": rule.law,
        "confidence": rule.confidence,
        "note": " · ".join(note_words(duty, ws.texts, language)),
        "unknown_year": due.unknown_year,
        "assumed": duty.assumed,
        "done": duty.id in found.done,
    }
    moved = due.statutory if due.paper != due.statutory else None
    for key, day in (("paper", due.paper), ("efile", due.efile), ("shifted_from", moved)):
        row[key] = day.isoformat() if day is not None else None
        row[f"{key}_be"] = be_text(day) if day is not None else None
    return row


def _print(found: BusinessDuties, result: Mapping[str, Json], language: Language) -> None:
    print(f"{found.business.name} · {found.listing.year + BUDDHIST}")
    for duty in found.listing.duties:
        due = duty.due
        online = f" ({show_date(due.efile, language)})" if due.efile and due.efile != due.paper else ""
        words = " · ".join(
            part for part in (duty.rule.title.to(language), round_words(duty, language)) if part
        )
        print(f"{show_date(due.paper, language):>13}{online:<16} {words}  [{duty.rule.law}]")
    for question in found.questions:
        print(f"? {question.title.to(language)}")
    if "path" in result:
        print(result["path"])


COMMANDS = (
    Command("duties", "What a business must file, pay and renew in a year.", _arguments, _run, refused=MEND),
)
