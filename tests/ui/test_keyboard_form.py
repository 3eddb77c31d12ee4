"""A form filled, walked through and left for its check by keyboard alone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chutdiao.app.drafts import open_draft
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow


def tab_to(qtbot, window: MainWindow, reached: Callable[[QWidget], bool]) -> QWidget:
    for _ in range(200):
        now = QApplication.focusWidget() or window
        if now is not window and reached(now):
            return now
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError("Tab never reached it")


def named(name: str) -> Callable[[QWidget], bool]:
    return lambda widget: widget.objectName() == name


def test_a_form_is_filled_and_walked_to_its_check(
    qtbot, keys, business: str, window: MainWindow, desk: Desk
) -> None:
    draft = open_draft(desk.workspace, business, "commercial-registration", "tp", desk.today())
    desk.navigator.show("form", draft=draft.id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    choice = tab_to(qtbot, window, lambda widget: widget.objectName().startswith("choice.request."))
    qtbot.keyClick(choice, Qt.Key.Key_Space)
    for _ in range(20):
        if desk.navigator.current[0] != "form":
            break
        line = window.findChild(QLineEdit, "field.owner_ethnicity")
        if line is not None and line.isVisibleTo(window):
            keys(tab_to(qtbot, window, named("field.owner_ethnicity")), "ไทย")
        qtbot.keyClick(tab_to(qtbot, window, named("next")), Qt.Key.Key_Space)
        QApplication.processEvents()
    assert desk.navigator.current[0] == "review"
    desk.jobs.flush()
    kept = desk.workspace.drafts.get(draft.id).answers
    assert kept["owner_ethnicity"] == "ไทย"
    assert kept["request"] == "new"
    back = tab_to(qtbot, window, named("back"))
    qtbot.keyClick(back, Qt.Key.Key_Space)
    assert desk.navigator.current[0] == "form"
