"""A line that becomes a column where it has no room: what large text and small windows need."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

_EMS = 8  # what stretches asks for at least so many letters' width


class Reflow(QLayout):
    """Things side by side, one below the other where the width is less than they need.

    What has a stretch shares the rest of the line; its height follows its width.
    """

    def __init__(self, gap: int = 12, parent: QWidget | None = None, down: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._stretches: list[int] = []
        self._gap, self._down = gap, down
        self._height = (-1, 0)
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or a layout at the end of the line."""
        if isinstance(part, QWidget):
            self.addWidget(part)
        else:
            self.addChildLayout(part)
            self.addItem(part)
        self._stretches[-1] = stretch

    def add_room(self) -> None:
        """Leave what is over empty here; in a column there is nothing to leave."""
        self.addItem(QSpacerItem(0, 0))
        self._stretches[-1] = 1

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._stretches.append(0)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self._stretches.pop(index)
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._height[0] != width:
            edges = self.contentsMargins()
            inner = QRect(0, 0, width - edges.left() - edges.right(), 0)
            self._height = (width, self._place(inner, move=False) + edges.top() + edges.bottom())
        return self._height[1]

    def invalidate(self) -> None:
        self._height = (-1, 0)
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(self.contentsRect(), move=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(_least(item, stretch) for item, stretch in shown) + self._gap * max(0, len(shown) - 1)
        return self._framed(QSize(width, max((item.sizeHint().height() for item, _ in shown), default=0)))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item, _ in self._shown():
            size = size.expandedTo(item.minimumSize())
        return self._framed(size)

    def _framed(self, size: QSize) -> QSize:
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _shown(self) -> list[tuple[QLayoutItem, int]]:
        pairs = zip(self._items, self._stretches, strict=True)
        return [(item, stretch) for item, stretch in pairs if not item.isEmpty() or item.spacerItem()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        shown = self._shown()
        least = [_least(item, stretch) for item, stretch in shown]
        spare = rect.width() - sum(least) - self._gap * max(0, len(shown) - 1)
        if spare < 0:
            return self._column(rect, move=move)
        return self._line(rect, shown, least, spare, move)

    def _line(
        self, rect: QRect, shown: list[tuple[QLayoutItem, int]], least: list[int], spare: int, move: bool
    ) -> int:
        shares = sum(stretch for _, stretch in shown)
        widths = [
            width + (spare * stretch // shares if shares else 0)
            for width, (_, stretch) in zip(least, shown, strict=True)
        ]
        heights = [_height(item, width) for (item, _), width in zip(shown, widths, strict=True)]
        tall = max([*heights, rect.height()] if move else heights, default=0)
        x = rect.x()
        for (item, _), width, height in zip(shown, widths, heights, strict=True):
            if move:
                whole = item.layout() is not None or bool(
                    item.expandingDirections() & Qt.Orientation.Vertical
                )
                top = rect.y() if whole else rect.y() + (tall - height) // 2
                item.setGeometry(QRect(QPoint(x, top), QSize(width, tall if whole else height)))
            x += width + self._gap
        return tall

    def _column(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for item, stretch in self._shown():
            if item.spacerItem() is not None:
                continue
            width = rect.width() if stretch or item.layout() else min(item.sizeHint().width(), rect.width())
            height = _height(item, width)
            if move:
                item.setGeometry(QRect(QPoint(rect.x(), y), QSize(width, height)))
            y += height + self._down
        return max(0, y - self._down - rect.y())


def _least(item: QLayoutItem, stretch: int) -> int:
    """The width with which an item can stand in a line."""
    if item.spacerItem() is not None:
        return 0
    if not stretch:
        return item.sizeHint().width()
    room = _EMS * QApplication.font().pixelSize()
    return max(item.minimumSize().width(), min(item.sizeHint().width(), room), room if _wraps(item) else 0)


def _wraps(item: QLayoutItem) -> bool:
    widget = item.widget()
    policy = widget.sizePolicy() if widget is not None else None
    if policy is not None and policy.horizontalPolicy() == QSizePolicy.Policy.Fixed:
        return False
    return item.hasHeightForWidth()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
