"""What an agency decided, where only the user heard it: written down as the user's own word."""

import uuid
from dataclasses import replace
from datetime import date

from chutdiao.app.interview import journey_of
from chutdiao.app.ports import CaseEvent, Submission
from chutdiao.app.roadmap import keep_yields, roadmap
from chutdiao.app.vault import Details, add_document
from chutdiao.app.workspace import Workspace
from chutdiao.domain.dates import read_iso
from chutdiao.domain.ids import read_identity
from chutdiao.domain.problem import Problem

ISSUED = "issued"


def record_result(
    ws: Workspace, submission: str, kind: str, number: str, on: str, paper: str = ""
) -> tuple[Problem, ...]:
    """Write down that a filing was issued, refused or returned on a day; ``paper`` is a file's path.

    What was issued gives its number to every form that asks for it, and its paper to the vault.
    Answers with the problems where something is missing or the paper is not taken.
    """
    sent, today = ws.outbox.get(submission), ws.clock.now().date()
    day = read_iso(on)
    if problems := _missing(sent, kind, number.strip(), day, today):
        return problems
    numbered = _as_asked(ws, sent, number.strip()) if kind == ISSUED else ""
    if isinstance(numbered, Problem):
        return (numbered,)
    number, case = numbered, ws.cases.get(sent.case)
    if paper:
        kept = add_document(ws, sent.business, paper, _details(ws, sent, number, day))
        if isinstance(kept, tuple):
            return kept
        ws.files.add(replace(kept, source=sent.agency, used_by=(*kept.used_by, case.id)))
    details = (("licence_number", number),) if kind == ISSUED else ()
    ws.cases.apply(CaseEvent(f"user-{uuid.uuid4()}", on, kind, case.id, sent.id, details=details))
    keep_yields(ws, sent.business)
    return ()


def _missing(sent: Submission, kind: str, number: str, day: date | None, today: date) -> tuple[Problem, ...]:
    if kind == ISSUED and not number:
        return (Problem("result.no-number", "number"),)
    if day is None:
        return (Problem("result.no-day", "on"),)
    filed = read_iso(sent.recorded_on)
    if day > today or (filed is not None and day < filed):
        return (Problem("result.day", "on", {"filed": sent.recorded_on}),)
    return ()


def _as_asked(ws: Workspace, sent: Submission, number: str) -> str | Problem:
    """The number as the fact it becomes holds it, or what is wrong with it for that fact."""
    planned, facts = roadmap(ws, sent.business).step(sent.step), ws.shelf.facts()
    for fact, _ in planned.yields if planned is not None else ():
        row = facts.get(fact)
        if isinstance(row, dict) and row.get("type") == "identity":
            read = read_identity(number, str(row.get("of") or "any"))
            return replace(read, place="number") if isinstance(read, Problem) else read
    return number


def _details(ws: Workspace, sent: Submission, number: str, day: date | None) -> Details:
    """What is said of the paper an issued step gives: its kind, and what its service calls it."""
    held = ws.businesses.get(sent.business)
    planned = roadmap(ws, sent.business).step(sent.step)
    service = planned.service if planned is not None else ""
    named = journey_of(ws, held.journey).services[service].licence.th if service else ""
    title = named or ws.shelf.load(sent.form, sent.version).title.th
    kind = ws.shelf.papers().kind_for(service) or "other-licence"
    return Details(kind, f"{title} {number}".strip(), day)
