"""What a duty needs to know and the business has not told yet, asked in place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox

from chutdiao.domain.form import Choice
from chutdiao.domain.journey.model import Question
from chutdiao.domain.problem import Json, Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.pages.interview_answer import AnswerBox, answer_box
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Heading,
    LinkButton,
    Muted,
    SecondaryButton,
    ThaiLabel,
    clear,
    named,
    rows,
)

_MANY = 8


class ListBox(AnswerBox):
    """One of many, such as the months, in a list that drops down."""

    def __init__(self, desk: Desk, question: Question, value: Json, choices: tuple[Choice, ...]) -> None:
        super().__init__(desk, question, value, choices)
        self.list = named(QComboBox(), f"answer.{question.id}.list", desk.local(question.title))
        self.list.addItem(desk.tr("duties.choose"), None)
        for choice in choices:
            self.list.addItem(desk.local(choice.label), choice.code)
        self.list.setCurrentIndex(max(0, self.list.findData(value)))
        self.list.activated.connect(self._chosen)
        self.column.addWidget(self.list)

    def value(self) -> tuple[Json, Problem | None]:
        return self.list.currentData(), None

    def take_focus(self) -> None:
        self.list.setFocus()

    @Slot()
    def _chosen(self) -> None:
        self.changed.emit()


class DutyQuestion(Card):
    """One question at a time; it may be left for later."""

    # The question and what was answered.
    answered = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("duty.question", desk.tr("duties.ask"), gap=8)
        self._desk = desk
        self._questions: tuple[Question, ...] = ()
        self._left: list[str] = []
        self._open = self._narrow = False
        self._again: Question | None = None
        self._answers: dict[str, Json] = {}
        self._box: AnswerBox | None = None
        self._column = rows(None, 8)
        self.body.addLayout(self._column)

    def ask(self, questions: Sequence[Question], answers: dict[str, Json], small: bool = False) -> None:
        """Ask the first of these that was not left for later; ``small`` says only how many there are."""
        self._questions, self._answers = tuple(questions), answers
        self._open = self._open or not small
        self._narrow, self._again = small, None
        self._show()

    def ask_again(self, question: Question) -> None:
        """Ask one that has an answer, with the answer it has."""
        self._again = question
        self._show()
        if self._box is not None:
            self._box.take_focus()

    def _show(self) -> None:
        clear(self._column)
        self._box = None
        asked = self.question()
        self.setVisible(asked is not None)
        if asked is not None:
            self._build(asked)

    def question(self) -> Question | None:
        """The question on the card."""
        if self._again is not None:
            return self._again
        fresh = [question for question in self._questions if question.id not in self._left]
        return next(iter(fresh), next(iter(self._questions), None))

    def _build(self, question: Question) -> None:
        desk, column = self._desk, self._column
        head = Reflow(8)
        again = self._again is not None
        told = desk.tr("duties.ask.again") if again else desk.tr("duties.ask.count", n=len(self._questions))
        head.add(Muted("duty.question.count", told), 1)
        column.addLayout(head)
        if not self._open and not again:
            begin = SecondaryButton("duty.question.open", desk.tr("duties.ask.open"), compact=True)
            begin.clicked.connect(self._begin)
            head.add(begin)
            return
        column.addWidget(Heading("duty.question.title", desk.local(question.title), 3))
        column.addWidget(Muted("duty.question.why", desk.local(question.why)))
        value = self._answers.get(question.id)
        listed = question.type == "choice" and (self._narrow or len(question.choices) > _MANY)
        box = (
            ListBox(desk, question, value, question.choices) if listed else answer_box(desk, question, value)
        )
        self._box = box
        self._box.given.connect(self._keep)
        column.addWidget(self._box)
        self.problem = ThaiLabel("duty.question.problem")
        self.problem.setProperty("tone", "bad")
        self.problem.hide()
        column.addWidget(self.problem)
        buttons = FlowLayout(across=8, down=6)
        keep = SecondaryButton("duty.question.keep", desk.tr("duties.ask.keep"), compact=True)
        keep.clicked.connect(self._keep)
        wait = desk.tr("duties.ask.leave" if again else "duties.ask.later")
        later = LinkButton("duty.question.later", wait, compact=True)
        later.clicked.connect(self._later)
        buttons.addWidget(keep)
        buttons.addWidget(later)
        column.addLayout(buttons)

    def refuse(self, problem: Problem) -> None:
        """Say beside the answer what is wrong with it and how it is mended."""
        texts, language = self._desk.workspace.texts, self._desk.language
        said = (texts.message(problem, language), texts.cure(problem, language))
        self.problem.say(" ".join(part for part in said if part))
        self.problem.show()
        if self._box is not None:
            self._box.take_focus()

    @Slot()
    def _begin(self) -> None:
        self._open = True
        self.ask(self._questions, self._answers, self._narrow)
        if self._box is not None:
            self._box.take_focus()

    @Slot()
    def _keep(self) -> None:
        question = self.question()
        if self._box is None or question is None:
            return
        value, problem = self._box.value()
        if problem is None and value is None:
            problem = Problem("duty.no-answer", question.id)
        if problem is not None:
            self.refuse(problem)
            return
        self.answered.emit(question.id, value)

    @Slot()
    def _later(self) -> None:
        question = self.question()
        if self._again is not None:
            self.ask(self._questions, self._answers, self._narrow)
        elif len(self._questions) == 1:
            self._open = False
            self.ask(self._questions, self._answers, small=True)
        elif question is not None:
            self._left = [name for name in self._left if name != question.id] + [question.id]
            if len(self._left) >= len(self._questions):
                self._left = []
            self.ask(self._questions, self._answers, self._narrow)
            if self._box is not None:
                self._box.take_focus()
