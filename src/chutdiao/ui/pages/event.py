"""One life event: its date and details, then everything to file for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from chutdiao.app.duty_facts import agencies_of, known_answers
from chutdiao.app.events import Happened, begin_filing, event_of, happened, mark_filed, plan_of, write_down
from chutdiao.app.interview import context_of
from chutdiao.app.ports import Answers, Draft
from chutdiao.app.workspace import Workspace
from chutdiao.domain.dates import read_iso
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.journey.model import Question
from chutdiao.domain.life import LifeEvent, LifePlan
from chutdiao.domain.problem import Problem
from chutdiao.domain.text import LocalText
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.filing_card import FilingCard
from chutdiao.ui.pages.interview_answer import AnswerBox, answer_box
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Heading,
    Muted,
    PrimaryButton,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    rows,
)

_DAY = "day"
_ASIDE, _BESIDE = 340, 900
_ANY = 16777215  # Qt's widest widget


@dataclass(frozen=True, slots=True)
class _Seen:
    """``plan`` is none while the event is not written down; ``asked`` are the facts still open."""

    event: LifeEvent
    facts: Answers
    one: Happened | None
    plan: LifePlan | None
    asked: tuple[str, ...]
    agencies: Mapping[str, LocalText]


def _look(ws: Workspace, business: str, event_id: str, known: str) -> _Seen:
    event = event_of(ws.shelf.events(), event_id)
    facts = known_answers(ws, ws.shelf.duties(), ws.businesses.get(business))
    one = next((one for one in happened(ws, business) if known and one.id == known), None)
    plan = plan_of(ws, business, event_id, one.day, one.answers) if one else None
    today = ws.clock.now().date()
    open_ones = plan or plan_of(ws, business, event_id, today, {})
    asked = tuple(name for name in open_ones.questions if name not in event.own)
    return _Seen(event, facts, one, plan, asked, agencies_of(ws, business))


class EventPage(Page):
    """Asks the little it must and shows what is to be filed, the nearest day first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business, self._event, self._known = "", "", ""
        self._seen: _Seen | None = None
        self.boxes: dict[str, tuple[AnswerBox, QWidget, ThaiLabel]] = {}
        outer = rows(self, 0)
        self._scroll = Scroll("event.scroll", gap=14, margins=(30, 16, 30, 24))
        outer.addWidget(self._scroll)
        head = Reflow(12)
        titles = rows(None, 2)
        self.title = Heading("event.title", "")
        self.subtitle = Muted("event.subtitle", "", small=False)
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        head.add(titles, 1)
        self.back = SecondaryButton("back", desk.tr("event.back"))
        self.back.clicked.connect(self._go_back)
        head.add(self.back)
        self._scroll.body.addLayout(head)
        self._asking, self._filings = rows(None, 14), rows(None, 12)
        self._aside = QWidget()
        self._aside.setLayout(self._asking)
        self._across = line(None, 20)
        self._across.addLayout(self._filings, 1)
        self._across.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll.body.addLayout(self._across)
        self._scroll.body.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """What to file comes first once it is known; the questions stand beside it, or below."""
        planned = self._seen is not None and self._seen.plan is not None
        px = self.desk.theme.px
        beside = planned and self.width() >= px(_BESIDE)
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._aside.setMinimumWidth(px(_ASIDE) if beside else 0)
        self._aside.setMaximumWidth(px(_ASIDE) if beside else _ANY)
        self._across.setAlignment(self._aside, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0))

    def open(self, event: str = "", business: str = "", known: str = "", **_arguments: Any) -> None:
        """Ask about an event, or show one that was written down (``known``)."""
        self._business, self._event, self._known = business or self.desk.business, event, known
        work = partial(_look, self.desk.workspace, self._business, event, known)
        self.desk.jobs.ask(work, self._show, self.desk.tell_error)

    def _show(self, seen: _Seen) -> None:
        self._seen = seen
        desk, event = self.desk, seen.event
        self.title.say(desk.local(event.title))
        self.subtitle.say(desk.local(event.summary))
        clear(self._asking)
        clear(self._filings)
        self.boxes = {}
        self._asking.addWidget(self._questions(seen))
        if seen.plan is not None:
            self._show_plan(seen, seen.plan)
            self._filings.addStretch(1)
        self._see()
        self._lay_out()
        if seen.one is None:
            self.boxes[_DAY][0].take_focus()

    def _questions(self, seen: _Seen) -> Card:
        desk = self.desk
        card = Card("event.questions", desk.tr("event.ask"), "now" if seen.plan is None else "true", 14, 20)
        given = dict(seen.one.answers) if seen.one else {}
        day = Question(_DAY, "date", seen.event.day, LocalText("", ""), "")
        card.body.addWidget(self._question(day, seen.one.day.isoformat() if seen.one else None))
        own = [seen.event.interview.question(name) for name in seen.event.own]
        asked = [seen.event.interview.question(name) for name in seen.asked]
        for question in own:
            if question is not None:
                card.body.addWidget(self._question(question, given.get(question.id)))
        if any(asked):
            card.body.addWidget(Muted("event.about-business", desk.tr("event.about-business")))
        for question in asked:
            if question is not None:
                card.body.addWidget(self._question(question, None))
        row = line(None, 12)
        row.addStretch(1)
        key = "event.show" if seen.plan is None else "event.again"
        make = PrimaryButton if seen.plan is None or seen.plan.questions else SecondaryButton
        self.keep = make("event.keep", desk.tr(key))
        self.keep.clicked.connect(self._keep)
        row.addWidget(self.keep)
        card.body.addLayout(row)
        return card

    def _question(self, question: Question, value: Any) -> QWidget:
        desk = self.desk
        holder = QWidget()
        column = rows(holder, 4)
        column.addWidget(Heading(f"event.{question.id}.title", desk.local(question.title), 3))
        if question.why.th:
            column.addWidget(Muted(f"event.{question.id}.why", desk.local(question.why)))
        box = answer_box(desk, question, value)
        if question.type == "yes-no":
            box.column.setDirection(QBoxLayout.Direction.LeftToRight)
        box.changed.connect(self._see)
        box.given.connect(self._keep)
        column.addWidget(box)
        said = ThaiLabel(f"event.{question.id}.problem", "")
        said.setProperty("tone", "bad")
        said.hide()
        column.addWidget(said)
        self.boxes[question.id] = (box, holder, said)
        return holder

    def _given(self) -> tuple[Answers, list[Problem]]:
        """What stands in the boxes that are seen, and what is wrong with it."""
        answers: Answers = {}
        problems: list[Problem] = []
        for name, (box, holder, _) in self.boxes.items():
            value, problem = box.value() if not holder.isHidden() else (None, None)
            if problem is not None:
                problems.append(replace(problem, place=name))
            elif value is not None:
                answers[name] = value
        return answers, problems

    @Slot()
    def _see(self) -> None:
        """Show the questions that these answers ask for."""
        if self._seen is None:
            return
        answers, _ = self._given()
        told = self._seen.facts | {name: value for name, value in answers.items() if name != _DAY}
        values = AnswerValues(self._seen.event.interview, told, context_of(self.desk.workspace), frozenset())
        for name in self._seen.event.own:
            self.boxes[name][1].setVisible(values.visible(name) is True)

    @Slot()
    def _keep(self) -> None:
        if self._seen is None:
            return
        answers, problems = self._given()
        day = read_iso(str(answers.pop(_DAY, "")))
        if day is None and not any(problem.place == _DAY for problem in problems):
            problems.append(Problem("event.needs-day", _DAY))
        if problems or day is None:
            self._tell(problems)
            return
        self._tell([])
        work = partial(
            write_down, self.desk.workspace, self._business, self._event, day, answers, self._known
        )
        self.desk.jobs.change(f"event:{self._event}", work, self._kept)

    def _kept(self, made: Happened | tuple[Problem, ...]) -> None:
        if isinstance(made, tuple):
            self._tell(list(made))
            return
        self.desk.bus.changed.emit(frozenset({"businesses"}))
        self.open(event=self._event, business=self._business, known=made.id)

    def _tell(self, problems: list[Problem]) -> None:
        texts, language = self.desk.workspace.texts, self.desk.language
        by_place = {problem.place: problem for problem in problems}
        for name, (_, _, said) in self.boxes.items():
            problem = by_place.get(name)
            said.setVisible(problem is not None)
            if problem is not None:
                said.say(f"{texts.message(problem, language)} {texts.cure(problem, language)}".strip())
        first = next((name for name in self.boxes if name in by_place), None)
        if first is not None:
            self.boxes[first][0].take_focus()

    def _show_plan(self, seen: _Seen, plan: LifePlan) -> None:
        desk = self.desk
        done = seen.one.done if seen.one else ()
        title = desk.tr("event.filings", n=len(plan.filings))
        self._filings.addWidget(Heading("event.filings", title, 2))
        for one in plan.filings:
            card = FilingCard(desk, one, seen.agencies.get(one.filing.agency), one.filing.id in done)
            card.begun.connect(self._begin)
            card.marked.connect(self._mark)
            self._filings.addWidget(card)
        for waiting in plan.open:
            questions = [seen.event.interview.question(name) for name in waiting.questions]
            asked = ", ".join(desk.local(question.title) for question in questions if question is not None)
            told = desk.tr("event.depends", title=desk.local(waiting.filing.title), questions=asked)
            self._filings.addWidget(Muted(f"event.depends.{waiting.filing.id}", told, small=False))

    @Slot(str)
    def _begin(self, filing: str) -> None:
        work = partial(begin_filing, self.desk.workspace, self._business, self._known, filing)
        self.desk.jobs.change(f"event:{filing}", work, self._begun)

    def _begun(self, draft: Draft) -> None:
        self.desk.bus.changed.emit(frozenset({"drafts"}))
        self.go.emit("form", {"draft": draft.id})

    @Slot(str, bool)
    def _mark(self, filing: str, on: bool) -> None:
        work = partial(mark_filed, self.desk.workspace, self._business, self._known, filing, on)
        self.desk.jobs.change(f"event:{filing}", work, self._marked)

    def _marked(self, _: object) -> None:
        self.open(event=self._event, business=self._business, known=self._known)

    @Slot()
    def _go_back(self) -> None:
        self.go.emit("events", {"business": self._business})
