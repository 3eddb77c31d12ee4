"""One filing followed: what was sent, what the agency said, how its clock stands."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from chutdiao.app.ports import Case, Document, Submission
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.canonical import read_json
from chutdiao.domain.deadline import ClockState, Pause, StatutoryClock
from chutdiao.domain.form import FormSpec
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import CaseState, FileRef, SubmissionState
from chutdiao.domain.text import Language

_THAI = timezone(timedelta(hours=7))
_FIRST = ("queued", "recorded")
_ENDS = ("approved", "issued", "returned", "rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the story; ``tone`` is ok, now, warn, bad or later."""

    kind: str
    at: str
    tone: str
    text: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """A submission with its case; ``authority`` is the agency as it was named when sent."""

    submission: Submission
    case: Case | None
    form: FormSpec
    authority: str
    clock: ClockState | None
    documents: tuple[Document, ...]
    happenings: tuple[Happening, ...]

    @property
    def answer_unwritten(self) -> bool:
        """Whether it was filed outside the program and nobody has written down how it ended."""
        case = self.case
        if case is None or self.submission.state is not SubmissionState.RECORDED:
            return False
        return case.recorded_by_user and case.state is CaseState.REVIEWING

    @property
    def wants_correction(self) -> bool:
        return self.case is not None and self.case.state is CaseState.CORRECTION


def follow(ws: Workspace, submission: str = "", case: str = "") -> Followed:
    """Everything known of a filing named by its submission or its case; reads only."""
    if not submission:
        submission = ws.cases.get(case).submissions[-1]
    sent = ws.outbox.get(submission)
    held = _case(ws, case or sent.case)
    if held is not None and held.submissions:
        latest = held.submissions[-1]
        sent = ws.outbox.get(latest) if latest != sent.id and sent.state is SubmissionState.RECEIVED else sent
    form = ws.shelf.load(sent.form, sent.version)
    envelope = read_json(sent.envelope.encode())
    authority = str(envelope.get("authority", "")) if isinstance(envelope, dict) else ""
    clock, documents = _clock(ws, form, held), _documents(ws, sent, held)
    return Followed(sent, held, form, authority, clock, documents, _story(ws, sent, held))


def _case(ws: Workspace, case: str) -> Case | None:
    if not case:
        return None
    try:
        return ws.cases.get(case)
    except (ChutdiaoError, KeyError):
        return None


def _clock(ws: Workspace, form: FormSpec, case: Case | None) -> ClockState | None:
    if form.time is None or case is None:
        return None
    start = next((_day(e.at) for e in case.events if e.kind == form.time.start), None)
    if start is None:
        return None
    pauses: list[Pause] = []
    for event in case.events:
        if event.kind == "correction":
            pauses.append(Pause(_day(event.at)))
        elif pauses and pauses[-1].end is None and event.kind in ("resubmitted", *_ENDS):
            pauses[-1] = Pause(pauses[-1].start, _day(event.at))
    ended = next((_day(e.at) for e in case.events if e.kind in _ENDS), None)
    clock = StatutoryClock(start, form.time.count, form.time.unit, pauses)
    return clock.at(ws.clock.now().date(), ws.parameters, ended)


def thai_time(at: str) -> datetime:
    """A stored time on the clock of Thailand, where the law counts days; a bare day stays that day."""
    when = datetime.fromisoformat(at)
    return when.replace(tzinfo=_THAI) if when.tzinfo is None else when.astimezone(_THAI)


def _day(at: str) -> date:
    return thai_time(at).date()


def _documents(ws: Workspace, sent: Submission, case: Case | None) -> tuple[Document, ...]:
    names = {sent.id, *(case.submissions if case else ()), *((case.id,) if case else ())}
    files = {ref.sha256 for ref in sent.files}
    seen: set[str] = set()
    found = []
    for document in ws.files.documents(sent.business):
        if (names & set(document.used_by) or document.sha256 in files) and document.sha256 not in seen:
            seen.add(document.sha256)
            found.append(document)
    found += [_attached(sent, ref) for ref in sent.files if ref.sha256 not in seen]
    return tuple(found)


def _attached(sent: Submission, ref: FileRef) -> Document:
    """A file that went with the submission and has no document of its own in the vault."""
    kind = "signature" if ref.field.startswith("signature:") else "attachment"
    return Document(ref.sha256, sent.business, ref.name, kind, ref.sha256, ref.name, ref.size, ref.type)


def sent_paper(ws: Workspace, submission: str, language: Language) -> bytes:
    """The sheet of what was sent, drawn from the frozen submission."""
    sent = ws.outbox.get(submission)
    envelope = read_json(sent.envelope.encode())
    answers = envelope.get("answers") if isinstance(envelope, dict) else None
    form = ws.shelf.load(sent.form, sent.version)
    return ws.printer.sheet(form, dict(answers) if isinstance(answers, dict) else {}, language, ws.practice)


_TONES = {
    "correction": "warn",
    "resubmitted": "now",
    "returned": "bad",
    "rejected": "bad",
    "withdrawn": "later",
}


def _story(ws: Workspace, sent: Submission, case: Case | None) -> tuple[Happening, ...]:
    names = case.submissions if case and case.submissions else ()
    told = [_filed(ws.outbox.get(name), "ok") for name in names]
    if sent.id not in names:
        told.append(_filed(sent, "now"))
    if case is not None:
        for event in case.events:
            tone = _TONES.get(event.kind, "ok")
            told.append(Happening(event.kind, event.at, tone, event.reason, event.fields))
        if not any(e.kind == "received" for e in case.events) and sent.receipt:
            at = next((a.at for a in sent.attempts if a.outcome == "accepted"), sent.queued_at)
            told.append(Happening("received", at, "ok"))
    told.sort(key=lambda h: (thai_time(h.at).timestamp(), h.kind not in _FIRST))
    told += _standing(sent, case)
    return tuple(told)


def _filed(sent: Submission, tone: str) -> Happening:
    """What was filed outside the program never stood in line."""
    if sent.state is SubmissionState.RECORDED:
        return Happening("recorded", sent.recorded_on or sent.queued_at, "ok", sent.number)
    return Happening("queued", sent.queued_at, tone)


def _standing(sent: Submission, case: Case | None) -> list[Happening]:
    """What is the matter now, where no event says it."""
    if sent.state is SubmissionState.STOPPED:
        at = sent.attempts[-1].at if sent.attempts else sent.queued_at
        return [Happening("stopped", at, "bad")]
    if sent.state in (SubmissionState.QUEUED, SubmissionState.SENDING):
        return [Happening("waiting-send", "", "later")]
    if case is not None and case.state is CaseState.REVIEWING:
        return [Happening("waiting", "", "later")]
    return []
