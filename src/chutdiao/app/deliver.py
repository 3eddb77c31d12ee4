"""One run of the post: send what waits, verify what comes back, read what the agencies say."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chutdiao.app.backoff import delay
from chutdiao.app.ports import (
    Accepted,
    Attempt,
    Case,
    CaseEvent,
    Connector,
    Document,
    Later,
    LoggedOut,
    Outcome,
    Refused,
    Submission,
)
from chutdiao.app.roadmap import keep_yields
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.canonical import digest_of
from chutdiao.contracts.receipts import ReceiptFacts, verify_document, verify_receipt
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import CaseState, SubmissionState

Tell = Callable[[str, str], None]
_WORDS = 4000
_WAITING = (SubmissionState.QUEUED, SubmissionState.SENDING)
_LONG = 3600.0
_NEVER = "9999-12-31T00:00:00+00:00"
# Two runs at once would move the same row twice; the profile lock keeps other processes out.
_ONE_RUN = threading.Lock()


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did; ``state`` is how the agencies were reached, ``off`` where there is none.

    ``due_in`` is how many seconds the first of those that can be sent still waits.
    """

    sent: int
    received: int
    waiting: int
    stopped: tuple[Problem, ...]
    state: str
    due_in: float


@dataclass(slots=True)
class _Run:
    ws: Workspace
    tell: Tell
    sent: int = 0
    received: int = 0
    stopped: list[Problem] = field(default_factory=list)
    state: str = "off"
    over: bool = False
    closed: list[Connector] = field(default_factory=list)

    def open_to(self, connector: Connector) -> bool:
        return not self.over and not any(connector is other for other in self.closed)


def deliver_once(ws: Workspace, tell: Tell | None = None, hurry: bool = False) -> Report:
    """Send everything due, then read every feed; in a hurry what waits for its next try is due too.

    ``tell(kind, id)`` hears of each change: sending, received, stopped, waiting, and the agency's kinds.
    """
    with _ONE_RUN:
        ws.outbox.recover()
        run = _Run(ws, tell or (lambda _kind, _id: None))
        for submission in ws.outbox.due(_NEVER if hurry else _now(ws)):
            connector = ws.connectors.get(submission.agency)
            if connector is not None and run.open_to(connector):
                _deliver_safely(run, connector, submission)
        for agencies, connector in _distinct(ws):
            if run.open_to(connector):
                _read_feed(run, agencies, connector)
                _fetch_licences(run, agencies, connector)
        waiting = [s for s in ws.outbox.all() if s.channel == "api" and s.state in _WAITING]
        reachable = [s for s in waiting if s.agency in ws.connectors]
        due_in = min((_seconds_to(ws, s.due_at) for s in reachable), default=_LONG)
        return Report(run.sent, run.received, len(waiting), tuple(run.stopped), run.state, due_in)


def _seconds_to(ws: Workspace, due_at: str) -> float:
    if not due_at:
        return 0.0
    return max(0.0, (datetime.fromisoformat(due_at) - ws.clock.now().astimezone()).total_seconds())


def _deliver_safely(run: _Run, connector: Connector, submission: Submission) -> None:
    """One item that cannot be handled is told and never keeps the others; the next run finds it again."""
    try:
        _deliver(run, connector, submission)
    except ChutdiaoError as error:
        run.stopped += error.problems
        run.tell("waiting", submission.id)


def _deliver(run: _Run, connector: Connector, submission: Submission) -> None:
    run.ws.outbox.begin(submission.id)
    run.tell("sending", submission.id)
    outcome = _send(run.ws, connector, submission)
    run.sent += 1
    match outcome:
        case Accepted():
            run.state = "online"
            _accepted(run, submission, outcome)
        case Refused():
            run.state = "online"
            _stop(run, submission, outcome.problems, _attempt(run.ws, "refused", outcome))
        case LoggedOut():
            _wait(run, submission, _attempt(run.ws, "logged-out", outcome), 0.0)
            _end(run, connector, "logged-out")
        case Later():
            _wait(run, submission, _attempt(run.ws, outcome.cause, outcome), outcome.after)
            if outcome.systemic:
                _end(run, connector, outcome.cause)


def _send(ws: Workspace, connector: Connector, submission: Submission) -> Outcome:
    """Files first, so that the submission never names what the agency does not hold."""
    for ref in submission.files:
        try:
            data = ws.files.read(ref.sha256)
        except ChutdiaoError as error:
            return Refused((Problem("file.gone", ref.field, {"name": ref.name}),), str(error), 0)
        trouble = connector.put_file(ref.sha256, data)
        if trouble is not None:
            return trouble
    return connector.send(submission)


def _accepted(run: _Run, submission: Submission, outcome: Accepted) -> None:
    ws = run.ws
    pinned = ws.pinned_keys.get(submission.agency, frozenset())
    facts = verify_receipt(outcome.receipt, submission.digest, submission.id, pinned, ws.practice)
    if not isinstance(facts, Problem) and facts.agency != submission.agency:
        facts = Problem("receipt.other-agency", values={"agency": facts.agency})
    if isinstance(facts, Problem):
        _stop(run, submission, (facts,), _attempt(ws, "receipt-refused", outcome))
        return
    # The outbox keeps words only with a try that ended; the row goes back to *sending* for the receipt.
    ws.outbox.attempted(submission.id, _attempt(ws, "accepted", outcome), "")
    ws.outbox.begin(submission.id)
    ws.outbox.received(submission.id, outcome.receipt, facts.number, _case(ws, submission, facts))
    run.received += 1
    run.tell("received", submission.id)


