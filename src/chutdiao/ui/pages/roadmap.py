"""The steps of one business in order, each with why, cost, days and the one thing to do."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import Business
from chutdiao.app.roadmap import record_done, roadmap
from chutdiao.domain.dates import show_date
from chutdiao.domain.journey.outcome import Plan, PlanStep
from chutdiao.ui.desk import PDF, Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.roadmap_step import StepCard, StepMark
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    AccentButton,
    Card,
    Chip,
    Heading,
    IconLabel,
    LinkButton,
    Muted,
    ProgressLine,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    in_reading_order,
    line,
    named,
    rows,
)

_ASIDE = 318
_BESIDE = 880  # narrower than this, what stands beside the steps goes below them
_ANY = 16777215  # Qt's widest widget
_HEARD = frozenset({"businesses", "drafts", "outbox", "cases"})
_ORDER = ("correction", "stopped", "started", "ready")


class RoadmapPage(Page):
    """Screen 1: the task list, the rail, what to go on with, what is near."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business = ""
        self._plan: Plan | None = None
        outer = rows(self, 0)
        self._scroll = Scroll("roadmap.scroll")
        outer.addWidget(self._scroll)
        body = self._scroll.body
        head = Reflow(18)
        titles = rows(None, 2)
        self._title = Heading("roadmap.title")
        self._line = Muted("roadmap.line", small=False)
        titles.addWidget(self._title)
        titles.addWidget(self._line)
        head.add(titles, 1)
        self._answers = LinkButton("roadmap.answers", desk.tr("roadmap.answers"))
        self._answers.clicked.connect(self._change_answers)
        self._print = SecondaryButton("roadmap.print", desk.tr("roadmap.print"))
        self._print.picture(desk.theme, "printer")
        self._print.clicked.connect(self._print_plan)
        self._changes = LinkButton("roadmap.changed", desk.tr("roadmap.changed"))
        self._changes.clicked.connect(self._go_events)
        head.add(self._changes)
        head.add(self._answers)
        head.add(self._print)
        body.addLayout(head)
        self._progress = ProgressLine("roadmap.progress", desk.theme, "ok", 8)
        body.addWidget(self._progress)
        body.addSpacing(4)
        self._across = line(None, 24)
        self._steps, self._aside = rows(None, 0), rows(None, 14)
        self._across.addLayout(self._steps, 1)
        beside = named(QWidget(), "roadmap.aside", desk.tr("roadmap.aside"))
        beside.setFixedWidth(desk.theme.px(_ASIDE))
        beside.setLayout(self._aside)
        self._beside = beside
        self._across.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(self._across)
        body.addStretch(1)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._read)
        desk.bus.changed.connect(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(way)
        self._beside.setMinimumWidth(self.desk.theme.px(_ASIDE) if beside else 0)
        self._beside.setMaximumWidth(self.desk.theme.px(_ASIDE) if beside else _ANY)
        self._across.setAlignment(self._beside, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0))

    def open(self, business: str = "", **_arguments: Any) -> None:
        self._business = business or self.desk.business
        self._read()

    def leave(self) -> None:
        self._again.stop()

    @Slot()
    def _go_events(self) -> None:
        self.go.emit("events", {"business": self._business})

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & _HEARD:
            self._again.start(60)

    @Slot()
    def _read(self) -> None:
        if not self._business:
            self.go.emit("home", {})
            return
        workspace, business = self.desk.workspace, self._business
        self.desk.jobs.ask(
            lambda: (workspace.businesses.get(business), roadmap(workspace, business)), self._show
        )

    def _show(self, found: tuple[Business, Plan]) -> None:
        business, plan = found
        self._plan = plan
        desk = self.desk
        done = sum(step.finished for step in plan.steps)
        self._title.say(business.name)
        words = [desk.local(plan.title), desk.tr("roadmap.done", n=done, all=len(plan.steps))]
        if plan.finish:
            key = "roadmap.finish" if plan.finish_known else "roadmap.finish.at-least"
            words.append(desk.tr(key, day=show_date(plan.finish, desk.language, long=True)))
        self._line.say(" · ".join(words))
        self._progress.reach(done / len(plan.steps) if plan.steps else 0, words[1])
        self._fill_steps(plan)
        self._fill_aside(plan)
        in_reading_order(self._scroll.widget())

    def _fill_steps(self, plan: Plan) -> None:
        clear(self._steps)
        number = {step.id: place + 1 for place, step in enumerate(plan.steps)}
        now = next_step(plan)
        titles = {question.id: self.desk.local(question.title) for question in plan.open_questions}
        for place, step in enumerate(plan.steps):
            is_now = now is not None and step.id == now.id
            row = named(QWidget(), f"row.{step.id}", self.desk.local(step.title))
            across = line(row, 12)
            kind = "done" if step.state == "issued" else "now" if is_now else "later"
            ends = (place == 0, place == len(plan.steps) - 1)
            mark = StepMark(f"mark.{step.id}", self.desk.theme, str(number[step.id]), kind, ends)
            across.addWidget(mark)
            asked = ", ".join(titles[question] for question in step.open if question in titles)
            card = StepCard(self.desk, step, number, is_now, asked)
            card.wanted.connect(self._wanted)
            hold = rows(None, 0, (0, 0, 0, 10))
            hold.addWidget(card)
            across.addLayout(hold, 1)
            self._steps.addWidget(row)
        if plan.excluded:
            self._steps.addSpacing(8)
            self._steps.addWidget(self._excluded(plan))
        self._steps.addStretch(1)

    def _excluded(self, plan: Plan) -> QWidget:
        desk = self.desk
        holder = named(QWidget(), "roadmap.excluded", desk.tr("roadmap.excluded"))
        column = rows(holder, 8, (46, 0, 0, 0))
        column.addWidget(Heading("roadmap.excluded.title", desk.tr("roadmap.excluded"), 2))
        for item in plan.excluded:
            row = line(None, 10)
            icon = IconLabel(f"excluded.{item.id}.icon", desk.theme, "ban", "muted", 16)
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            words = rows(None, 0)
            title = ThaiLabel(f"excluded.{item.id}.title", desk.local(item.title))
            title.setProperty("strong", True)
            words.addWidget(title)
            why = " · ".join(part for part in (desk.local(item.why), item.law) if part)
            words.addWidget(Muted(f"excluded.{item.id}.why", why))
            row.addLayout(words, 1)
            column.addLayout(row)
        return holder

    def _fill_aside(self, plan: Plan) -> None:
        clear(self._aside)
        step = next_step(plan)
        if step is not None:
            self._aside.addWidget(self._go_on(step))
        near = sorted((s for s in plan.steps if s.due and not s.finished), key=lambda s: str(s.due))
        if near:
            self._aside.addWidget(self._deadlines(near[:4]))
        if plan.may_operate_on:
            card = Card("roadmap.operate", self.desk.tr("roadmap.operate"))
            card.body.addWidget(Heading("roadmap.operate.title", self.desk.tr("roadmap.operate"), 2))
            day = show_date(plan.may_operate_on, self.desk.language, long=True)
            card.body.addWidget(ThaiLabel("roadmap.operate.day", day))
            card.body.addWidget(Muted("roadmap.operate.note", self.desk.tr("roadmap.operate.note")))
            self._aside.addWidget(card)
        if plan.open_questions:
            self._aside.addWidget(self._questions(plan))
        self._aside.addWidget(self._ways())

    def _go_on(self, step: PlanStep) -> Card:
        desk, title = self.desk, self.desk.local(step.title)
        card = Card("roadmap.next", title, "hero", gap=4)
        started = step.state != "ready"
        kind = "roadmap.next.go-on" if started else "roadmap.next.first"
        for name, text, tone, level in (
            ("kind", desk.tr(kind), "hero-muted", ""),
            ("title", title, "hero", "2"),
            ("line", desk.tr("roadmap.next.offline"), "hero-muted", ""),
        ):
            label = ThaiLabel(f"roadmap.next.{name}", text)
            label.setProperty("tone", tone)
            label.setProperty("heading" if level else "small", level or True)
            card.body.addWidget(label)
        card.body.addSpacing(8)
        key = "roadmap.do.continue" if started else "roadmap.do.start"
        action = "track" if step.state in ("correction", "stopped") else "fill"
        button = AccentButton("roadmap.next.do", desk.tr("roadmap.do.track" if action == "track" else key))
        button.setAccessibleName(f"{button.text()}: {title} ({desk.tr(kind)})")
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        button.setProperty("step", step.id)
        button.setProperty("action", action)
        button.clicked.connect(self._next_pressed)
        card.body.addWidget(button)
        return card

    def _deadlines(self, near: list[PlanStep]) -> Card:
        desk = self.desk
        card = Card("roadmap.near", desk.tr("roadmap.near"), gap=8)
        card.body.addWidget(Heading("roadmap.near.title", desk.tr("roadmap.near"), 2))
        for step in near:
            assert step.due is not None
            left = (step.due - desk.today()).days
            row = Reflow(12)
            day = ThaiLabel(f"near.{step.id}.day", _short(step.due, desk), wrap=False)
            day.setProperty("strong", True)
            row.add(day)
            row.add(ThaiLabel(f"near.{step.id}.title", desk.local(step.title)), 1)
            text = desk.tr("roadmap.late" if left < 0 else "roadmap.days", n=abs(left))
            row.add(
                Chip(f"near.{step.id}.left", text, "bad" if left < 0 else "warn" if left < 8 else "plain")
            )
            card.body.addLayout(row)
        return card

    def _questions(self, plan: Plan) -> Card:
        desk = self.desk
        card = Card("roadmap.questions", desk.tr("roadmap.questions"))
        card.body.addWidget(Heading("roadmap.questions.title", desk.tr("roadmap.questions"), 2))
        for question in plan.open_questions:
            button = LinkButton(f"question.{question.id}", desk.tr("roadmap.answer"), compact=True)
            button.setAccessibleName(f"{desk.tr('roadmap.answer')}: {desk.local(question.title)}")
            button.clicked.connect(self._answer_one)
            row = Reflow(8)
            row.add(Muted(f"question.{question.id}.title", desk.local(question.title)), 1)
            row.add(button)
            card.body.addLayout(row)
        return card

    def _ways(self) -> Card:
        card = Card("roadmap.ways", self.desk.tr("compare.title"))
        card.body.addWidget(Heading("roadmap.ways.title", self.desk.tr("compare.title"), 2))
        card.body.addWidget(Muted("roadmap.ways.line", self.desk.tr("compare.about")))
        button = LinkButton("roadmap.compare", self.desk.tr("compare.open"), compact=True)
        button.clicked.connect(self._compare)
        card.body.addWidget(button)
        return card

    @Slot()
    def _next_pressed(self) -> None:
        button = self.sender()
        self._wanted(str(button.property("step")), str(button.property("action")))

    @Slot()
    def _answer_one(self) -> None:
        question = self.sender().objectName().removeprefix("question.")
        self.go.emit("interview", {"business": self._business, "question": question})

    @Slot()
    def _change_answers(self) -> None:
        self.go.emit("interview", {"business": self._business, "question": ""})

    @Slot()
    def _compare(self) -> None:
        self.go.emit("compare", {"business": self._business})

    @Slot(str, str)
    def _wanted(self, step_id: str, action: str) -> None:
        step = self._plan.step(step_id) if self._plan else None
        if step is None:
            return
        if action == "vault":
            self.go.emit("vault", {})
        elif action == "track" and step.done is not None:
            named_by = {"case": step.done.case} if step.done.case else {"submission": step.done.submission}
            self.go.emit("tracking", named_by)
        elif action in ("done", "undo"):
            workspace, business = self.desk.workspace, self._business
            on = self.desk.today() if action == "done" else None
            self.desk.jobs.change(
                f"step:{step.id}", lambda: record_done(workspace, business, step.id, on), self._recorded
            )
        elif action == "fill" and step.pack:
            self.go.emit("pack", {"business": self._business, "step": step.id})
        elif action == "fill":
            if step.done is not None and step.done.draft and step.state == "started":
                self.go.emit("form", {"draft": step.done.draft})
                return
            workspace, business, today = self.desk.workspace, self._business, self.desk.today()
            self.desk.jobs.change(
                f"open:{business}:{step.id}",
                lambda: open_draft(workspace, business, step.id, step.form, today),
                self._draft_open,
            )

    def _recorded(self, _written: object) -> None:
        self.desk.bus.changed.emit(frozenset({"businesses"}))

    def _draft_open(self, draft: Any) -> None:
        self.desk.bus.changed.emit(frozenset({"drafts"}))
        self.go.emit("form", {"draft": draft.id})

    @Slot()
    def _print_plan(self) -> None:
        if self._plan is None:
            return
        workspace, language, plan = self.desk.workspace, self.desk.language, self._plan

        paper = plan.to_paper(language)
        paper["title"] = f"{self._title.said} · {paper['title']}"

        def draw() -> bytes:
            return workspace.printer.plan(paper, language, workspace.practice)

        self.desk.save_as(self.desk.tr("roadmap.print"), "roadmap.pdf", draw, self._printed, PDF)

    def _printed(self, path: str) -> None:
        self.desk.tell(self.desk.tr("roadmap.printed", path=path))
        self.desk.asker.show_file(path)


def next_step(plan: Plan) -> PlanStep | None:
    """The step to go on with: what the agency asks first, then what is begun, then what can be."""
    for state in _ORDER:
        for step in plan.steps:
            if step.state == state and (step.form or state in ("correction", "stopped")):
                return step
    return None


def _short(day: date, desk: Desk) -> str:
    """A day without its year where that is clear."""
    text = show_date(day, desk.language)
    return text.rsplit(" ", 1)[0] if abs((day - desk.today()).days) < 300 else text
