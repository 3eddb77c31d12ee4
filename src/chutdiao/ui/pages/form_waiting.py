"""Rows by the thousand are checked off the window's thread; meanwhile the form waits, and may be stopped."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from chutdiao.app.session import FormSession
from chutdiao.domain.problem import Json
from chutdiao.ui.desk import Desk
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import Card, SecondaryButton, ThaiLabel, named

# Fewer are checked before one notices.
MANY = 300


class Waiting(Card):
    """Checks many rows in a session of their own; until they are taken the answers stay as they were."""

    taken = Signal(object, str)  # the session that has them, and their place
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("waiting", desk.tr("form.waiting.title"), "now")
        self._desk = desk
        self._asked = 0
        row = Reflow(12)
        self._said = ThaiLabel("waiting.text", "")
        row.add(self._said, 1)
        self._bar = named(QProgressBar(), "waiting.bar", desk.tr("form.waiting.title"))
        self._bar.setTextVisible(False)
        # No end is known; where nothing shall move, a bar that runs to and fro says no more than the words.
        self._bar.setRange(0, 0)
        self._bar.setVisible(not desk.theme.calm)
        row.add(self._bar)
        self.stop = SecondaryButton("waiting.stop", desk.tr("form.waiting.stop"))
        self.stop.clicked.connect(self.give_up)
        row.add(self.stop)
        self.body.addLayout(row)
        self.hide()

    def begin(self, session: FormSession, place: str, rows: list[Json]) -> None:
        """Check the rows; ``taken`` follows unless somebody gives up first."""
        self._asked += 1
        asked = self._asked
        self._said.say(self._desk.tr("form.waiting.text", n=f"{len(rows):,}"))
        self.show()

        def arrived(found: FormSession) -> None:
            if asked == self._asked:
                self.hide()
                self.taken.emit(found, place)

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self.give_up()
                self._desk.tell_error(error)

        self._desk.jobs.ask(lambda: session.having(place, rows), arrived, failed)

    @Slot()
    def give_up(self) -> None:
        """Take nothing of what is under way."""
        self._asked += 1
        self.hide()
        self.given_up.emit()
