"""Work off the window's thread: ask reads, change writes; answers come back on the window's thread."""

from collections.abc import Callable
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

Work = Callable[[], Any]
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Jobs(Protocol):
    """What pages ask of the runner."""

    def ask(self, fn: Work, then: Then, failed: Failed | None = None) -> None:
        """Read something; ``then`` gets the answer unless its owner is gone."""

    def change(self, name: str, fn: Work, then: Then | None = None, quiet_ms: int = 0) -> None:
        """Write something; a newer change of the same name replaces one still waiting."""

    def flush(self) -> None:
        """Start every change still waiting for quiet and return when all writing has ended."""

    def is_idle(self) -> bool:
        """Whether every answer asked for has come home."""


class _Return(QObject):
    """Carries one answer home."""

    done = Signal(object, object)


class _Task(QRunnable):
    def __init__(self, fn: Work) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.fn = fn
        self.home = _Return()

    def run(self) -> None:
        value, error = None, None
        try:
            value = self.fn()
        except Exception as problem:  # noqa: BLE001 - the border between threads carries every error home
            error = problem
        if shiboken6.isValid(self.home):
            self.home.done.emit(value, error)


class _Order(QObject):
    """One piece of work under way and who waits for it; lives on the window's thread."""

    def __init__(self, owner: "ThreadJobs", fn: Work, then: Then | None, failed: Failed | None) -> None:
        super().__init__(owner)
        self._owner, self._then, self._failed = owner, then, failed
        self.task = _Task(fn)
        self.task.home.done.connect(self._arrived)

    @Slot(object, object)
    def _arrived(self, value: object, error: Exception | None) -> None:
        self._owner.forget(self)
        self.deleteLater()
        if error is not None:
            if self._failed is not None and alive(self._failed):
                self._failed(error)
            else:
                self._owner.failed.emit(error)
        elif self._then is not None and alive(self._then):
            self._then(value)


class ThreadJobs(QObject):
    """Two readers and one writer; errors nobody handles go out by ``failed``."""

    failed = Signal(object)
    wrote = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers, self._writer = QThreadPool(self), QThreadPool(self)
        self._readers.setMaxThreadCount(2)
        self._writer.setMaxThreadCount(1)
        self._orders: set[_Order] = set()
        self._waiting: dict[str, tuple[QTimer, Work, Then | None]] = {}

    def ask(self, fn: Work, then: Then, failed: Failed | None = None) -> None:
        self._start(self._readers, fn, then, failed)

    def change(self, name: str, fn: Work, then: Then | None = None, quiet_ms: int = 0) -> None:
        held = self._waiting.pop(name, None)
        if held is not None:
            held[0].stop()
            held[0].deleteLater()
        if quiet_ms <= 0:
            self._write(fn, then)
            return
        timer = QTimer(self)
        timer.setObjectName(name)
        timer.setSingleShot(True)
        timer.timeout.connect(self._quiet)
        self._waiting[name] = (timer, fn, then)
        timer.start(quiet_ms)

    def flush(self) -> None:
        for name in list(self._waiting):
            self._release(name)
        self._writer.waitForDone(10_000)

    def is_idle(self) -> bool:
        return not self._orders

    def forget(self, order: _Order) -> None:
        self._orders.discard(order)

    @Slot()
    def _quiet(self) -> None:
        self._release(self.sender().objectName())

    def _release(self, name: str) -> None:
        timer, fn, then = self._waiting.pop(name)
        timer.stop()
        timer.deleteLater()
        self._write(fn, then)

    def _write(self, fn: Work, then: Then | None) -> None:
        def fulfilled(value: object) -> None:
            self.wrote.emit()
            if then is not None and alive(then):
                then(value)

        self._start(self._writer, fn, fulfilled, None)

    def _start(self, pool: QThreadPool, fn: Work, then: Then | None, failed: Failed | None) -> None:
        order = _Order(self, fn, then, failed)
        self._orders.add(order)
        pool.start(order.task)


class InlineJobs(QObject):
    """Does everything at once, for tests and for printing pictures of pages."""

    failed = Signal(object)
    wrote = Signal()

    def ask(self, fn: Work, then: Then, failed: Failed | None = None) -> None:
        try:
            value = fn()
        except Exception as error:
            if failed is None:
                raise
            failed(error)
            return
        if alive(then):  # the work itself may have let the page go
            then(value)

    def change(self, name: str, fn: Work, then: Then | None = None, quiet_ms: int = 0) -> None:  # noqa: ARG002
        value = fn()
        self.wrote.emit()
        if then is not None and alive(then):
            then(value)

    def flush(self) -> None:
        """Nothing waits here."""

    def is_idle(self) -> bool:
        return True


def alive(callback: Callable[..., object]) -> bool:
    """Whether the Qt object a bound method belongs to still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
