"""The frame: only pages that work, practice unmistakable, status true, language live, names on all."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.shell.main_window import MainWindow
from chutdiao.ui.shell.pages_table import PAGES, works

OWN = ("home", "interview", "roadmap", "drafts", "vault", "businesses", "settings")


def label(window: MainWindow, name: str) -> QLabel:
    found = [one for one in window.findChildren(QLabel) if one.objectName() == name]
    assert found, name
    return next((one for one in found if one.isVisible()), found[-1])


def test_without_a_business_only_what_needs_none_is_shown(window: MainWindow) -> None:
    shown = [page for page, item in window.navigation.items.items() if not item.isHidden()]
    assert "home" in shown and "settings" in shown
    assert "roadmap" not in shown and "drafts" not in shown
    assert window.navigation.switcher.isHidden()


def test_a_page_that_is_not_there_is_not_offered(window: MainWindow) -> None:
    assert all(works(page) for page in window.navigation.items)
    assert not works("calendar")


def test_the_business_at_work_is_shown_and_remembered(business: str, window: MainWindow, desk: Desk) -> None:
    window.refresh()
    assert label(window, "switcher.name").text() == "ร้านกาแฟดอยสะเก็ด"
    window.work_on(business)
    assert desk.navigator.current == ("roadmap", {"business": business})


@pytest.mark.parametrize("page", OWN)
def test_practice_is_said_on_every_page(page: str, business: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show(page, **({"business": business} if page in ("roadmap", "interview") else {}))
    assert window.above.banner.isVisible()
    assert "ฝึกหัด" in label(window, "practice-banner.text").text()
    assert "ฝึกหัด" in window.windowTitle()


@pytest.mark.parametrize("page", OWN)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_widget_has_a_name(
    page: str, language: str, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.wording.language = language
    desk.bus.language_changed.emit(language)
    desk.navigator.show(page, **({"business": business} if page in ("roadmap", "interview") else {}))
    controls = [
        widget
        for kind in (QAbstractButton, QLineEdit, QComboBox, QLabel)
        for widget in window.findChildren(kind)
        if not widget.objectName().startswith("qt_")
    ]
    # A picture beside words that say the same has no name of its own.
    spoken = [w for w in controls if not isinstance(w, QLabel) or w.text()]
    nameless = [w for w in controls if not w.objectName()]
    nameless += [w for w in spoken if not w.accessibleName()]
    assert len(controls) > 15
    assert nameless == []


def test_the_status_bar_tells_the_truth(window: MainWindow, desk: Desk) -> None:
    desk.bus.connectivity.emit("no-network", 2)
    assert "รอส่ง 2 รายการ" in label(window, "status.network").text()
    desk.bus.connectivity.emit("online", 0)
    assert label(window, "status.network").text() == "ออนไลน์ · ส่งครบทุกรายการ"
    desk.bus.connectivity.emit("captive-portal", 1)
    assert "ลงชื่อเข้าใช้" in label(window, "status.network").text()
    desk.bus.saved.emit()
    assert "บันทึกล่าสุด" in label(window, "status.saved").text()
    assert label(window, "status.forms").text().startswith("ชุดแบบฟอร์ม 25")
    assert "เข้ารหัส" in label(window, "status.encrypted").text()


def test_the_language_changes_at_once_and_the_page_stays(
    business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("settings")
    box = window.findChild(QComboBox, "settings.language.choice")
    box.setCurrentIndex(box.findData("en"))
    box.activated.emit(box.currentIndex())
    assert desk.navigator.current[0] == "settings"
    assert label(window, "settings.title").text() == "Settings"
    assert window.navigation.items["home"].accessibleName() == "Home"
    assert desk.preferences.language == "en"


def test_dark_and_large_keep_the_page(qtbot, window: MainWindow, desk: Desk) -> None:
    desk.theme.changed.connect(desk.bus.theme_changed)
    desk.navigator.show("settings")
    try:
        for name, value in (("theme", "dark"), ("scale", 200)):
            qtbot.wait(1)
            boxes = window.findChildren(QComboBox, f"settings.{name}.choice")
            box = next(one for one in boxes if one.isVisible())
            box.setCurrentIndex(box.findData(value))
            box.activated.emit(box.currentIndex())
        qtbot.wait(1)
        assert desk.theme.name == "dark" and desk.theme.scale == 200
        assert label(window, "settings.title").isVisible()
    finally:
        desk.theme.changed.disconnect(desk.bus.theme_changed)
        desk.theme.wear("light", 100)


def test_bad_news_stays_until_closed(window: MainWindow, desk: Desk) -> None:
    desk.tell("ส่งไม่ได้", "bad")
    assert window.above.notice.isVisible()
    assert window.above.notice.accessibleName() == "ส่งไม่ได้"
    window.findChild(QAbstractButton, "notice.close").click()
    assert not window.above.notice.isVisible()


def test_back_goes_the_way_one_came(business: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("roadmap", business=business)
    desk.navigator.show("vault")
    desk.navigator.back()
    assert desk.navigator.current[0] == "roadmap"
    assert window.navigation.items["roadmap"].lit


def test_the_place_is_remembered(business: str, window: MainWindow, desk: Desk) -> None:
    from chutdiao.ui.application import last_place

    desk.navigator.show("interview", business=business, question="area_m2")
    assert last_place(desk.workspace) == ("interview", {"business": business, "question": "area_m2"})
    desk.workspace.businesses.erase(business)
    assert last_place(desk.workspace) == ("home", {})


def test_pages_go_when_they_are_dropped(qtbot, business: str, window: MainWindow, desk: Desk) -> None:
    def live() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return sum(isinstance(thing, Page) for thing in gc.get_objects())

    desk.navigator.show("roadmap", business=business)
    window.rebuild()
    before = live()
    for _ in range(20):
        window.rebuild()
    assert live() <= before


def test_every_page_of_the_table_names_a_place_in_the_navigation() -> None:
    assert {entry.nav for entry in PAGES.values()} <= {*PAGES, ""}


def test_tab_reaches_the_controls(qtbot, business: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("roadmap", business=business)
    reached: set[str] = set()
    qtbot.wait(1)
    for _ in range(60):
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        focus = window.focusWidget()
        if isinstance(focus, QWidget):
            reached.add(focus.objectName())
    assert {"roadmap.print", "nav.home", "roadmap.next.do"} <= reached
