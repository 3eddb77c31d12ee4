"""The agency's words about its cases, in order, behind a cursor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chutdiao.domain.problem import Json
from chutdiao.domain.submission import CaseState

# ``received`` and ``complete`` leave a case where it is: complete starts the statutory clock.
STATES: Mapping[str, CaseState] = MappingProxyType(
    {
        "received": CaseState.REVIEWING,
        "complete": CaseState.REVIEWING,
        "correction": CaseState.CORRECTION,
        "resubmitted": CaseState.REVIEWING,
        "approved": CaseState.APPROVED,
        "issued": CaseState.ISSUED,
        "returned": CaseState.RETURNED,
        "rejected": CaseState.REJECTED,
        "withdrawn": CaseState.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event; ``fields`` are those a correction opens, ``reason`` the officer's sentence."""

    cursor: str
    at: str
    kind: str
    case: str
    submission: str
    reason: str = ""
    fields: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """The event as JSON."""
        return {
            "cursor": self.cursor,
            "at": self.at,
            "kind": self.kind,
            "case": self.case,
            "submission": self.submission,
            "reason": self.reason,
            "fields": list(self.fields),
            "details": dict(self.details),
        }


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events after a cursor, the cursor after them, and whether more wait."""

    events: tuple[FeedEvent, ...]
    cursor: str
    more: bool

    def to_json(self) -> dict[str, Json]:
        """The page as JSON."""
        return {"events": [e.to_json() for e in self.events], "cursor": self.cursor, "more": self.more}


def read_feed(value: Json) -> FeedPage | None:
    """Read a page; ``None`` where it is none. Kinds not known here are skipped, not refused."""
    if not isinstance(value, dict):
        return None
    cursor, events = value.get("cursor"), value.get("events")
    if not isinstance(cursor, str) or not isinstance(events, list):
        return None
    read = [_event(item) for item in events]
    if any(event is None for event in read):
        return None
    known = tuple(event for event in read if event is not None and event.kind in STATES)
    return FeedPage(known, cursor, value.get("more") is True)


def _event(item: Json) -> FeedEvent | None:
    if not isinstance(item, dict):
        return None
    texts = {n: item.get(n) for n in ("cursor", "at", "kind", "case", "submission", "reason")}
    fields, details = item.get("fields", []), item.get("details", {})
    if not all(isinstance(value, str) for value in texts.values()):
        return None
    if not isinstance(fields, list) or not isinstance(details, dict):
        return None
    return FeedEvent(
        **{name: str(value) for name, value in texts.items()},
        fields=tuple(str(name) for name in fields),
        details={name: str(value) for name, value in details.items()},
    )
