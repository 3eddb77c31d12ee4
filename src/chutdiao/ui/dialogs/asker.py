"""Asks the person by the system's own windows."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from chutdiao.ui.i18n import Wording
from chutdiao.ui.widgets import (
    DangerButton,
    Heading,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    line,
    named,
    rows,
)


class Question(QDialog):
    """One question with a yes, a no and, where asked for, a line to type."""

    def __init__(
        self, parent: QWidget | None, tr: Wording, title: str, text: str, yes: str, danger: bool
    ) -> None:
        super().__init__(parent)
        named(self, "question", title)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        column = rows(self, 12, (24, 20, 24, 20))
        column.addWidget(Heading("question.title", title, 2))
        self.text = ThaiLabel("question.text", text)
        column.addWidget(self.text)
        self.typed = named(QLineEdit(), "question.typed", text)
        self.typed.hide()
        column.addWidget(self.typed)
        column.addSpacing(6)
        buttons = line(None, 12)
        buttons.addStretch(1)
        no = SecondaryButton("question.no", tr("ask.cancel"))
        no.clicked.connect(self.reject)
        self.yes = (DangerButton if danger else PrimaryButton)("question.yes", yes)
        self.yes.clicked.connect(self.accept)
        self.yes.setDefault(not danger)
        buttons.addWidget(no)
        buttons.addWidget(self.yes)
        column.addLayout(buttons)


class WindowAsker:
    """The asker of the real window."""

    def __init__(self, tr: Wording) -> None:
        self._tr = tr
        self.parent: QWidget | None = None

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        """Whether the person said yes."""
        return self._run(Question(self.parent, self._tr, title, text, yes, danger))

    def text(self, title: str, label: str, secret: bool = False, start: str = "") -> str | None:
        """What the person typed; ``None`` when they turned away."""
        question = Question(self.parent, self._tr, title, label, self._tr("ask.ok"), False)
        question.typed.setText(start)
        question.typed.show()
        question.typed.setFocus()
        if secret:
            question.typed.setEchoMode(QLineEdit.EchoMode.Password)
        return question.typed.text() if self._run(question) else None

    def open_file(self, title: str, pattern: str = "") -> str:
        return QFileDialog.getOpenFileName(self.parent, title, "", pattern)[0]

    def open_files(self, title: str, pattern: str = "") -> list[str]:
        return list(QFileDialog.getOpenFileNames(self.parent, title, "", pattern)[0])

    def save_file(self, title: str, name: str, pattern: str = "") -> str:
        return QFileDialog.getSaveFileName(self.parent, title, name, pattern)[0]

    def show_file(self, path: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    @staticmethod
    def _run(question: Question) -> bool:
        yes = question.exec() == QDialog.DialogCode.Accepted
        question.deleteLater()
        return yes
