"""Asks for the passphrase, or the recovery code, that opens a profile."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from chutdiao.ui.i18n import Wording
from chutdiao.ui.theme import Theme
from chutdiao.ui.widgets import (
    Heading,
    IconLabel,
    LinkButton,
    Muted,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    line,
    named,
    rows,
)

_SHORTEST = 8


class UnlockDialog(QDialog):
    """``passphrase`` or ``code`` holds what was typed; ``new`` asks for a passphrase twice."""

    def __init__(
        self, parent: QWidget | None, tr: Wording, theme: Theme, said: str = "", new: bool = False
    ) -> None:
        super().__init__(parent)
        self._tr, self._new = tr, new
        self.passphrase, self.code, self._by_code = "", "", False
        title = tr("unlock.title.new" if new else "unlock.title")
        named(self, "unlock", title)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        column = rows(self, 12, (28, 24, 28, 24))
        head = line(None, 12)
        head.addWidget(IconLabel("unlock.icon", theme, "lock", "primary", 24))
        head.addWidget(Heading("unlock.heading", title, 2), 1)
        column.addLayout(head)
        self._why = Muted("unlock.why", said or tr("unlock.why"), small=False)
        column.addWidget(self._why)
        self._label = ThaiLabel("unlock.label", tr("unlock.passphrase.new" if new else "unlock.passphrase"))
        self._label.setProperty("strong", True)
        column.addWidget(self._label)
        self.typed = self._secret("unlock.typed", tr("unlock.passphrase"))
        self._label.setBuddy(self.typed)
        column.addWidget(self.typed)
        self.again = self._secret("unlock.again", tr("unlock.again"))
        self.again.setPlaceholderText(tr("unlock.again"))
        self.again.setVisible(new)
        column.addWidget(self.again)
        self._problem = ThaiLabel("unlock.problem")
        self._problem.setProperty("tone", "bad")
        self._problem.hide()
        column.addWidget(self._problem)
        column.addLayout(self._buttons(new))

    def _secret(self, name: str, spoken: str) -> QLineEdit:
        field = named(QLineEdit(), name, spoken)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def _buttons(self, new: bool) -> object:
        buttons = line(None, 12)
        self._other = LinkButton("unlock.other", self._tr("unlock.by-code"))
        self._other.clicked.connect(self._switch)
        self._other.setVisible(not new)
        leave = SecondaryButton("unlock.leave", self._tr("unlock.leave"))
        leave.clicked.connect(self.reject)
        open_it = PrimaryButton("unlock.open", self._tr("unlock.create" if new else "unlock.open"))
        open_it.clicked.connect(self._take)
        open_it.setDefault(True)
        buttons.addWidget(self._other)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(open_it)
        return buttons

    @Slot()
    def _switch(self) -> None:
        self._by_code = not self._by_code
        self._label.say(self._tr("unlock.code" if self._by_code else "unlock.passphrase"))
        self._other.say(self._tr("unlock.by-passphrase" if self._by_code else "unlock.by-code"))
        mode = QLineEdit.EchoMode.Normal if self._by_code else QLineEdit.EchoMode.Password
        self.typed.setEchoMode(mode)
        self.typed.setAccessibleName(self._label.said)
        self.typed.clear()
        self.typed.setFocus()

    @Slot()
    def _take(self) -> None:
        text = self.typed.text()
        problem = ""
        if not text:
            problem = self._tr("unlock.empty")
        elif self._new and len(text) < _SHORTEST:
            problem = self._tr("unlock.short", n=_SHORTEST)
        elif self._new and text != self.again.text():
            problem = self._tr("unlock.differ")
        if problem:
            self._problem.say(problem)
            self._problem.show()
            self.typed.setFocus()
            return
        if self._by_code:
            self.code = text
        else:
            self.passphrase = text
        self.accept()
