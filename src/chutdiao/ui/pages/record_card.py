"""Where a person writes down that something was filed outside the program."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from chutdiao.domain.dates import parse_date, show_date
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.widgets import (
    Card,
    Heading,
    Muted,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    named,
    restyle,
)

_PATTERN = "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png);;* (*)"


class RecordCard(Card):
    """Number, date and scan of a filing; what it says is the person's own word."""

    recorded = Signal(str, str, str)  # number, ISO date, path of a scan or nothing

    def __init__(self, desk: Desk) -> None:
        super().__init__("record", desk.tr("record.title"), gap=8, padding=20)
        self._desk = desk
        tr = desk.tr
        self.body.addWidget(Heading("record.heading", tr("record.title"), 2))
        self.body.addWidget(Muted("record.note", tr("record.note")))
        self.number = named(QLineEdit(), "record.number", tr("record.number"))
        self.day = named(QLineEdit(), "record.date", tr("record.date"))
        self.day.setText(show_date(desk.today(), desk.language))
        self.scan = ""
        self.scan_name = Muted("record.scan-name", "")
        self.choose = SecondaryButton("record.scan", tr("record.scan.choose"))
        self.choose.picture(desk.theme, "paperclip")
        self.choose.clicked.connect(self._choose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self._add(grid, 0, "record.number", self.number)
        self._add(grid, 1, "record.date", self.day)
        self.body.addLayout(grid)
        self.body.addWidget(Heading("record.scan-label", tr("record.scan"), 3))
        self.body.addWidget(self.choose)
        self.body.addWidget(self.scan_name)
        self.said = ThaiLabel("record.problem", "")
        self.said.setProperty("tone", "bad")
        self.said.hide()
        self.body.addWidget(self.said)
        self.save = PrimaryButton("record.save", tr("record.save"))
        self.save.clicked.connect(self._save)
        self.body.addWidget(self.save)

    def begin(self) -> None:
        """Empty the card: what was written for another filing is not this one's."""
        self.number.clear()
        self.day.setText(show_date(self._desk.today(), self._desk.language))
        self.scan = ""
        self.scan_name.say("")
        self.said.hide()
        for editor in (self.number, self.day):
            restyle(editor, "state", "")

    def _add(self, grid: QGridLayout, column: int, key: str, editor: QWidget) -> None:
        label = Heading(f"{key}.label", self._desk.tr(key), 3, wrap=False)
        label.setBuddy(editor)
        grid.addWidget(label, 0, column)
        grid.addWidget(editor, 1, column)

    @Slot()
    def _choose(self) -> None:
        path = self._desk.asker.open_file(self._desk.tr("record.scan"), _PATTERN)
        if path:
            self.scan = path
            self.scan_name.say(path.replace("\\", "/").rsplit("/", 1)[-1])

    @Slot()
    def _save(self) -> None:
        number = self.number.text().strip()
        restyle(self.number, "state", "" if number else "bad")
        if not number:
            self._refuse(self._desk.tr("record.need-number"), self.number)
            return
        day = parse_date(self.day.text(), self._desk.today())
        restyle(self.day, "state", "bad" if isinstance(day, Problem) else "")
        if isinstance(day, Problem):
            texts, language = self._desk.workspace.texts, self._desk.language
            self._refuse(f"{texts.message(day, language)} {texts.cure(day, language)}", self.day)
            return
        self.said.hide()
        assert isinstance(day, date)
        self.recorded.emit(number, day.isoformat(), self.scan)

    def _refuse(self, sentence: str, editor: QWidget) -> None:
        self.said.say(sentence)
        self.said.show()
        editor.setFocus()

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say why it was not recorded."""
        texts, language = self._desk.workspace.texts, self._desk.language
        told: Callable[[Problem], str] = lambda p: f"{texts.message(p, language)} {texts.cure(p, language)}"  # noqa: E731
        self._refuse(" ".join(told(p).strip() for p in problems), self.number)
