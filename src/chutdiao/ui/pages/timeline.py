"""What happened, one thing below the other, with a dot for each and a line between."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chutdiao.ui.reflow import Reflow
from chutdiao.ui.theme import Theme
from chutdiao.ui.widgets import Heading, Muted, line, rows

_COLOURS = {"ok": "ok", "now": "primary", "warn": "accent", "bad": "bad", "later": "line"}


class _Dot(QWidget):
    """The dot and, unless it is the last, the line down to the next."""

    def __init__(self, theme: Theme, tone: str, last: bool) -> None:
        super().__init__()
        self._theme, self._tone, self._last = theme, tone, last
        self.setFixedWidth(22)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._theme.px(13)
        if not self._last:
            painter.setPen(QPen(QColor(self._theme.colour("line")), 2))
            painter.drawLine(QPointF(11, top), QPointF(11, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colour(_COLOURS[self._tone])))
        painter.drawEllipse(QPointF(11, top), 7, 7)
        painter.end()


def timeline_row(theme: Theme, name: str, title: str, when: str, text: str, tone: str, last: bool) -> QWidget:
    """One thing that happened: title, when, and what was said."""
    box = QWidget()
    box.setObjectName(f"event.{name}")
    box.setAccessibleName(" ".join(part for part in (title, when, text) if part))
    row = line(box, 10)
    row.addWidget(_Dot(theme, tone, last))
    words = rows(gap=0, margins=(0, 0, 0, 0 if last else 12))
    head = Reflow(10, down=0)
    head.add(Heading(f"event.{name}.title", title, 3), 1)
    head.add(Muted(f"event.{name}.when", when, wrap=False))
    words.addLayout(head)
    if text:
        words.addWidget(Muted(f"event.{name}.text", text))
    row.addLayout(words, 1)
    return box
