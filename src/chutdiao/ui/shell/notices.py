"""What is said above every page: the practice banner, and one notice at a time."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chutdiao.ui.desk import Desk
from chutdiao.ui.widgets import IconLabel, LinkButton, ThaiLabel, line, named, restyle

_SHOWN_MS = 8000
_ICONS = {"ok": "circle-check", "info": "info", "warn": "triangle-alert", "bad": "triangle-alert"}
_COLOURS = {"ok": "ok_ink", "info": "primary_ink", "warn": "accent_ink", "bad": "bad"}


class PracticeBanner(QFrame):
    """Says on every page that nothing here reaches a real agency."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        text = desk.tr("shell.practice")
        named(self, "practice-banner", text)
        self.setProperty("banner", "practice")
        row = line(self, 12, (12, 4, 12, 4))
        row.addWidget(IconLabel("practice-banner.icon", desk.theme, "info", "accent_ink"))
        label = ThaiLabel("practice-banner.text", text)
        label.setProperty("tone", "warn")
        label.setProperty("small", True)
        row.addWidget(label, 1)


class NoticeLine(QFrame):
    """One sentence that goes away by itself, unless it is bad news."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "notice", desk.tr("shell.notice"))
        self._theme = desk.theme
        row = line(self, 12, (12, 6, 6, 6))
        self._icon = IconLabel("notice.icon", desk.theme, "info")
        self._text = ThaiLabel("notice.text")
        self._close = LinkButton("notice.close", desk.tr("shell.notice.close"), compact=True)
        self._close.clicked.connect(self.hide)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @Slot(str, str)
    def tell(self, text: str, tone: str) -> None:
        """Show a sentence; bad news stays until it is closed."""
        tone = tone if tone in _ICONS else "info"
        restyle(self, "notice", tone)
        self._icon.show_icon(self._theme, _ICONS[tone], _COLOURS[tone])
        self._text.say(text)
        self.setAccessibleName(text)
        self.show()
        self._timer.stop()
        if tone != "bad":
            self._timer.start(_SHOWN_MS)


class Above(QWidget):
    """Holds banner and notice over the page, as tall as what is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "above", desk.tr("shell.notice"))
        self.setProperty("ground", "canvas")
        self.column: QVBoxLayout = QVBoxLayout(self)
        self.column.setContentsMargins(30, 14, 30, 0)
        self.column.setSpacing(8)
        self.banner = PracticeBanner(desk)
        self.notice = NoticeLine(desk)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.notice)
        self.banner.setVisible(desk.workspace.practice)
        desk.bus.notice.connect(self.notice.tell)
