"""The post runs by itself: one thread that sends, listens, and waits longer when it is in vain."""

import logging
import threading
from collections.abc import Callable

from chutdiao.app.backoff import delay
from chutdiao.app.deliver import Report, deliver_once
from chutdiao.app.workspace import Workspace

_LOG = logging.getLogger(__name__)
_QUIET = ("online", "off")
_SHORTEST = 2.0
_TOUCHED: dict[str, frozenset[str]] = {
    "sending": frozenset({"outbox"}),
    "waiting": frozenset({"outbox"}),
    "stopped": frozenset({"outbox", "drafts"}),
    "received": frozenset({"outbox", "cases"}),
    "licence": frozenset({"files"}),
}
_WORD_OF_AN_AGENCY = frozenset({"cases", "drafts"})


class SyncEngine:
    """Runs ``deliver_once`` again and again; both callables are called on its own thread."""

    def __init__(
        self,
        ws: Workspace,
        on_change: Callable[[frozenset[str]], None],
        on_state: Callable[[str], None],
        every: float = 15.0,
    ) -> None:
        """Tell ``on_change`` the kinds of things touched, ``on_state`` how agencies are reached."""
        self._ws = ws
        self._on_change = on_change
        self._on_state = on_state
        self._every = every
        self._wake = threading.Event()
        self._hurry = True
        self._ending = threading.Event()
        self._state = ""
        self._failures = 0
        self._thread = threading.Thread(target=self._loop, name="sync", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Run now, with all that waits: something was queued, or the network may be back."""
        self._failures = 0
        self._hurry = True
        self._wake.set()

    def stop(self, seconds: float = 10.0) -> None:
        """End after the request under way."""
        self._ending.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    @property
    def state(self) -> str:
        """How the agencies were reached last."""
        return self._state

    def _loop(self) -> None:
        while not self._ending.is_set():
            self._wake.clear()
            hurry, self._hurry = self._hurry, False
            report = self._run(hurry)
            self._tell_state(report.state)
            self._wake.wait(self._pause(report))

    def _run(self, hurry: bool) -> Report:
        try:
            return deliver_once(self._ws, self._tell, hurry)
        except Exception:  # noqa: BLE001
            # The border of the sync loop: a row that cannot be handled must not end the post.
            _LOG.exception("a run of the post failed")
            return Report(0, 0, 0, (), "server-down", 0.0)

    def _tell(self, kind: str, _id: str) -> None:
        self._on_change(_TOUCHED.get(kind, _WORD_OF_AN_AGENCY))

    def _tell_state(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self._on_state(state)

    def _pause(self, report: Report) -> float:
        self._failures = 0 if report.state in _QUIET else self._failures + 1
        if self._failures:
            return min(delay(self._failures - 1), 300.0)
        return min(self._every, max(_SHORTEST, report.due_in)) if report.waiting else self._every
