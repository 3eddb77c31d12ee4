"""What is on the screen while no profile is open: locked, or opening."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from chutdiao.ui.i18n import Wording
from chutdiao.ui.theme import Theme
from chutdiao.ui.widgets import Card, Heading, IconLabel, Muted, PrimaryButton, line, named, rows


class LockCover(QWidget):
    """Nothing of the business shows here; the store behind it is closed."""

    unlock_wanted = Signal()
    closed = Signal()

    def __init__(self, tr: Wording, theme: Theme, opening: bool) -> None:
        super().__init__()
        title = tr("lock.opening" if opening else "lock.title")
        named(self, "lock", title)
        self.setWindowTitle(tr("app.title"))
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(QSize(1280, 800))
        column = rows(self, 0, (30, 30, 30, 30))
        column.addStretch(2)
        card = Card("lock.card", title, gap=14, padding=32)
        card.setFixedWidth(theme.px(440))
        card.body.addWidget(IconLabel("lock.icon", theme, "lock", "primary", 32))
        self._tr = tr
        self._heading = Heading("lock.heading", title, 1)
        self._why = Muted("lock.why", tr("lock.wait" if opening else "lock.why"), small=False)
        card.body.addWidget(self._heading)
        card.body.addWidget(self._why)
        self.button = PrimaryButton("lock.unlock", tr("lock.unlock"))
        self.button.clicked.connect(self.unlock_wanted)
        self.button.setVisible(not opening)
        self.button.setDefault(True)
        card.body.addWidget(self.button)
        across = line(None, 0)
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        column.addLayout(across)
        column.addStretch(3)

    def rest(self) -> None:
        """Opening was turned away: stay locked and offer to unlock."""
        self._heading.say(self._tr("lock.title"))
        self._why.say(self._tr("lock.why"))
        self.button.show()
        self.button.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        event.accept()
