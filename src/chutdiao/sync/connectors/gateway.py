"""An agency that runs our gateway."""

from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote

from chutdiao.app.ports import Accepted, CaseEvent, Later, LoggedOut, Outcome, Refused, Submission
from chutdiao.contracts.feed import FeedEvent, read_feed
from chutdiao.contracts.problem_details import ProblemDetails, read_problem_details
from chutdiao.domain.problem import Problem
from chutdiao.sync.http import Http, NoReply, Reply
from chutdiao.sync.probe import State, is_strangers, json_of, probe

_MAX_PAGES = 50


class GatewayConnector:
    """Implements ``Connector`` over HTTP; every trouble is a value."""

    def __init__(self, address: str, token: str) -> None:
        """Take where the gateway is and the session there."""
        self._http = Http(address, token)

    def put_file(self, sha256: str, data: bytes) -> Later | LoggedOut | Refused | None:
        """Upload a file by its content; again is harmless."""
        reply = self._http.ask(
            "PUT", f"/v1/files/{sha256}", data, {"Content-Type": "application/octet-stream"}
        )
        if isinstance(reply, Reply) and reply.status == 200:
            said = json_of(reply)
            if isinstance(said, dict) and said.get("sha256") == sha256:
                return None
        trouble = self._trouble(reply)
        return trouble if not isinstance(trouble, Accepted) else None

    def send(self, submission: Submission) -> Outcome:
        """Send one frozen submission; its id is the idempotency key."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": submission.id}
        reply = self._http.ask("POST", "/v1/submissions", submission.envelope.encode(), headers)
        if isinstance(reply, Reply) and reply.status in (200, 201):
            said = json_of(reply)
            if isinstance(said, dict) and isinstance(said.get("receipt"), str):
                return Accepted(str(said["receipt"]), str(said.get("case", "")), reply.words(), reply.status)
        return self._trouble(reply)

    def feed(self, cursor: str) -> tuple[Sequence[CaseEvent], str] | Later | LoggedOut:
        """Read the agency's words after a cursor."""
        events: list[CaseEvent] = []
        for _ in range(_MAX_PAGES):
            reply = self._http.ask("GET", f"/v1/feed?after={quote(cursor, safe='')}")
            page = read_feed(json_of(reply)) if isinstance(reply, Reply) and reply.status == 200 else None
            if page is None:
                return (events, cursor) if events else _never_refused(self._trouble(reply))
            events += [_event(item) for item in page.events]
            cursor = page.cursor
            if not page.more:
                break
        return events, cursor

    def licence(self, case: str) -> tuple[bytes, str] | Later | LoggedOut:
        """Fetch a licence and its detached signature, both still to be verified."""
        reply = self._http.ask("GET", f"/v1/cases/{quote(case, safe='')}/licence")
        if isinstance(reply, Reply) and reply.status == 200 and reply.kind == "application/pdf":
            signature = {name.lower(): value for name, value in reply.headers.items()}.get(
                "licence-signature"
            )
            if signature:
                return reply.body, signature
        return _never_refused(self._trouble(reply))

    def reachable(self) -> Literal["online", "no-network", "captive-portal", "server-down", "logged-out"]:
        """Say what stands between us and the agency, if anything."""
        return probe(self._http)

    def _trouble(self, reply: Reply | NoReply) -> Refused | Later | LoggedOut:
        if isinstance(reply, NoReply):
            return self._later(reply.words, 0)
        details = read_problem_details(json_of(reply))
        if details is None:
            return self._strange(reply)
        words = reply.words()
        if reply.status == 401:
            return LoggedOut(words, reply.status)
        if reply.status in (408, 409, 424, 425):
            return Later("busy", words, reply.status, systemic=False)
        if reply.status in (429, 503):
            return Later("busy", words, reply.status, _seconds(reply), systemic=True)
        if 400 <= reply.status < 500:
            return Refused(_problems(details), words, reply.status)
        return self._later(words, reply.status)

    def _strange(self, reply: Reply) -> Later:
        """An answer that is none of an agency's: a login page, an empty body, a proxy's error."""
        words = reply.words() or "(empty answer)"
        if is_strangers(reply):
            return Later("captive-portal", words, reply.status)
        found = self._later(words, reply.status)
        return Later("server-down", words, reply.status) if isinstance(found, LoggedOut) else found

    def _later(self, words: str, status: int) -> Later | LoggedOut:
        """Not now; where the agency itself is well the trouble is this item's alone."""
        state: State = self.reachable()
        if state == "logged-out":
            return LoggedOut(words, status)
        if state == "online":
            return Later("server-down", words, status, systemic=False)
        return Later(state, words, status)


def _never_refused(trouble: Refused | Later | LoggedOut) -> Later | LoggedOut:
    if isinstance(trouble, Refused):
        return Later("server-down", trouble.words, trouble.status, systemic=False)
    return trouble


def _problems(details: ProblemDetails) -> tuple[Problem, ...]:
    if details.problems:
        return details.problems
    return (Problem("server.refused", values={"title": details.title, "detail": details.detail}),)


def _seconds(reply: Reply) -> float:
    text = {name.lower(): value for name, value in reply.headers.items()}.get("retry-after", "")
    return float(text) if text.isdigit() else 0.0


def _event(item: FeedEvent) -> CaseEvent:
    return CaseEvent(
        cursor=item.cursor,
        at=item.at,
        kind=item.kind,
        case=item.case,
        submission=item.submission,
        reason=item.reason,
        fields=item.fields,
        details=tuple(sorted(item.details.items())),
    )
