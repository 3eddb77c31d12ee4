"""Every page by Tab alone: everything is reached, comes into view and shows that it has the focus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from every_page import arguments_of, open_furnished, pages
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLabel,
    QRadioButton,
    QWidget,
)

from chutdiao.app.workspace import Workspace
from chutdiao.ui.bus import Bus
from chutdiao.ui.desk import Desk
from chutdiao.ui.i18n import Wording
from chutdiao.ui.idle import IdleWatch
from chutdiao.ui.jobs import InlineJobs
from chutdiao.ui.navigator import Navigator
from chutdiao.ui.preferences import Preferences
from chutdiao.ui.shell.main_window import MainWindow
from chutdiao.ui.theme import Theme

_MOST = 400


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, dict[str, str]]]:
    made = open_furnished(tmp_path_factory.mktemp("by-keyboard"))
    yield made
    made[0].keeper.close()


@pytest.fixture(scope="module")
def window(qapp: QApplication, theme: Theme, furnished, tmp_path_factory) -> Iterator[MainWindow]:
    workspace, sample = furnished
    folder: Path = tmp_path_factory.mktemp("preferences")
    services = (InlineJobs(), Bus(), theme, Wording("th"), Navigator(), None, Preferences(folder))
    made = MainWindow(Desk(workspace, *services, IdleWatch(qapp), business=sample["business"]))
    made.resize(1280, 800)
    made.show()
    yield made
    made.close()


def _stand_still(qtbot, front: QWidget) -> None:
    """Wait until nothing on the page moves any more: nobody tabs through a page that still grows."""
    before: list[QRect] = []
    for _ in range(60):
        qtbot.wait(30)
        now = [widget.geometry() for widget in front.findChildren(QWidget)]
        if now == before:
            return
        before = now
    raise AssertionError("the page goes on moving")


@pytest.mark.parametrize("page", pages())
def test_a_page_is_walked_by_tab(qtbot, window: MainWindow, furnished, page: str) -> None:
    window.desk.navigator.show(page, **arguments_of(page, furnished[1]))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    front = window.stack.currentWidget()
    _stand_still(qtbot, front)
    front.setFocus()
    reached, hidden, pale = [], [], []
    for widget in _walk(qtbot, window):
        if not front.isAncestorOf(widget):
            continue
        reached.append(widget)
        if widget.visibleRegion().isEmpty():
            hidden.append(widget.objectName())
        elif not _shows_focus(widget):
            pale.append(widget.objectName())
    missed = [w.objectName() for w in _stops(front) if w not in reached and not _by_arrows(w, reached)]
    assert (missed, hidden, pale) == ([], [], [])


def _walk(qtbot, window: MainWindow) -> Iterator[QWidget]:
    """What Tab comes to, until it comes round."""
    seen: list[QWidget] = []
    for _ in range(_MOST):
        now = QApplication.focusWidget() or window
        key = Qt.Key.Key_Tab
        if isinstance(now, QAbstractItemView):
            # Tab goes through the cells of a table; Control with it leaves.
            qtbot.keyClick(now, key, Qt.KeyboardModifier.ControlModifier)
            if QApplication.focusWidget() is now:
                now.focusNextPrevChild(True)
        else:
            qtbot.keyClick(now, key)
        then = QApplication.focusWidget()
        if then is None or then in seen:
            return
        seen.append(then)
        yield then


def _stops(front: QWidget) -> list[QWidget]:
    """What a person must be able to come to."""
    found = []
    for widget in front.findChildren(QWidget):
        if not widget.isVisibleTo(front) or not widget.isEnabled() or isinstance(widget, QLabel):
            continue
        inside = any(isinstance(a, QAbstractItemView | QComboBox) for a in _above(widget, front))
        bars = isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not inside and not bars:
            found.append(widget)
    return found


def _above(widget: QWidget, front: QWidget) -> Iterator[QWidget]:
    outer = widget.parentWidget()
    while outer is not None and outer is not front:
        yield outer
        outer = outer.parentWidget()


def _by_arrows(widget: QWidget, reached: list[QWidget]) -> bool:
    """Of radio buttons that belong together one is reached by Tab, the others from it by the arrows."""
    if not isinstance(widget, QRadioButton):
        return False
    group: QButtonGroup | None = widget.group()
    together = group.buttons() if group else widget.parentWidget().findChildren(QRadioButton)
    return any(other in reached for other in together)


def _shows_focus(widget: QWidget) -> bool:
    """Whether enough of the widget and its edge looks clearly different with the focus."""
    outer = widget.parentWidget()
    area = QRect(widget.mapTo(outer, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)
    with_focus = outer.grab(area).toImage()
    widget.clearFocus()
    without = outer.grab(area).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return _clearly_changed(with_focus, without) >= (widget.width() + widget.height()) / 2


def _clearly_changed(one: QImage, other: QImage) -> int:
    """How many pixels differ by 3:1 or more, as far as a line around needs; every second is looked at."""
    changed = 0
    for y in range(0, min(one.height(), other.height())):
        for x in range(0, min(one.width(), other.width()), 2):
            first, then = one.pixel(x, y), other.pixel(x, y)
            if first != then and _contrast(first, then) >= 3:
                changed += 2
    return changed


def _contrast(first: int, then: int) -> float:
    lights = sorted((_light(QColor(first)), _light(QColor(then))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
