"""A frame in which a person draws a signature."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from chutdiao.ui.theme import Theme

_INK = "#10204F"


class DrawArea(QWidget):
    """Keeps strokes of mouse, pen or finger; Delete takes them back."""

    drawn = Signal()  # a stroke was ended or all were taken back

    def __init__(self, theme: Theme, hint: str) -> None:
        super().__init__()
        self._theme, self._hint = theme, hint
        self._strokes: list[list[QPointF]] = []
        self.setMinimumHeight(theme.px(150))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def is_empty(self) -> bool:
        return not any(len(stroke) > 1 for stroke in self._strokes)

    def clear(self) -> None:
        """Take every stroke back."""
        self._strokes.clear()
        self.update()
        self.drawn.emit()

    def png(self) -> bytes:
        """The strokes as a PNG on nothing, at twice the size on screen and no wider than they are."""
        drawn = QPolygonF([point for stroke in self._strokes for point in stroke]).boundingRect()
        inked = drawn.adjusted(-4, -4, 4, 4).toAlignedRect().intersected(self.rect())
        image = QImage(inked.size() * 2, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(2, 2)
        painter.translate(-inked.topLeft())
        self._draw(painter, _INK)
        painter.end()
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(held.data())

    def _draw(self, painter: QPainter, colour: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colour), 2.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            path = QPainterPath(stroke[0])
            for point in stroke[1:]:
                path.lineTo(point)
            painter.drawPath(path)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._strokes.append([event.position()])
            self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self.drawn.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "primary" if self.hasFocus() else "field_border"
        painter.setPen(QPen(QColor(self._theme.colour(edge)), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)
        painter.setPen(QPen(QColor(self._theme.colour("line")), 1, Qt.PenStyle.DashLine))
        base = self.height() - self._theme.px(40)
        painter.drawLine(24, base, self.width() - 24, base)
        if self.is_empty():
            painter.setPen(QColor("#566175"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
        self._draw(painter, _INK)
        painter.end()
