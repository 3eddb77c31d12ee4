"""Where a person writes down how an agency answered what was filed outside the program."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from chutdiao.domain.dates import parse_date, show_date
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Heading,
    Muted,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    named,
    rows,
)

_KINDS = ("issued", "rejected", "returned")
_PATTERN = "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png)"


class ResultCard(Card):
    """The answer, its number and day, and the paper that came with it."""

    told = Signal(str, str, str, str)  # kind, number, ISO date, path of the paper or nothing

    def __init__(self, desk: Desk, submission: str) -> None:
        super().__init__("result", desk.tr("result.title"), "now", gap=10, padding=20)
        self._desk, self.path, self.submission = desk, "", submission
        tr = desk.tr
        self.body.addWidget(Heading("result.heading", tr("result.title"), 2))
        self.body.addWidget(Muted("result.note", tr("result.note")))
        self.kinds = QButtonGroup(self)
        ways = FlowLayout(across=18)
        for kind in _KINDS:
            button = named(
                QRadioButton(tr(f"result.kind.{kind}")), f"result.{kind}", tr(f"result.kind.{kind}")
            )
            button.setProperty("kind", kind)
            button.setChecked(kind == _KINDS[0])
            button.toggled.connect(self._update)
            self.kinds.addButton(button)
            ways.addWidget(button)
        self.body.addLayout(ways)
        self.number = named(QLineEdit(), "result.number", tr("result.number"))
        self.day = named(QLineEdit(show_date(desk.today(), desk.language)), "result.date", tr("result.date"))
        asked = Reflow(16)
        self._number_box = self._labelled("number", self.number)
        asked.add(self._number_box, 3)
        asked.add(self._labelled("date", self.day), 2)
        self.body.addLayout(asked)
        below = Reflow(12)
        self.choose = SecondaryButton("result.paper", tr("result.paper.choose"))
        self.choose.setAccessibleName(f"{tr('result.paper.choose')}: {tr('result.paper')}")
        self.choose.picture(desk.theme, "paperclip")
        self.choose.clicked.connect(self._choose)
        self.file = Muted("result.paper.name", tr("result.paper"))
        self.save = PrimaryButton("result.save", tr("result.save"))
        self.save.clicked.connect(self._save)
        below.add(self.choose)
        below.add(self.file, 1)
        below.add(self.save)
        self.said = ThaiLabel("result.problem", "")
        self.said.setProperty("tone", "bad")
        self.said.hide()
        self.body.addWidget(self.said)
        self.body.addLayout(below)

    def _labelled(self, key: str, editor: QWidget) -> QWidget:
        box = QWidget()
        column = rows(box, 4)
        label = Heading(f"result.{key}.label", self._desk.tr(f"result.{key}"), 3)
        label.setBuddy(editor)
        column.addWidget(label)
        column.addWidget(editor)
        return box

    def _kind(self) -> str:
        return str(self.kinds.checkedButton().property("kind"))

    @Slot()
    def _update(self) -> None:
        issued = self._kind() == _KINDS[0]
        self._number_box.setVisible(issued)
        self.choose.setVisible(issued)
        self.file.setVisible(issued)

    @Slot()
    def _choose(self) -> None:
        path = self._desk.asker.open_file(self._desk.tr("result.paper"), _PATTERN)
        if path:
            self.path = path
            self.file.say(path.replace("\\", "/").rsplit("/", 1)[-1])

    @Slot()
    def _save(self) -> None:
        day = parse_date(self.day.text(), self._desk.today())
        if isinstance(day, Problem):
            self.refuse((day,))
            self.day.setFocus()
            return
        assert isinstance(day, date)
        issued = self._kind() == _KINDS[0]
        number, path = (self.number.text(), self.path) if issued else ("", "")
        self.told.emit(self._kind(), number, day.isoformat(), path)

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say why it was not written down."""
        texts, language = self._desk.workspace.texts, self._desk.language
        said = [f"{texts.message(p, language)} {texts.cure(p, language)}".strip() for p in problems]
        self.said.say("\n".join(said))
        self.said.show()
