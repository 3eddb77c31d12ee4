"""Says plainly that something failed, that work is kept, and what to do."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from chutdiao.ui.i18n import Wording
from chutdiao.ui.theme import Theme
from chutdiao.ui.widgets import (
    Heading,
    IconLabel,
    LinkButton,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    line,
    named,
    rows,
)


class ErrorDialog(QDialog):
    """One sentence, one cure, and the details for whoever mends the program."""

    def __init__(
        self, parent: QWidget | None, tr: Wording, theme: Theme, said: str, cure: str, details: str = ""
    ) -> None:
        super().__init__(parent)
        named(self, "error", said)
        self.setWindowTitle(tr("error.title"))
        self.setMinimumWidth(520)
        column = rows(self, 12, (28, 24, 28, 24))
        head = line(None, 12)
        head.addWidget(IconLabel("error.icon", theme, "triangle-alert", "bad", 24))
        head.addWidget(Heading("error.said", said, 2), 1)
        column.addLayout(head)
        column.addWidget(ThaiLabel("error.cure", cure))
        self._details = named(QPlainTextEdit(details), "error.details", tr("error.details"))
        self._details.setReadOnly(True)
        self._details.setMinimumHeight(180)
        self._details.hide()
        column.addWidget(self._details)
        buttons = line(None, 12)
        self._show = LinkButton("error.show", tr("error.details"))
        self._show.setVisible(bool(details))
        self._show.clicked.connect(self._toggle)
        copy = SecondaryButton("error.copy", tr("error.copy"))
        copy.setVisible(bool(details))
        copy.clicked.connect(self._copy)
        close = PrimaryButton("error.close", tr("error.close"))
        close.clicked.connect(self.accept)
        close.setDefault(True)
        buttons.addWidget(self._show)
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column.addLayout(buttons)

    @Slot()
    def _toggle(self) -> None:
        self._details.setVisible(self._details.isHidden())

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