def _case(ws: Workspace, submission: Submission, facts: ReceiptFacts) -> Case:
    number = facts.number
    if submission.case:
        number = ws.cases.get(submission.case).number or number
    return Case(
        id=facts.case,
        business=submission.business,
        step=submission.step,
        agency=submission.agency,
        state=CaseState.REVIEWING,
        number=number,
        submissions=(submission.id,),
        events=(),
    )


def _wait(run: _Run, submission: Submission, attempt: Attempt, asked: float) -> None:
    seconds = delay(len(submission.attempts), asked)
    due = run.ws.clock.now().astimezone() + timedelta(seconds=seconds)
    run.ws.outbox.attempted(submission.id, attempt, due.isoformat())
    run.tell("waiting", submission.id)


def _stop(run: _Run, submission: Submission, problems: Sequence[Problem], attempt: Attempt) -> None:
    run.ws.outbox.stop(submission.id, problems, attempt)
    run.stopped += problems
    run.tell("stopped", submission.id)


def _end(run: _Run, connector: Connector, cause: str) -> None:
    """Trouble that every item would meet: stop asking this server, or anybody without a network."""
    run.state = "server-down" if cause == "busy" else cause
    run.closed.append(connector)
    run.over = cause in ("no-network", "captive-portal")


def _read_feed(run: _Run, agencies: Sequence[str], connector: Connector) -> None:
    ws = run.ws
    found = connector.feed(ws.cases.cursor(agencies[0]))
    if isinstance(found, LoggedOut):
        _end(run, connector, "logged-out")
        return
    if isinstance(found, Later):
        if found.systemic:
            _end(run, connector, found.cause)
        return
    run.state = "online"
    events, cursor = found
    for event in events:
        if _is_ours(ws, event) and ws.cases.apply(event):
            run.tell(event.kind, event.submission)
    ws.cases.set_cursor(agencies[0], cursor)


def _is_ours(ws: Workspace, event: CaseEvent) -> bool:
    """Only submissions of this profile make news here; a session may be shared with another machine."""
    try:
        return bool(ws.outbox.get(event.submission).id)
    except ChutdiaoError:
        return False


def _fetch_licences(run: _Run, agencies: Sequence[str], connector: Connector) -> None:
    held = {case for d in run.ws.files.documents() if d.kind == "licence" for case in d.used_by}
    for case in run.ws.cases.all():
        wanted = case.state is CaseState.ISSUED and not case.recorded_by_user and case.id not in held
        if wanted and case.agency in agencies and run.open_to(connector):
            _fetch_licence(run, case, connector)


def _fetch_licence(run: _Run, case: Case, connector: Connector) -> None:
    found = connector.licence(case.id)
    if isinstance(found, LoggedOut | Later):
        return
    pdf, signature = found
    problem = verify_document(signature, pdf, run.ws.pinned_keys.get(case.agency, frozenset()))
    if problem is not None:
        run.stopped.append(problem)
        return
    details = next((dict(e.details) for e in reversed(case.events) if e.kind == "issued"), {})
    number = _as_file_name(details.get("licence_number") or case.number)
    issued = details.get("issued_on", "")
    # The signature first: a licence in the vault always has it beside.
    _keep(run.ws, case, "signature", signature.encode(), f"{number}.pdf.jws", "application/jose", issued)
    # The facts before the licence: once it is held, this is not done again.
    _keep_facts(run, case.business)
    _keep(run.ws, case, "licence", pdf, f"{number}.pdf", "application/pdf", issued)
    run.tell("licence", case.id)


def _keep_facts(run: _Run, business: str) -> None:
    """Facts that cannot be written are told; the licence is kept all the same."""
    try:
        keep_yields(run.ws, business)
    except ChutdiaoError as error:
        run.stopped += error.problems


def _as_file_name(number: str) -> str:
    """A number from the wire as the name of a file, which may leave no folder."""
    kept = "".join(c if c.isalnum() or c in "-_" or "\u0e00" <= c <= "\u0e7f" else "-" for c in number[:80])
    return kept.strip("-") or "licence"


def _keep(ws: Workspace, case: Case, kind: str, data: bytes, name: str, media_type: str, issued: str) -> None:
    sha256 = ws.files.put(data)
    ws.files.add(
        Document(
            id=digest_of(f"{case.id}/{kind}".encode())[:32],
            business=case.business,
            title=name.removesuffix(".jws").removesuffix(".pdf"),
            kind=kind,
            sha256=sha256,
            name=name,
            size=len(data),
            type=media_type,
            issued_on=issued,
            source=case.agency,
            added_at=_now(ws),
            used_by=(case.id, *case.submissions),
        )
    )


def _distinct(ws: Workspace) -> list[tuple[tuple[str, ...], Connector]]:
    """Each server once, with the agencies behind it; the first of them names its cursor."""
    found: list[tuple[list[str], Connector]] = []
    for agency, connector in sorted(ws.connectors.items()):
        for agencies, known in found:
            if known is connector:
                agencies.append(agency)
                break
        else:
            found.append(([agency], connector))
    return [(tuple(agencies), connector) for agencies, connector in found]


def _attempt(ws: Workspace, outcome: str, said: Accepted | Refused | Later | LoggedOut) -> Attempt:
    return Attempt(_now(ws), outcome, said.status, said.words[:_WORDS])


def _now(ws: Workspace) -> str:
    return ws.clock.now().astimezone().isoformat(timespec="seconds")
