"""A layout that sets widgets side by side and goes on below when the line is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets in reading order, wrapped; its height follows its width."""

    def __init__(self, parent: QWidget | None = None, across: int = 8, down: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._height = (-1, 0)
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._height[0] != width:
            self._height = (width, self._place(QRect(0, 0, width, 0), move=False))
        return self._height[1]

    def invalidate(self) -> None:
        self._height = (-1, 0)
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        width = sum(i.sizeHint().width() + self._across for i in self._shown())
        height = max((i.sizeHint().height() for i in self._shown()), default=0)
        return QSize(width, height)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        row: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._shown():
            hint = item.sizeHint()
            width = min(_wanted(item, hint.width()), max(rect.width(), 1))
            if row and x + width > rect.right() + 1:
                self._settle(row, y, line, move)
                row, x, y, line = [], rect.x(), y + line + self._down, 0
            height = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
            row.append((item, x, QSize(width, height)))
            x += width + self._across
            line = max(line, height)
        self._settle(row, y, line, move)
        return y + line - rect.y()

    @staticmethod
    def _settle(row: list[tuple[QLayoutItem, int, QSize]], y: int, line: int, move: bool) -> None:
        if not move:
            return
        for item, x, size in row:
            item.setGeometry(QRect(QPoint(x, y + (line - size.height()) // 2), size))


def _wanted(item: QLayoutItem, hint: int) -> int:
    """A label that may wrap asks for its whole line; its own hint would wrap it early."""
    widget = item.widget()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.fontMetrics().horizontalAdvance(widget.text()) + 4
    return hint
