"""The language of ``--faults``: ``name[=seconds][@target][:count]``, joined by commas."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

KINDS = (
    "refuse",
    "delay",
    "drop",
    "duplicate",
    "500",
    "html",
    "empty",
    "logout",
    "other-digest",
    "other-key",
    "replay",
)
TARGETS = {
    "submissions": ("POST", "/v1/submissions"),
    "files": ("PUT", "/v1/files/"),
    "feed": ("GET", "/v1/feed"),
    "cases": ("GET", "/v1/cases/"),
}


class FaultSpecError(ValueError):
    """The specification cannot be read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble for the next ``count`` requests to a target; no count: for all of them."""

    kind: str
    target: str = "submissions"
    count: int | None = None
    seconds: float = 2.0


def parse_faults(spec: str) -> tuple[Fault, ...]:
    """Read a specification such as ``drop:2,500:1,delay=0.5@feed``."""
    return tuple(_parse_one(part.strip()) for part in spec.split(",") if part.strip())


def _parse_one(text: str) -> Fault:
    head, _, count = text.partition(":")
    head, _, target = head.partition("@")
    kind, _, seconds = head.partition("=")
    kind = "drop" if kind in ("drop-after-accept", "drop-after-accepting") else kind
    if kind not in KINDS:
        raise FaultSpecError(f"unknown fault {kind!r}; one of {', '.join(KINDS)}")
    if target and target not in TARGETS:
        raise FaultSpecError(f"unknown target {target!r}; one of {', '.join(TARGETS)}")
    try:
        return Fault(
            kind, target or "submissions", int(count) if count else None, float(seconds) if seconds else 2.0
        )
    except ValueError as error:
        raise FaultSpecError(f"{text!r}: a count is a whole number, seconds are a number") from error


class FaultPlan:
    """Which fault the next request meets; may be changed while the gateway runs."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[Fault, int | None]] = []
        self.set(faults)

    def set(self, faults: Sequence[Fault]) -> None:
        """Replace what is planned."""
        with self._lock:
            self._waiting = [(fault, fault.count) for fault in faults]

    def next_for(self, method: str, path: str) -> Fault | None:
        """Take the fault that this request meets, if any."""
        with self._lock:
            for position, (fault, left) in enumerate(self._waiting):
                wanted_method, wanted_path = TARGETS[fault.target]
                if method == wanted_method and path.startswith(wanted_path):
                    if left is not None:
                        self._waiting[position : position + 1] = [(fault, left - 1)] if left > 1 else []
                    return fault
        return None
