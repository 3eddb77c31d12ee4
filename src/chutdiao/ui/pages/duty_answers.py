"""What the duties go by: every answer told, each with a way to change it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from chutdiao.app.duties import BusinessDuties
from chutdiao.domain.dates import read_iso, show_date
from chutdiao.domain.journey.model import Question
from chutdiao.domain.problem import Json
from chutdiao.ui.desk import Desk
from chutdiao.ui.widgets import Card, Heading, LinkButton, Muted, ThaiLabel, clear, line, named, rows

_YES_NO: dict[Json, str] = {True: "yes", False: "no", "yes": "yes", "no": "no"}


class DutyAnswers(Card):
    """Closed until it is asked for: a list of questions and answers."""

    # The question to ask again.
    change_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("duty.answers", desk.tr("duties.told"), gap=6)
        self._desk = desk
        head = line(None, 8)
        head.addWidget(Heading("duty.answers.title", desk.tr("duties.told"), 3), 1)
        self._more = LinkButton("duty.answers.more", "", compact=True)
        self._more.setCheckable(True)
        self._more.toggled.connect(self._toggled)
        head.addWidget(self._more)
        self.body.addLayout(head)
        self._list = named(QWidget(), "duty.answers.list", desk.tr("duties.told"))
        self._rows = rows(self._list, 8)
        self.body.addWidget(self._list)
        self._toggled(False)

    def show_answers(self, found: BusinessDuties) -> None:
        """List what was told; nothing told shows nothing."""
        clear(self._rows)
        for question in found.told:
            self._rows.addLayout(self._row(question, found.answers.get(question.id)))
        self.setVisible(bool(found.told))

    def _row(self, question: Question, answer: Json) -> object:
        desk, name = self._desk, f"duty.answer.{question.id}"
        row, words = line(None, 8), rows(None, 0)
        words.addWidget(Muted(f"{name}.title", desk.local(question.title)))
        words.addWidget(ThaiLabel(f"{name}.value", answer_words(desk, question, answer)))
        row.addLayout(words, 1)
        change = LinkButton(f"{name}.change", desk.tr("duties.change"), compact=True)
        change.setAccessibleName(f"{change.text()}: {desk.local(question.title)}")
        change.setProperty("question", question.id)
        change.clicked.connect(self._change)
        row.addWidget(change)
        return row

    @Slot(bool)
    def _toggled(self, shown: bool) -> None:
        self._list.setVisible(shown)
        self._more.say(self._desk.tr("duties.told.hide" if shown else "duties.told.show"))

    @Slot()
    def _change(self) -> None:
        self.change_wanted.emit(str(self.sender().property("question")))


def answer_words(desk: Desk, question: Question, answer: Json) -> str:
    """An answer as its question would show it."""
    if question.type == "yes-no" and not isinstance(answer, list | dict):
        return desk.tr(f"interview.{_YES_NO.get(answer, 'no')}")
    labels = {choice.code: desk.local(choice.label) for choice in question.choices}
    if isinstance(answer, list):
        return ", ".join(labels[str(code)] for code in answer if code in labels) or desk.tr("duties.nothing")
    day = read_iso(str(answer)) if question.type == "date" else None
    if day is not None:
        return show_date(day, desk.language)
    words = labels.get(str(answer), str(answer))
    return f"{words} {desk.local(question.unit)}".strip()
