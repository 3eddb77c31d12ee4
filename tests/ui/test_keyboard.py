"""The interview by Tab, Space and Enter alone, and every page in both languages without a Qt warning."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow

LINES = {
    "subdistrict": "เชิงดอย", "authority_name": "เชิงดอย", "area_m2": "๑๔๕", "turnover": "1,200,000",
    "start_date": "1 ก.พ. 2570", "employees": "0",
}  # fmt: skip
TILES = {"authority_type": 0, "entity": 0, "place": 0, "wants_vat": 1, "activities": 0}
PAGES = ("home", "interview", "roadmap", "outbox", "vault", "businesses", "settings", "tracking")


def tab_to(qtbot, window: MainWindow, reached: Callable[[QWidget], bool]) -> QWidget:
    """Press Tab until the focus is where it is wanted, as a person without a mouse does."""
    for _ in range(120):
        now = QApplication.focusWidget() or window
        if now is not window and reached(now):
            return now
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError("Tab never reached it")


def test_the_whole_interview_by_tab_space_and_enter(qtbot, keys, window: MainWindow, desk: Desk) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    name = tab_to(qtbot, window, lambda w: w.objectName() == "start.name")
    keys(name, "ร้านกาแฟดอยสะเก็ด")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    for _ in range(20):
        page, arguments = desk.navigator.current
        if page != "interview":
            break
        _answer(qtbot, keys, window, arguments["question"])
    assert desk.navigator.current[0] == "roadmap"
    (kept,) = desk.workspace.businesses.all()
    assert (kept.interview["subdistrict"], kept.interview["start_date"]) == ("500501", "2027-02-01")


def _answer(qtbot, keys, window: MainWindow, question: str) -> None:
    if question in LINES:
        line = tab_to(qtbot, window, lambda w: w.objectName() == f"answer.{question}.line")
        keys(line, LINES[question])
        if question == "subdistrict":
            qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
            popup = QApplication.activePopupWidget()
            qtbot.keyClick(popup, Qt.Key.Key_Down)
            qtbot.keyClick(popup, Qt.Key.Key_Return)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        return
    box = window.findChild(QWidget, f"answer.{question}")
    wanted = box.findChildren(QAbstractButton)[TILES[question]]
    tile = tab_to(qtbot, window, box.isAncestorOf)
    for _ in range(TILES[question] if tile is not wanted else 0):
        qtbot.keyClick(tile, Qt.Key.Key_Down)
        tile = QApplication.focusWidget()
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    qtbot.keyClick(tile, Qt.Key.Key_Return)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_opens_without_a_warning(
    qtbot, qtlog, business: str, window: MainWindow, desk: Desk, language: str
) -> None:
    desk.wording.language = language
    desk.bus.language_changed.emit(language)
    for page in PAGES:
        desk.navigator.show(page, **({"business": business} if page in ("interview", "roadmap") else {}))
        QApplication.processEvents()
    said = [record.message for record in qtlog.records if "propagateSizeHints" not in record.message]
    assert said == []
