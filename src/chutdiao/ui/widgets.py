"""The small parts every page is made of; each takes its object name first and its text second."""

from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from chutdiao.ui import icons
from chutdiao.ui.theme import Theme
from chutdiao.ui.words import breakable

_LONGEST_WORD = 8
_LEAST_LINES = 6
Named = TypeVar("Named", bound=QWidget)


def named(widget: Named, name: str, spoken: str = "") -> Named:
    """Give a widget its object name and the name a screen reader speaks, if it is to be spoken of."""
    widget.setObjectName(name)
    widget.setAccessibleName(spoken)
    return widget


def in_reading_order(parent: QWidget) -> None:
    """Give a layout's widgets to screen readers in the order they are read, not that they were made in."""
    waiting: list[QLayoutItem | QLayout | None] = [parent.layout()]
    while waiting:
        item = waiting.pop(0)
        inner = item.layout() if item is not None else None
        if inner is not None:
            waiting[:0] = [inner.itemAt(place) for place in range(inner.count())]
        elif isinstance(item, QLayoutItem) and (widget := item.widget()) is not None:
            widget.raise_()


def restyle(widget: QWidget, prop: str, value: object) -> None:
    """Set a dynamic property and let the style sheet see it."""
    if widget.property(prop) != value:
        widget.setProperty(prop, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def rows(
    parent: QWidget | None = None, gap: int = 12, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A column of things with a gap."""
    return _laid(QVBoxLayout(parent) if parent else QVBoxLayout(), gap, margins)  # type: ignore[return-value]


def line(
    parent: QWidget | None = None, gap: int = 12, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A line of things with a gap."""
    return _laid(QHBoxLayout(parent) if parent else QHBoxLayout(), gap, margins)  # type: ignore[return-value]


def _laid(layout: QBoxLayout, gap: int, margins: tuple[int, int, int, int]) -> QBoxLayout:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    return layout


class ThaiLabel(QLabel):
    """Static text that wraps between Thai words; its accessible name is the text itself."""

    def __init__(self, name: str, text: str = "", wrap: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.said = ""
        self.say(text)

    def minimumSizeHint(self) -> QSize:
        """One line high when it wraps: how high it must be follows from its width alone."""
        hint = super().minimumSizeHint()
        if not self.wordWrap():
            return hint
        # A word that cannot break needs its own width, within reason.
        line = self.fontMetrics().height()
        return QSize(min(hint.width(), _LONGEST_WORD * line), line)

    def say(self, text: str) -> None:
        """Show other text."""
        self.said = text
        self.setText(breakable(text) if self.wordWrap() else text)
        self.setAccessibleName(text)


class Elided(ThaiLabel):
    """One line that is cut where there is no room; its tool tip then tells all."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(name, text, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        super().say(text)
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self.said) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self.said, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(self.said if shown != self.said else "")


class Heading(ThaiLabel):
    """A heading: level 0 a question, 1 a page, 2 a card, 3 a line."""

    def __init__(self, name: str, text: str = "", level: int = 1, wrap: bool = True) -> None:
        super().__init__(name, text, wrap)
        self.setProperty("heading", str(level))


class Muted(ThaiLabel):
    """Quiet text beside or below something that matters more."""

    def __init__(self, name: str, text: str = "", small: bool = True, wrap: bool = True) -> None:
        super().__init__(name, text, wrap)
        self.setProperty("muted", True)
        self.setProperty("small", small)


class Chip(QLabel):
    """A word of state; tone is plain, ok, warn, info or bad, and the word says it too."""

    def __init__(self, name: str, text: str = "", tone: str = "plain") -> None:
        super().__init__(text)
        named(self, name, text)
        self.setProperty("chip", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        restyle(self, "chip", tone)


class Card(QFrame):
    """A raised surface; ``body`` is its column. Kind: true, now, ok, warn, bad, hero."""

    def __init__(
        self, name: str, spoken: str = "", kind: str = "true", gap: int = 6, padding: int = 16
    ) -> None:
        super().__init__()
        named(self, name, spoken)
        self.setProperty("card", kind)
        self.body = rows(self, gap, (padding, padding - 4, padding, padding - 2))

    def kind(self, kind: str) -> None:
        restyle(self, "card", kind)


class _Button(QPushButton):
    role = "secondary"

    def __init__(self, name: str, text: str = "", spoken: str = "", compact: bool = False) -> None:
        super().__init__(text)
        named(self, name, spoken or text)
        self.setProperty("role", self.role)
        self.setProperty("compact", compact)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, spoken: str = "") -> None:
        self.setText(text)
        self.setAccessibleName(spoken or text)

    def picture(self, theme: Theme, icon: str, colour: str = "ink", size: int = 18) -> None:
        """Put an icon before the text."""
        self.setText(f" {self.text().lstrip()}")
        size = theme.px(size)
        self.setIcon(icons.icon(icon, theme.colour(colour), size))
        self.setIconSize(QSize(size, size))


class PrimaryButton(_Button):
    """The one thing to do on a page."""

    role = "primary"


class AccentButton(_Button):
    """The next action, in marigold."""

    role = "accent"


class SecondaryButton(_Button):
    """Something else one may do."""


class DangerButton(_Button):
    """Something that cannot be taken back."""

    role = "danger"


class LinkButton(_Button):
    """A quiet action that reads like a link."""

    role = "link"


class MendButton(_Button):
    """Writes the answer that mends a problem."""

    role = "mend"


class IconLabel(QLabel):
    """A picture that only repeats what the text beside it says: nothing for a screen reader to speak."""

    def __init__(self, name: str, theme: Theme, icon: str, colour: str = "ink", size: int = 18) -> None:
        super().__init__()
        self.setObjectName(name)
        self.show_icon(theme, icon, colour, size)

    def show_icon(self, theme: Theme, icon: str, colour: str = "ink", size: int = 18) -> None:
        size = theme.px(size)
        self.setPixmap(icons.pixmap(icon, theme.colour(colour), size))
        self.setFixedSize(size, size)


class Rule(QFrame):
    """A thin line between parts."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("rule", True)


class ProgressLine(QWidget):
    """How far something is, as a line; the text beside it must say the same."""

    def __init__(self, name: str, theme: Theme, colour: str = "primary", thickness: int = 6) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme, self._colour, self._share = theme, colour, 0.0
        self.setFixedHeight(thickness)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def reach(self, share: float, spoken: str) -> None:
        """Fill the line up to ``share`` of one; ``spoken`` says it in words."""
        self._share = max(0.0, min(share, 1.0))
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area, radius = self.rect(), min(self.height() / 2, 4)
        painter.setBrush(QColor(self._theme.colour("line")))
        painter.drawRoundedRect(area, radius, radius)
        if self._share > 0:
            area.setWidth(max(self.height(), round(area.width() * self._share)))
            painter.setBrush(QColor(self._theme.colour(self._colour)))
            painter.drawRoundedRect(area, radius, radius)
        painter.end()


class Scroll(QScrollArea):
    """A page's content that may be taller than the window; ``body`` is its column."""

    def __init__(
        self, name: str, gap: int = 14, margins: tuple[int, int, int, int] = (30, 14, 30, 24)
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "canvas")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName(f"{name}.inside")
        inside.setProperty("ground", "canvas")
        self.body = rows(inside, gap, margins)
        self.setWidget(inside)
        QApplication.instance().focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the focus into view, also from outside: Qt follows it only within an area."""
        inside = self.widget()
        if inside is None or before is None or now is None:
            return
        if inside.isAncestorOf(now) and not inside.isAncestorOf(before):
            self.ensureWidgetVisible(now)

    def minimumSizeHint(self) -> QSize:
        """Some lines high, so that there is always something to read in it."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), _LEAST_LINES * self.fontMetrics().height()))
