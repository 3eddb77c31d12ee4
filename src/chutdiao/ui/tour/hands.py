"""Hands and eyes on the real window: find, click, type, wait, take a picture."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, QRegularExpression, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

_STEP_MS = 15
_QUICKLY = 70  # of 100: a larger file, written sooner


class TourError(RuntimeError):
    """Something a person would have seen did not appear."""


class Hands:
    """Works one window; every wait has an end."""

    def __init__(self, window: Callable[[], QWidget | None], pictures: Path, seconds: float = 30.0) -> None:
        self._open_window = window
        self._pictures = pictures
        self._seconds = seconds
        self._number = 0

    def _window(self) -> QWidget:
        window = self._open_window()
        if window is None:
            raise TourError("the window is closed")
        return window

    def pause(self, milliseconds: int = _STEP_MS) -> None:
        """Let the window work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds. Raises TourError with ``what`` when it does not."""
        end = time.monotonic() + self._seconds
        while not holds():
            if time.monotonic() > end:
                raise TourError(f"not seen: {what}")
            self.pause()

    def look(self, name: str, kind: type[QWidget] = QWidget) -> QWidget | None:
        """Return the shown widget of a name, or nothing."""
        for found in self._window().findChildren(kind, name):
            if found.isVisibleTo(self._window()):
                return found
        return None

    def all(self, start: str) -> list[QWidget]:
        """The shown widgets whose names begin with ``start``."""
        window = self._window()
        found = window.findChildren(QWidget, QRegularExpression(f"^{QRegularExpression.escape(start)}"))
        return [widget for widget in found if widget.isVisibleTo(window)]

    def draw(self, name: str) -> None:
        """Draw a stroke across an area with the mouse held down."""
        area = self.find(name)
        wide, high = area.width(), area.height()
        points = [QPoint(wide * x // 20, high * y // 10) for x, y in ((2, 6), (3, 3), (4, 7), (5, 4), (8, 6))]
        QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            move = QMouseEvent(
                QEvent.Type.MouseMove,
                QPointF(point),
                area.mapToGlobal(QPointF(point)),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(area, move)
        QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=points[-1])
        self.pause()

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Wait for a shown widget of a name."""
        self.until(lambda: self.look(name, kind) is not None, name)
        found = self.look(name, kind)
        assert found is not None
        return found

    def enabled(self, name: str) -> bool:
        """Whether a shown widget of a name can be used now."""
        found = self.look(name)
        return found is not None and found.isEnabled()

    def click(self, name: str) -> None:
        """Press a button with the left mouse button, once it can be pressed."""
        self.until(lambda: self.enabled(name), name)
        button = self.find(name)
        if isinstance(button, QAbstractButton):
            # A press in the middle would miss the words of a wide tile; its own click does not.
            button.setFocus()
            button.click()
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.pause()

    def type(self, name: str, text: str) -> None:
        """Type into a line in place of what it holds."""
        line = self.find(name, QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        for part in text:
            QTest.keyClicks(line, part) if ord(part) < 128 else line.insert(part)
        line.textEdited.emit(line.text())
        line.editingFinished.emit()
        self.pause()

    def write(self, name: str, text: str) -> None:
        """Write into a text of several lines in place of what it holds."""
        edit = self.find(name, QPlainTextEdit)
        assert isinstance(edit, QPlainTextEdit)
        edit.setFocus()
        edit.setPlainText(text)
        self.pause()

    def press(self, name: str, key: Qt.Key) -> None:
        """Press one key on a widget."""
        QTest.keyClick(self.find(name), key)
        self.pause()

    def picture(self, name: str) -> Path:
        """Keep a picture of the window as it is now."""
        self.pause(80)
        self._number += 1
        path = self._pictures / f"{self._number:03d}-{name}.png"
        self._window().grab().save(str(path), "PNG", _QUICKLY)
        return path
