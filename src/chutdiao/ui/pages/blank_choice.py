"""The agency's own blank, downloaded by the person, filled with the answers."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from chutdiao.app.opened import OpenedForm
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.ui.desk import PDF, Desk
from chutdiao.ui.widgets import SecondaryButton, ThaiLabel, line, rows


class BlankChoice(QWidget):
    """A button that takes the blank, and in words why a file could not be filled."""

    filled = Signal(bytes)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._opened: OpenedForm | None = None
        self.setObjectName("blank")
        column = rows(self, 6)
        row = line(gap=0)
        self.choose = SecondaryButton("blank.choose", desk.tr("blank.choose"))
        self.choose.picture(desk.theme, "file-down")
        self.choose.clicked.connect(self._choose)
        row.addWidget(self.choose)
        row.addStretch(1)
        column.addLayout(row)
        self.said = ThaiLabel("blank.said", "")
        self.said.setProperty("tone", "bad")
        self.said.hide()
        column.addWidget(self.said)
        self.hide()

    def offer(self, opened: OpenedForm) -> None:
        """Show the button where the form knows the boxes of the agency's blank."""
        self._opened = opened
        self.said.hide()
        described = self._desk.workspace.shelf.print_map(opened.form.id, opened.form.version).get("blank")
        beside = isinstance(described, dict) and bool(described.get("attachments"))
        hint = self._desk.tr("blank.attachments") if beside else ""
        self.choose.setToolTip(hint)
        self.choose.setAccessibleDescription(hint)
        self.setVisible(isinstance(described, dict))

    @Slot()
    def _choose(self) -> None:
        if self._opened is None:
            return
        path = self._desk.asker.open_file(self._desk.tr("blank.choose"), PDF)
        if path:
            self.said.hide()
            ws, opened = self._desk.workspace, self._opened
            answers = opened.session.state.submitted()
            fill = partial(ws.printer.blank, opened.form, answers, Path(path), ws.practice)
            self._desk.jobs.ask(fill, self.filled.emit, self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ChutdiaoError):
            self._desk.tell_error(error)
            return
        texts, language = self._desk.workspace.texts, self._desk.language
        said = (f"{texts.message(p, language)} {texts.cure(p, language)}".strip() for p in error.problems)
        self.said.say("\n".join(said))
        self.said.show()
