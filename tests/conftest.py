"""What every test of the window stands on: a real practice profile, a still clock, an asker that answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.ui.bus import Bus
from chutdiao.ui.desk import Desk
from chutdiao.ui.i18n import Wording
from chutdiao.ui.idle import IdleWatch
from chutdiao.ui.jobs import InlineJobs
from chutdiao.ui.navigator import Navigator
from chutdiao.ui.page import Page
from chutdiao.ui.preferences import Preferences
from chutdiao.ui.theme import Theme


class StillClock:
    """Monday 23 November 2569, in the afternoon."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 14, 32, tzinfo=timezone(timedelta(hours=7)))


@dataclass
class Answers:
    """Answers dialogs with what the test laid down; ``path`` stands in for every file not named."""

    yes: bool = True
    typed: list[str | None] = field(default_factory=list)
    path: str = ""
    opened: list[str] = field(default_factory=list)
    saved: str = ""
    shown: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        self.confirmed.append(title)
        return self.yes

    def text(self, title: str, label: str, secret: bool = False, start: str = "") -> str | None:
        self.asked.append(label)
        return self.typed.pop(0) if self.typed else start

    def open_file(self, title: str, pattern: str = "") -> str:
        return self.opened[0] if self.opened else self.path

    def open_files(self, title: str, pattern: str = "") -> list[str]:
        return list(self.opened) or [self.path]

    def save_file(self, title: str, name: str, pattern: str = "") -> str:
        return self.saved or self.path

    def show_file(self, path: str) -> None:
        self.shown.append(path)


class Went:
    """A page and where it asked to go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.to: list[tuple[str, dict]] = []
        page.go.connect(self._hear)

    def _hear(self, name: str, arguments: dict) -> None:
        self.to.append((name, arguments))


@pytest.fixture(scope="session", autouse=True)
def quick_sealing() -> Iterator[None]:
    """Passphrases are stretched with little work, so that the tests may open many stores."""
    from chutdiao.store import crypt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crypt, "MEMORY_KIB", 1024)
        patch.setattr(crypt, "ROUNDS", 1)
        yield


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    dressed = Theme(qapp)
    dressed.start("light")
    return dressed


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace("practice", str(tmp_path / "data")), clock=StillClock())
    yield opened
    opened.keeper.close()


@pytest.fixture
def asker() -> Answers:
    return Answers()


@pytest.fixture
def make_desk(
    qapp: QApplication, theme: Theme, workspace: Workspace, asker: Answers, tmp_path: Path
) -> Iterator[Callable[[], Desk]]:
    """Lay a desk over the profile; another one finds what the first wrote."""
    made: list[Desk] = []

    def make() -> Desk:
        bus, jobs = Bus(), InlineJobs()
        jobs.wrote.connect(bus.saved)
        preferences = Preferences(tmp_path)
        preferences.theme = "light"
        idle = IdleWatch(qapp)
        desk = Desk(workspace, jobs, bus, theme, Wording("th"), Navigator(), asker, preferences, idle)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.idle.deleteLater()


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()


@pytest.fixture
def opened(desk: Desk):
    """Open a page by itself, as large as the window leaves it.

    Pages are deleted when the test ends: left to the garbage collector, one may go while an event is on
    its way to its window.
    """
    made: list[Page] = []

    def make(kind: type[Page], **arguments: str) -> Page:
        page = kind(desk)
        made.append(page)
        page.resize(1064, 700)
        page.show()
        page.open(**arguments)
        page.went = Went(page)
        return page

    yield make
    for page in made:
        page.close()
        shiboken6.delete(page)


@pytest.fixture
def keys(qapp: QApplication) -> Callable[[QWidget, str], None]:
    """Type a text key by key; the test library itself knows ASCII only."""

    def type_in(widget: QWidget, text: str) -> None:
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(widget, event)

    return type_in
