"""Letters an applicant may send an agency about one filing."""

from typing import Literal

from chutdiao.app.correction import asked_for
from chutdiao.app.following import Followed, thai_time
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.canonical import read_json
from chutdiao.domain.dates import show_date

LetterKind = Literal["late", "asked-again"]
_UNITS = {"days": "วัน", "working-days": "วันทำการ"}


def letter(ws: Workspace, kind: LetterKind, followed: Followed) -> bytes:
    """The letter as a PDF, from the frozen submission and the events of its case."""
    sent, case, clock, form = followed.submission, followed.case, followed.clock, followed.form
    complete = next((e.at for e in case.events if e.kind == "complete"), "") if case else ""
    asked = asked_for(case) if case else None
    facts = {
        "kind": kind,
        "agency": followed.authority,
        "form": f"{form.code} {form.title.th}".strip(),
        "number": (case.number if case else "") or sent.number,
        "sent_on": _day(sent.recorded_on or sent.queued_at),
        "written_on": _day(ws.clock.now().isoformat()),
        "complete_on": _day(complete),
        "asked_on": _day(asked.at if asked else ""),
        "asked": asked.reason if asked else "",
    }
    if clock is not None and form.time is not None:
        facts["due_on"] = show_date(clock.due, "th", long=True)
        facts["over"] = f"{-clock.left} {_UNITS.get(form.time.unit, form.time.unit)}"
    envelope = read_json(sent.envelope.encode())
    answers = envelope.get("answers") if isinstance(envelope, dict) else None
    return ws.printer.letter(form, dict(answers) if isinstance(answers, dict) else {}, facts, ws.practice)


def _day(at: str) -> str:
    return show_date(thai_time(at).date(), "th", long=True) if at else ""
