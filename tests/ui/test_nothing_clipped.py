"""Every page in Thai, English and a stretched language, at plain and doubled text: nothing is cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from clipping import clipped
from every_page import arguments_of, open_furnished, pages, stretched
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton

from chutdiao.app.workspace import Workspace
from chutdiao.domain.text import LocalText
from chutdiao.ui.bus import Bus
from chutdiao.ui.desk import Desk
from chutdiao.ui.i18n import Wording
from chutdiao.ui.idle import IdleWatch
from chutdiao.ui.jobs import InlineJobs
from chutdiao.ui.navigator import Navigator
from chutdiao.ui.preferences import Preferences
from chutdiao.ui.shell.main_window import MainWindow
from chutdiao.ui.theme import Theme

_PATIENCE = 40
SIZES = ((1280, 800), (1024, 700))


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, dict[str, str]]]:
    made = open_furnished(tmp_path_factory.mktemp("every-page"))
    yield made
    made[0].keeper.close()


def _speak(monkeypatch: pytest.MonkeyPatch, language: str) -> Wording:
    if language != "stretched":
        return Wording("en" if language == "en" else "th")
    plain, local = Wording.__call__, LocalText.to
    monkeypatch.setattr(
        Wording, "__call__", lambda self, key, **values: stretched(plain(self, key, **values))
    )
    monkeypatch.setattr(LocalText, "to", lambda self, language: stretched(local(self, language)))
    return Wording("th")


@pytest.fixture(scope="module", params=[100, 200])
def scale(request: pytest.FixtureRequest, theme: Theme) -> Iterator[int]:
    """Dressing is slow: once for all languages."""
    theme.wear("light", request.param)
    yield request.param
    theme.wear("light", 100)


@pytest.mark.parametrize("language", ["th", "en", "stretched"])
def test_every_page_can_be_read_whole(
    qtbot, monkeypatch, furnished, theme: Theme, asker, tmp_path: Path, language: str, scale: int
) -> None:
    workspace, sample = furnished
    app = QApplication.instance()
    wording = _speak(monkeypatch, language)
    services = (
        InlineJobs(),
        Bus(),
        theme,
        wording,
        Navigator(),
        asker,
        Preferences(tmp_path),
        IdleWatch(app),
    )
    desk = Desk(workspace, *services, business=sample["business"])
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    found = [line for page in pages() for line in _look(window, desk, page, sample)]
    assert theme.scale == scale
    assert not found, "\n".join(found)


def _look(window: MainWindow, desk: Desk, page: str, sample: dict[str, str]) -> list[str]:
    found = []
    desk.navigator.show(page, **arguments_of(page, sample))
    for size in SIZES:
        window.resize(*size)
        assert (window.width(), window.height()) == size
        found += [f"{page} {size}: {line}" for line in _settled(window)]
    return found


def _settled(window: MainWindow) -> list[str]:
    """What is cut off once the layouts have come to rest."""
    found: list[str] = []
    for _ in range(_PATIENCE):
        QTest.qWait(10)
        found = clipped(window)
        if not found:
            break
    return found


def test_what_is_cut_off_is_found(qtbot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    label, button = QLabel("ชื่อกิจการที่ยาวมาก", window), QPushButton("Save everything", window)
    label.setObjectName("short")
    label.setGeometry(0, 0, 20, 30)
    button.setObjectName("outside")
    button.setGeometry(900, 0, 200, 40)
    window.resize(1000, 400)
    window.show()
    assert {line.split(":")[0] for line in clipped(window)} == {"short", "outside"}
