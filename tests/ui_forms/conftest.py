"""A desk over a real profile, with a still clock and an asker that answers by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import Business, Draft
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
    """Answers dialogs with what the test laid down."""

    opened: list[str] = field(default_factory=list)
    saved: str = ""
    shown: list[str] = field(default_factory=list)

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        return True

    def text(self, title: str, label: str, secret: bool = False, start: str = "") -> str | None:
        return start

    def open_file(self, title: str, pattern: str = "") -> str:
        return self.opened[0] if self.opened else ""

    def open_files(self, title: str, pattern: str = "") -> list[str]:
        return list(self.opened)

    def save_file(self, title: str, name: str, pattern: str = "") -> str:
        return self.saved

    def show_file(self, path: str) -> None:
        self.shown.append(path)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    dressed = Theme(qapp)
    dressed.start("light")
    return dressed


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace("practice", str(tmp_path)), clock=StillClock())
    yield opened
    opened.keeper.close()


@pytest.fixture
def asker() -> Answers:
    return Answers()


@pytest.fixture
def desk(ws: Workspace, theme: Theme, asker: Answers, qapp: QApplication, tmp_path: Path) -> Desk:
    return make_desk(ws, theme, asker, qapp, tmp_path)


def make_desk(ws: Workspace, theme: Theme, asker: Answers, app: QApplication, folder: Path) -> Desk:
    parts = (InlineJobs(), Bus(), theme, Wording("th"), Navigator(), asker)
    return Desk(ws, *parts, Preferences(folder), IdleWatch(app))


@pytest.fixture
def business(ws: Workspace) -> Business:
    made = Business("b1", "ร้านกาแฟดอยสะเก็ด", "coffee-shop", {}, frozenset(), "2026-11-23T09:00:00+07:00")
    ws.businesses.save(made)
    return made


class Went:
    """A page and where it asked to go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.to: list[tuple[str, dict]] = []
        page.go.connect(self._hear)

    def _hear(self, name: str, arguments: dict) -> None:
        self.to.append((name, arguments))


@pytest.fixture
def opened(desk: Desk, qtbot):
    """Open a page by itself, as large as the window leaves it."""

    def make(kind: type[Page], **arguments: str) -> Page:
        page = kind(desk)
        page.resize(1064, 700)
        qtbot.addWidget(page)
        page.show()
        page.open(**arguments)
        page.went = Went(page)
        return page

    return make


@pytest.fixture
def draft(ws: Workspace, business: Business, desk: Desk) -> Draft:
    """A new ภ.พ.01."""
    return open_draft(ws, business.id, "vat", "pp01", desk.today())
