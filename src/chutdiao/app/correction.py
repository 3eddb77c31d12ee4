"""Answering an agency that asks for a correction: only the fields it named open."""

from dataclasses import replace
from uuid import uuid4

from chutdiao.app.ports import Case, CaseEvent, Draft
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.canonical import read_json
from chutdiao.contracts.envelope import read_envelope
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import CaseState, DraftState, SubmissionState

_ON_ITS_WAY = (SubmissionState.QUEUED, SubmissionState.SENDING)


def open_correction(ws: Workspace, case_id: str) -> Draft:
    """The draft that amends a case's latest submission, new or already begun.

    Raises ChutdiaoError with ``correction.not-asked`` where the agency asked for nothing,
    and with ``correction.on-its-way`` where the answer is already in line.
    """
    case = ws.cases.get(case_id)
    asked = asked_for(case)
    if case.state is not CaseState.CORRECTION or asked is None:
        raise ChutdiaoError(Problem("correction.not-asked", values={"number": case.number}))
    amended = ws.outbox.get(asked.submission or case.submissions[-1])
    if any(s.case == case.id and s.state in _ON_ITS_WAY for s in ws.outbox.all(case.business)):
        raise ChutdiaoError(Problem("correction.on-its-way", values={"number": case.number}))
    begun = [d for d in ws.drafts.for_business(case.business) if d.amends == amended.id]
    for draft in begun:
        if draft.state is not DraftState.LOCKED:
            return draft
    filled = ws.drafts.get(amended.draft)
    # A correction that was stopped is begun again from what was typed into it.
    typed = max(begun, key=lambda d: d.updated_at).answers if begun else None
    answers = typed or read_envelope(read_json(amended.envelope.encode())).answers
    draft = replace(
        filled,
        id=str(uuid4()),
        answers=dict(answers),
        unsure=frozenset(),
        drawer={},
        state=DraftState.EDITING,
        revision=0,
        place=asked.fields[0] if asked.fields else "",
        updated_at=ws.clock.now().astimezone().isoformat(timespec="seconds"),
        amends=amended.id,
        open_fields=asked.fields,
    )
    ws.drafts.save(draft)
    return draft


def asked_for(case: Case) -> CaseEvent | None:
    """The latest request for a correction."""
    return next((event for event in reversed(case.events) if event.kind == "correction"), None)


def asked_too_late(case: Case) -> bool:
    """Whether the agency asked again after the papers were complete (Facilitation Act 2558 s. 8)."""
    complete = next((n for n, event in enumerate(case.events) if event.kind == "complete"), None)
    if complete is None:
        return False
    return any(event.kind == "correction" for event in case.events[complete:])
