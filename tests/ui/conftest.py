"""The real window over a real practice profile, with a still clock and an asker that answers by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from chutdiao.app.interview import answer, start_business
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.ui.bus import Bus
from chutdiao.ui.desk import Desk
from chutdiao.ui.i18n import Wording
from chutdiao.ui.idle import IdleWatch
from chutdiao.ui.jobs import InlineJobs
from chutdiao.ui.navigator import Navigator
from chutdiao.ui.preferences import Preferences
from chutdiao.ui.shell.main_window import MainWindow
from chutdiao.ui.theme import Theme

COFFEE_SHOP = {
    "subdistrict": "500501",
    "authority_type": "subdistrict-town",
    "authority_name": "เชิงดอย",
    "entity": "natural",
    "place": "rent",
    "area_m2": "145",
    "activities": ["food"],
    "turnover": "1200000",
    "wants_vat": "no",
    "start_date": "2027-02-01",
    "employees": "0",
}


class StillClock:
    """Monday 23 November 2569, in the afternoon."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 14, 32, tzinfo=timezone(timedelta(hours=7)))


@dataclass
class Answers:
    """Answers dialogs with what the test laid down."""

    yes: bool = True
    typed: list[str | None] = field(default_factory=list)
    path: str = ""
    shown: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        return self.yes

    def text(self, title: str, label: str, secret: bool = False, start: str = "") -> str | None:
        self.asked.append(label)
        return self.typed.pop(0) if self.typed else start

    def open_file(self, title: str, pattern: str = "") -> str:
        return self.path

    def open_files(self, title: str, pattern: str = "") -> list[str]:
        return [self.path]

    def save_file(self, title: str, name: str, pattern: str = "") -> str:
        return self.path

    def show_file(self, path: str) -> None:
        self.shown.append(path)


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
def desk(
    qapp: QApplication, theme: Theme, workspace: Workspace, asker: Answers, tmp_path: Path
) -> Iterator[Desk]:
    bus, jobs = Bus(), InlineJobs()
    jobs.wrote.connect(bus.saved)
    idle = IdleWatch(qapp)
    preferences = Preferences(tmp_path)
    preferences.theme = "light"
    made = Desk(workspace, jobs, bus, theme, Wording("th"), Navigator(), asker, preferences, idle)
    yield made
    idle.deleteLater()


@pytest.fixture
def window(qtbot, desk: Desk) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    desk.navigator.show("home")
    yield made
    made.close()


@pytest.fixture
def business(workspace: Workspace, desk: Desk) -> str:
    """A coffee shop in a rented shophouse in Doi Saket, every question answered."""
    made = start_business(workspace, "coffee-shop", "ร้านกาแฟดอยสะเก็ด")
    for question, value in COFFEE_SHOP.items():
        assert answer(workspace, made.id, question, value).kept, question
    desk.business = made.id
    return made.id


@pytest.fixture
def keys(qapp: QApplication) -> Callable[[QWidget, str], None]:
    """Type a text key by key; the test library itself knows ASCII only."""

    def type_in(widget: QWidget, text: str) -> None:
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(widget, event)

    return type_in
