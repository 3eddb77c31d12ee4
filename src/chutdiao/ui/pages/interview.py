"""One question a page: why it is asked, the law, what the answer changes; back is always possible."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLayout, QWidget

from chutdiao.app.interview import Effect, QuestionPage, answer, journey_of, next_page, pages, preview
from chutdiao.domain.journey import Journey
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import LocalText
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.interview_answer import AnswerBox, answer_box
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    IconLabel,
    LinkButton,
    Muted,
    PrimaryButton,
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

_WIDTH = 720
_PREVIEW_MS, _KEEP_MS = 150, 600


class InterviewPage(Page):
    """Screen 2. What is typed is kept as it is typed; the same question comes back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business, self._title = "", LocalText("", "")
        self._pages: tuple[QuestionPage, ...] = ()
        self._compared: frozenset[str] = frozenset()
        self._page: QuestionPage | None = None
        self._wanted = ""
        self._box: AnswerBox | None = None
        outer = rows(self, 0)
        scroll = Scroll("interview.scroll", margins=(30, 34, 30, 24))
        outer.addWidget(scroll)
        holder = named(QWidget(), "interview.column", desk.tr("interview.answer"))
        holder.setMaximumWidth(desk.theme.px(_WIDTH))
        column = rows(holder, 0)
        # Not by alignment: the layout would then reckon heights for the whole width.
        across = line(None, 0)
        across.addStretch(1)
        across.addWidget(holder, 100)
        across.addStretch(1)
        scroll.body.addLayout(across)
        scroll.body.addStretch(1)
        self._where = Muted("interview.where", small=False)
        self._progress = ProgressLine("interview.progress", desk.theme)
        self._question = Heading("interview.question", level=0)
        self._help = Muted("interview.help", small=False)
        self._answer = rows(None, 0)
        self._problem = self._problem_line()
        for widget, space in ((self._where, 12), (self._progress, 24), (self._question, 2), (self._help, 18)):
            column.addWidget(widget)
            column.addSpacing(space)
        column.addLayout(self._answer)
        column.addWidget(self._problem)
        column.addSpacing(22)
        column.addWidget(self._why_card())
        column.addSpacing(14)
        column.addWidget(self._effect_card())
        column.addSpacing(26)
        column.addLayout(self._buttons())
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._preview)

    def _problem_line(self) -> QWidget:
        holder = named(QWidget(), "interview.problem", self.desk.tr("interview.answer"))
        row = line(holder, 10, (0, 10, 0, 0))
        icon = IconLabel("interview.problem.icon", self.desk.theme, "triangle-alert", "bad")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._said = ThaiLabel("interview.problem.text")
        self._said.setProperty("tone", "bad")
        row.addWidget(self._said, 1)
        holder.hide()
        return holder

    def _titled(self, card: Card, name: str, icon: str, colour: str) -> None:
        row = line(None, 10)
        row.addWidget(IconLabel(f"{name}.icon", self.desk.theme, icon, colour))
        title = Heading(f"{name}.title", self.desk.tr(name), 3)
        title.setProperty("tone", "ok" if colour == "ok_ink" else "")
        row.addWidget(title, 1)
        card.body.addLayout(row)

    def _why_card(self) -> Card:
        card = Card("interview.why", self.desk.tr("interview.why"), gap=4, padding=18)
        self._titled(card, "interview.why", "info", "ink")
        self._why = ThaiLabel("interview.why.text")
        card.body.addWidget(self._why)
        foot = Reflow(10)
        self._law = Muted("interview.law")
        self._unverified = Chip("interview.unverified", self.desk.tr("fact.unverified"), "warn")
        foot.add(self._law, 1)
        foot.add(self._unverified)
        card.body.addLayout(foot)
        self._ways = LinkButton("interview.compare", self.desk.tr("compare.open"), compact=True)
        self._ways.clicked.connect(self._compare)
        card.body.addWidget(self._ways)
        return card

    def _effect_card(self) -> Card:
        self._effect = Card("interview.effect", self.desk.tr("interview.effect"), "ok", gap=4, padding=18)
        self._titled(self._effect, "interview.effect", "circle-check", "ok_ink")
        self._changes = ThaiLabel("interview.effect.text")
        self._effect.body.addWidget(self._changes)
        self._effect.hide()
        return self._effect

    def _buttons(self) -> QLayout:
        tr = self.desk.tr
        row = Reflow(12)
        self._back = SecondaryButton("interview.back", tr("interview.back"))
        self._back.clicked.connect(self._go_back)
        self._unsure = LinkButton("interview.unsure", tr("interview.unsure"))
        self._unsure.clicked.connect(self._not_sure)
        self._flag = Chip("interview.unsure.now", tr("interview.unsure.now"), "warn")
        key = line(None, 4)
        key.addWidget(IconLabel("interview.enter.icon", self.desk.theme, "corner-down-left", "muted"))
        key.addWidget(Muted("interview.enter", "Enter", wrap=False))
        self._next = PrimaryButton("interview.next", tr("interview.next"))
        self._next.setProperty("large", True)
        self._next.clicked.connect(self._go_on)
        row.add(self._back)
        row.add(self._unsure)
        row.add(self._flag)
        row.add_room()
        row.add(key)
        row.add(self._next)
        return row

    def open(self, business: str = "", question: str = "", **_arguments: Any) -> None:
        self._business = business or self.desk.business
        self._wanted = question
        self._page = None
        self._read()

    def leave(self) -> None:
        self._look.stop()
        self._keep(0)

    def _read(self) -> None:
        workspace, business = self.desk.workspace, self._business

        def look() -> tuple[tuple[QuestionPage, ...], Journey]:
            journey = journey_of(workspace, workspace.businesses.get(business).journey)
            return pages(workspace, business), journey

        self.desk.jobs.ask(look, self._found)

    def _found(self, seen: tuple[tuple[QuestionPage, ...], Journey]) -> None:
        self._pages, journey = seen
        self._title = journey.title
        self._compared = frozenset(question for way in journey.compare for question in way.answers)
        wanted = next((p for p in self._pages if p.question.id == self._wanted), None)
        page = wanted or next_page(self._pages) or (self._pages[0] if self._pages else None)
        if page is not None:
            self._show(page)

    def _show(self, page: QuestionPage) -> None:
        desk, question = self.desk, page.question
        self._page = page
        desk.navigator.amend(question=question.id)
        where = desk.tr("interview.kind", journey=desk.local(self._title), n=page.number, all=page.count)
        self._where.say(where)
        self._progress.reach(page.number / max(page.count, 1), where)
        self._question.say(desk.local(question.title))
        self._help.say(desk.local(question.help))
        self._help.setVisible(bool(question.help.th))
        self._why.say(desk.local(question.why))
        self._law.say(question.law)
        self._unverified.setVisible(question.confidence != "high")
        self._ways.setVisible(question.id in self._compared)
        clear(self._answer)
        self._box = answer_box(desk, question, None if page.unsure else page.answer)
        self._box.changed.connect(self._changed)
        self._box.given.connect(self._go_on)
        self._answer.addWidget(self._box)
        in_reading_order(self._box.parentWidget())
        self._problem.hide()
        self._flag.setVisible(page.unsure)
        self._tell(page.effects if page.answered else ())
        self._back.setVisible(page.number > 1)
        last = page.number == len(self._pages)
        self._next.say(desk.tr("interview.finish" if last else "interview.next"))
        self._box.take_focus()

    def _tell(self, texts: tuple[LocalText, ...]) -> None:
        self._changes.say("\n".join(self.desk.local(text) for text in texts))
        self._effect.setVisible(bool(texts))

    @Slot()
    def _changed(self) -> None:
        self._problem.hide()
        self._flag.hide()
        self._look.start(_PREVIEW_MS)
        self._keep(_KEEP_MS)

    @Slot()
    def _preview(self) -> None:
        value, problem = self._typed()
        if self._page is None or value is None or problem is not None:
            self._tell(())
            return
        workspace, business, question = self.desk.workspace, self._business, self._page.question.id
        self.desk.jobs.ask(lambda: (question, preview(workspace, business, question, value)), self._previewed)

    def _previewed(self, seen: tuple[str, Effect]) -> None:
        question, effect = seen
        if self._page is not None and self._page.question.id == question:
            self._tell(effect.texts if effect.kept else ())

    def _typed(self) -> tuple[Json, Problem | None]:
        return self._box.value() if self._box is not None else (None, None)

    def _keep(self, quiet_ms: int) -> None:
        """Keep what is typed when it can be read; what cannot stays on the screen."""
        value, problem = self._typed()
        page = self._page
        if page is None or value is None or problem is not None or value == page.answer:
            return
        workspace, business, question = self.desk.workspace, self._business, page.question.id
        self.desk.jobs.change(
            f"interview:{business}:{question}",
            lambda: answer(workspace, business, question, value),
            quiet_ms=quiet_ms,
        )

    @Slot()
    def _go_on(self) -> None:
        value, problem = self._typed()
        page = self._page
        if page is None:
            return
        if problem is None and value is None and page.unsure:
            self._step_after(page.question.id)
        elif problem is not None or value is None:
            self._complain(problem)
        else:
            self._answer_with(value, unsure=False)

    @Slot()
    def _not_sure(self) -> None:
        self._answer_with(None, unsure=True)

    def _answer_with(self, value: Json, unsure: bool) -> None:
        if self._page is None:
            return
        workspace, business, question = self.desk.workspace, self._business, self._page.question.id

        def keep() -> tuple[str, Effect, tuple[QuestionPage, ...]]:
            effect = answer(workspace, business, question, value, unsure)
            return question, effect, pages(workspace, business)

        self.desk.jobs.change(f"interview:{business}:{question}", keep, self._answered)

    def _answered(self, seen: tuple[str, Effect, tuple[QuestionPage, ...]]) -> None:
        question, effect, found = seen
        if not effect.kept:
            self._complain(effect.problems[0])
            return
        self._pages = found
        self.desk.bus.changed.emit(frozenset({"businesses"}))
        self._step_after(question)

    def _step_after(self, question: str) -> None:
        ids = [page.question.id for page in self._pages]
        place = ids.index(question) + 1 if question in ids else 0
        if place < len(self._pages):
            self._show(self._pages[place])
        else:
            still_open = next_page(self._pages)
            if still_open is not None and still_open.question.id != question:
                self._show(still_open)
            else:
                self._page = None
                self.go.emit("roadmap", {"business": self._business})

    @Slot()
    def _go_back(self) -> None:
        if self._page is None:
            return
        self._keep(0)
        ids = [page.question.id for page in self._pages]
        place = ids.index(self._page.question.id)
        if place > 0:
            self._wanted = ids[place - 1]
            self._page = None
            self.desk.jobs.flush()
            self._read()

    @Slot()
    def _compare(self) -> None:
        self.go.emit("compare", {"business": self._business})

    def _complain(self, problem: Problem | None) -> None:
        texts, language = self.desk.workspace.texts, self.desk.language
        if problem is None:
            said = self.desk.tr("interview.empty")
        else:
            parts = (texts.message(problem, language), texts.cure(problem, language))
            said = " ".join(part for part in parts if part)
        self._said.say(said)
        self._problem.setAccessibleName(said)
        self._problem.show()
        if self._box is not None:
            self._box.take_focus()
