"""The post runs by itself: when woken, when time comes, and until it is told to end."""

import threading
import time
from collections.abc import Callable

from wire_desk import SIGNED, Desk, MovingClock, new_draft

from chutdiao.app.backoff import FIRST, LONGEST, delay
from chutdiao.app.ports import Submission
from chutdiao.app.submit import submit
from chutdiao.app.workspace import Workspace
from chutdiao.domain.submission import SubmissionState
from chutdiao.sync.engine import SyncEngine


def until(holds: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def test_engine_sends_when_woken(ws: Workspace) -> None:
    changes: list[frozenset[str]] = []
    states: list[str] = []
    engine = SyncEngine(ws, changes.append, states.append, every=60)
    engine.start()
    try:
        assert until(lambda: states == ["online"])
        held = submit(ws, new_draft(ws), SIGNED)
        assert isinstance(held, Submission)
        engine.wake()
        assert until(lambda: ws.outbox.get(held.id).state is SubmissionState.RECEIVED)
        assert frozenset({"outbox", "cases"}) in changes
    finally:
        engine.stop()
    assert not any(t.name == "sync" and t.is_alive() for t in threading.enumerate())


def test_engine_tells_trouble_and_recovers(ws: Workspace, desk: Desk, clock: MovingClock) -> None:
    states: list[str] = []
    desk.faults("logout@feed:1")
    engine = SyncEngine(ws, lambda _: None, states.append, every=60)
    engine.start()
    try:
        assert until(lambda: states == ["logged-out"])
        engine.wake()
        assert until(lambda: states == ["logged-out", "online"])
    finally:
        engine.stop()


def test_waits_grow_with_jitter_and_keep_what_was_asked() -> None:
    assert delay(0, chance=lambda: 0.0) == FIRST / 2 and delay(0, chance=lambda: 1.0) == FIRST
    assert delay(3, chance=lambda: 1.0) == FIRST * 8
    assert delay(99, chance=lambda: 1.0) == LONGEST
    assert delay(0, asked=900.0) == 900.0


def test_waking_does_not_wait_for_the_next_try(ws: Workspace, desk: Desk) -> None:
    held = submit(ws, new_draft(ws), SIGNED)
    assert isinstance(held, Submission)
    desk.faults("500:1")
    engine = SyncEngine(ws, lambda _: None, lambda _: None, every=60)
    engine.start()
    try:
        assert until(lambda: len(ws.outbox.get(held.id).attempts) == 1)
        engine.wake()
        assert until(lambda: ws.outbox.get(held.id).state is SubmissionState.RECEIVED)
    finally:
        engine.stop()


def test_the_next_try_is_not_slept_over(ws: Workspace, desk: Desk) -> None:
    from dataclasses import replace

    from chutdiao.bootstrap import SystemClock

    ticking = replace(ws, clock=SystemClock())
    held = submit(ticking, new_draft(ticking), SIGNED)
    assert isinstance(held, Submission)
    desk.faults("500:1")
    # Sleeping over it would take the whole hour between two looks.
    engine = SyncEngine(ticking, lambda _: None, lambda _: None, every=3600)
    engine.start()
    try:
        assert until(lambda: ws.outbox.get(held.id).state is SubmissionState.RECEIVED, FIRST + 35)
    finally:
        engine.stop()
