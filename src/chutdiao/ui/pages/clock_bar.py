"""The statutory clock as a bar: time used, time over, time left."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chutdiao.ui.theme import Theme


class ClockBar(QWidget):
    """Shows what the words beside it say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("clock.bar")
        self._theme = theme
        self._all, self._used = 1, 0
        self.setFixedHeight(theme.px(14))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def reach(self, used: int, everything: int, spoken: str) -> None:
        """Show how much of the time is used."""
        self._used, self._all = max(0, used), max(1, everything)
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shape = QPainterPath()
        radius = self.height() / 2
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(shape)
        over = max(0, self._used - self._all)
        whole = max(self._all, self._used + max(1, round(self._used * 0.25)) if over else self._all)
        width = self.width() / whole
        painter.fillRect(self.rect(), QColor(self._theme.colour("bad_soft" if over else "line")))
        within = QRectF(0, 0, width * min(self._used, self._all), self.height())
        painter.fillRect(within, QColor(self._theme.colour("ok")))
        if over:
            late = QRectF(within.right(), 0, width * over, self.height())
            painter.fillRect(late, QColor(self._theme.colour("bad")))
        painter.end()
