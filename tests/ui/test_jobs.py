"""Work off the window's thread comes home, in order, and only to those who still live."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication

from chutdiao.ui.jobs import ThreadJobs


@pytest.fixture
def jobs(qapp: QApplication) -> ThreadJobs:
    return ThreadJobs()


def test_the_answer_comes_home_on_the_windows_thread(qtbot, jobs: ThreadJobs) -> None:
    seen: list[tuple[int, bool, bool]] = []
    work: list[bool] = []

    def look() -> int:
        work.append(threading.current_thread() is threading.main_thread())
        return 7

    jobs.ask(look, lambda found: seen.append((found, QThread.isMainThread(), work[0])))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(7, True, False)]


def test_an_error_nobody_handles_is_told(qtbot, jobs: ThreadJobs) -> None:
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.ask(lambda: 1 / 0, lambda _: None)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_an_error_goes_to_who_asked_for_it(qtbot, jobs: ThreadJobs) -> None:
    heard: list[Exception] = []
    jobs.ask(lambda: 1 / 0, lambda _: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], ZeroDivisionError)


def test_a_newer_change_of_the_same_name_replaces_one_still_waiting(qtbot, jobs: ThreadJobs) -> None:
    written: list[str] = []
    for text in ("ก", "กา", "กาแฟ"):
        jobs.change("draft", lambda text=text: written.append(text), quiet_ms=30)
    jobs.change("other", lambda: written.append("other"), quiet_ms=30)
    qtbot.waitUntil(lambda: len(written) == 2)
    assert sorted(written) == ["other", "กาแฟ"]


def test_flush_writes_what_still_waits(jobs: ThreadJobs) -> None:
    written: list[int] = []
    jobs.change("draft", lambda: written.append(1), quiet_ms=60_000)
    jobs.flush()
    assert written == [1]


def test_changes_are_written_one_after_the_other(jobs: ThreadJobs) -> None:
    written: list[int] = []
    for number in range(50):
        jobs.change(f"n{number}", lambda number=number: written.append(number))
    jobs.flush()
    assert written == list(range(50))


def test_an_owner_that_is_gone_is_not_called(qtbot, jobs: ThreadJobs) -> None:
    class Owner(QObject):
        def take(self, _found: object) -> None:
            heard.append("called")

    heard: list[str] = []
    owner, gate = Owner(), threading.Event()
    jobs.ask(lambda: gate.wait(5), owner.take)
    owner.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.wait(60)
    assert heard == []
