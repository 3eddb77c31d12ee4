"""What of a window is cut off: texts larger than their room, and widgets outside of what they lie in."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QMainWindow,
    QToolButton,
    QWidget,
)

_SLACK = 1
_EDGES = 2


def clipped(window: QMainWindow) -> list[str]:
    """A line for each text that cannot be read whole; one that is elided must tell all in its tool tip."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or not widget.width():
            continue
        found += [f"{_name(widget)}: {trouble}" for trouble in _troubles(widget, window)]
    return found


def _troubles(widget: QWidget, window: QWidget) -> Iterator[str]:
    text = _text(widget)
    if not text:
        return
    if "…" in text and text.endswith("…") and len(widget.toolTip()) >= len(text):
        return
    needed = _needed(widget)
    if needed[0] > widget.width() + _SLACK or needed[1] > widget.height() + _SLACK:
        yield f"needs {needed[0]}×{needed[1]}, has {widget.width()}×{widget.height()}: {text[:60]!r}"
    outside = _outside(widget, window)
    if outside:
        yield f"lies outside of {outside}: {text[:60]!r}"


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _needed(widget: QWidget) -> tuple[int, int]:
    hint = widget.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        # Thai breaks inside what has no space; a word of another script must fit its line whole.
        words = [word for word in widget.text().split() if word.isascii()]
        longest = max((widget.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return longest, widget.heightForWidth(widget.width())
    if isinstance(widget, QComboBox):
        spare = widget.sizeHint().width() - _widest(widget)
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) + spare, hint.height()
    if isinstance(widget, QToolButton) and not widget.text():
        return 0, 0
    if not isinstance(widget, QAbstractButton):
        return hint.width(), hint.height()
    # A style sheet may bound the height a button asks for; its lines need theirs all the same.
    lines = widget.text().count("\n") + 1
    return hint.width(), lines * widget.fontMetrics().height() + _EDGES


def _widest(box: QComboBox) -> int:
    metrics = box.fontMetrics()
    return max((metrics.horizontalAdvance(box.itemText(n)) for n in range(box.count())), default=0)


def _outside(widget: QWidget, window: QWidget) -> str:
    """The first thing around a widget that does not hold it; what a scroll area can show is held."""
    area = QRect(QPoint(0, 0), widget.size())
    inner = widget
    while inner is not window:
        outer = inner.parentWidget()
        area.translate(inner.pos())
        scroll = outer.parentWidget() if outer is not None else None
        if isinstance(scroll, QAbstractScrollArea) and scroll.viewport() is outer:
            across = scroll.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            down = scroll.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            area = QRect(
                0 if across else area.x(), 0 if down else area.y(),
                min(area.width(), outer.width()) if across else area.width(),
                min(area.height(), outer.height()) if down else area.height(),
            )  # fmt: skip
        if not outer.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(area):
            return f"{_name(outer)} ({_box(area)} in {_box(outer.rect())})"
        inner = outer
    return ""


def _box(area: QRect) -> str:
    return f"{area.x()},{area.y()} {area.width()}×{area.height()}"


def _name(widget: QWidget) -> str:
    return widget.objectName() or type(widget).__name__
