"""The button that saves a letter to the agency about one filing."""

from functools import partial

from PySide6.QtCore import Slot

from chutdiao.app.following import Followed
from chutdiao.app.letters import LetterKind, letter
from chutdiao.ui.desk import PDF, Desk
from chutdiao.ui.widgets import SecondaryButton


class LetterButton(SecondaryButton):
    """Asks where, draws the letter and writes it there."""

    def __init__(self, desk: Desk, kind: LetterKind, followed: Followed) -> None:
        super().__init__(f"letter.{kind}", desk.tr(f"tracking.letter.{kind}"))
        self._desk, self._kind, self._followed = desk, kind, followed
        self.picture(desk.theme, "messages-square")
        self.clicked.connect(self._save)

    @Slot()
    def _save(self) -> None:
        desk, kind = self._desk, self._kind
        name = f"{self._followed.submission.form}-{kind}.pdf"
        draw = partial(letter, desk.workspace, kind, self._followed)
        desk.save_as(desk.tr(f"tracking.letter.{kind}"), name, draw, self._saved, PDF)

    def _saved(self, path: str) -> None:
        self._desk.tell(self._desk.tr("tracking.saved", path=path))
