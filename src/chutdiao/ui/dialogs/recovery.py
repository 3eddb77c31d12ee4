"""Shows the recovery code and helps to keep it away from this machine."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QDialog, QWidget

from chutdiao.ui.desk import Desk
from chutdiao.ui.widgets import (
    Card,
    Heading,
    Muted,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    line,
    named,
    rows,
)


class RecoveryDialog(QDialog):
    """The code in large letters; accepted when the person says it is kept."""

    def __init__(self, parent: QWidget | None, desk: Desk, code: str) -> None:
        super().__init__(parent)
        self._desk, self._code = desk, code
        title = desk.tr("recovery.title")
        named(self, "recovery", title)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        column = rows(self, 14, (28, 24, 28, 24))
        column.addWidget(Heading("recovery.heading", title, 2))
        column.addWidget(ThaiLabel("recovery.why", desk.tr("recovery.why")))
        card = Card("recovery.card", title, "now")
        shown = ThaiLabel("recovery.code", "\n".join(_lines(code)), wrap=False)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setWeight(QFont.Weight.DemiBold)
        shown.setFont(font)
        shown.setProperty("heading", "2")
        shown.setAccessibleName(code)
        card.body.addWidget(shown)
        column.addWidget(card)
        column.addWidget(Muted("recovery.note", desk.tr("recovery.note")))
        buttons = line(None, 12)
        save = SecondaryButton("recovery.save", desk.tr("recovery.save"))
        save.picture(desk.theme, "download")
        save.clicked.connect(self._save)
        kept = PrimaryButton("recovery.kept", desk.tr("recovery.kept"))
        kept.clicked.connect(self.accept)
        buttons.addWidget(save)
        buttons.addStretch(1)
        buttons.addWidget(kept)
        column.addLayout(buttons)

    @Slot()
    def _save(self) -> None:
        text = f"{self._desk.tr('recovery.title')}\n\n{self._code}\n\n{self._desk.tr('recovery.note')}\n"
        title = self._desk.tr("recovery.save")
        self._desk.save_as(title, "chutdiao-recovery.txt", text.encode, self._saved, "*.txt")

    def _saved(self, _path: str) -> None:
        self._desk.tell(self._desk.tr("recovery.saved"))


def _lines(code: str) -> list[str]:
    parts = code.split("-")
    return ["-".join(parts[start : start + 4]) for start in range(0, len(parts), 4)]
