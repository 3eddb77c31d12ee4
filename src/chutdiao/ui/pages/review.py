"""All answers before sending, each with the way back to its field."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from chutdiao.app.opened import OpenedForm, label_at, open_form
from chutdiao.domain.form import Section
from chutdiao.domain.problem import Level, Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.page import Page
from chutdiao.ui.pages import answers
from chutdiao.ui.pages.form_offers import ProfileCard
from chutdiao.ui.pages.form_side import DocumentLine, DocumentsCard
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    LinkButton,
    Muted,
    PrimaryButton,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    rows,
)

_PROBLEMS_SHOWN = 12


class ReviewPage(Page):
    """Reads the draft once and shows it; changing an answer goes to the form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedForm | None = None
        column = rows(self, 14, (30, 16, 30, 16))
        self.title = Heading("review.title", desk.tr("review.title"), 1)
        self.subtitle = Muted("review.subtitle", "", small=False)
        words = rows(gap=0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        column.addLayout(words)
        across = line(gap=20)
        self._scroll = Scroll("review-scroll", 14, (0, 0, 2, 0))
        across.addWidget(self._scroll, 1)
        side = Scroll("review-side", 12, (0, 0, 0, 0))
        side.setFixedWidth(desk.theme.px(262))
        self._side = side
        across.addWidget(side)
        column.addLayout(across, 1)
        column.addLayout(self._build_buttons())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the answers keep the room."""
        super().resizeEvent(event)
        px, room = self.desk.theme.px, self.width() - 60
        self._side.setVisible(room >= px(420 + 262) + 20)

    def _build_buttons(self) -> QLayout:
        buttons = Reflow(12)
        self.back = SecondaryButton("back", self.desk.tr("review.back"))
        self.back.clicked.connect(self._go_form)
        self.portal = SecondaryButton("portal", self.desk.tr("review.portal"))
        self.portal.clicked.connect(self._go_portal)
        self.paper = SecondaryButton("paper", self.desk.tr("review.paper"))
        self.paper.clicked.connect(self._go_paper)
        self.sign = PrimaryButton("next", self.desk.tr("review.sign"))
        self.sign.clicked.connect(self._go_sign)
        buttons.add(self.back)
        buttons.add_room()
        others = FlowLayout(across=12, down=8)
        for button in (self.portal, self.paper, self.sign):
            others.addWidget(button)
        buttons.add(others)
        return buttons

    def open(self, **arguments: Any) -> None:
        """Show the answers of a draft."""
        work = partial(open_form, self.desk.workspace, str(arguments.get("draft", "")))
        self.desk.jobs.ask(work, self._show, self.desk.tell_error)

    def _show(self, opened: OpenedForm) -> None:
        self._opened = opened
        form, state = opened.form, opened.session.state
        name = " ".join(part for part in (form.code, self.desk.local(form.title)) if part)
        self.subtitle.say(f"{name} · {self.desk.local(opened.agency)}")
        clear(self._scroll.body)
        self._scroll.body.addWidget(self._standing(state.problems))
        if not opened.draft.open_fields:
            profile = ProfileCard(self.desk, opened)
            self._scroll.body.addWidget(profile)
            profile.look()
        for section in answers.sections(opened):
            self._scroll.body.addWidget(self._section(section))
        self._scroll.body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        clear(self._side.body)
        documents = DocumentsCard(self.desk)
        documents.show_documents(
            [DocumentLine(r.id, self.desk.local(r.label), r.bring, r.law) for r in state.requirements()],
            opened.business.id,
        )
        self._side.body.addWidget(documents)
        self._side.body.addStretch(1)
        channels = form.channels or ("api",)
        correcting = bool(opened.draft.open_fields)
        self.portal.setVisible("portal" in channels and form.portal is not None and not correcting)
        self.paper.setVisible("paper" in channels and not correcting)
        sends = "api" in channels
        self.sign.setVisible(sends or bool(state.signatories()))
        self.sign.say(self.desk.tr("review.sign" if sends else "sign.start"))
        self.sign.setEnabled(state.ready)

    def _standing(self, problems: tuple[Problem, ...]) -> Card:
        tr = self.desk.tr
        stops = [p for p in problems if p.level is Level.STOP]
        warns = [p for p in problems if p.level is not Level.STOP]
        card = Card("standing", "", "bad" if stops else "ok" if not warns else "warn", gap=6)
        if stops:
            card.body.addWidget(Heading("standing.title", tr("review.problems", n=len(stops)), 3))
        else:
            card.body.addWidget(Heading("standing.title", tr("review.ready"), 3))
        if warns:
            card.body.addWidget(ThaiLabel("standing.warnings", tr("review.warnings", n=len(warns))))
        for problem in [*stops, *warns][:_PROBLEMS_SHOWN]:
            card.body.addWidget(self._problem(problem))
        return card

    def _problem(self, problem: Problem) -> QWidget:
        assert self._opened is not None
        texts, language = self.desk.workspace.texts, self.desk.language
        box = QWidget()
        row = Reflow(10, box)
        label = self.desk.local(label_at(self._opened.form, problem.place)) if problem.place else ""
        said = texts.message(problem, language)
        sentence = ThaiLabel(f"problem.{problem.place}", f"{label}: {said}" if label else said)
        row.add(sentence, 1)
        if problem.place:
            text = self.desk.tr("review.go")
            button = LinkButton(f"go.{problem.place}", text, f"{text} {label}", compact=True)
            button.clicked.connect(self._go_place)
            row.add(button)
        return box

    def _section(self, section: Section) -> Card:
        assert self._opened is not None
        title = self.desk.local(section.title)
        card = Card(f"review.{section.id}", title, gap=8, padding=20)
        card.body.addWidget(Heading(f"review.{section.id}.title", title, 2))
        for told in answers.lines(self.desk, self._opened, section):
            card.body.addLayout(self._line(told))
        return card

    def _line(self, told: answers.AnswerLine) -> QLayout:
        tr, row = self.desk.tr, Reflow(16, down=2)
        label = Muted(f"asked.{told.place}", told.label, small=False)
        label.setFixedWidth(self.desk.theme.px(220))
        row.add(label)
        words = ThaiLabel(f"answer.{told.place}", told.text or tr("review.empty"))
        words.setProperty("muted", not told.text)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cell = rows(gap=2)
        cell.addWidget(words)
        if told.unsure:
            cell.addWidget(Chip(f"unsure-flag.{told.place}", tr("review.unsure"), "warn"))
        for problem in told.problems[:3]:
            sentence = self.desk.workspace.texts.message(problem, self.desk.language)
            said = ThaiLabel(f"said.{told.place}", sentence)
            said.setProperty("tone", "bad" if problem.level is Level.STOP else "warn")
            said.setProperty("small", True)
            cell.addWidget(said)
        row.add(cell, 1)
        change = tr("review.change")
        button = LinkButton(f"change.{told.place}", change, f"{change} {told.label}", compact=True)
        button.clicked.connect(self._go_place)
        row.add(button)
        return row

    @Slot()
    def _go_place(self) -> None:
        place = self.sender().objectName().partition(".")[2]
        self._go("form", place=place)

    def _go(self, page: str, **more: str) -> None:
        if self._opened is not None:
            self.go.emit(page, {"draft": self._opened.draft.id, **more})

    @Slot()
    def _go_form(self) -> None:
        self._go("form")

    @Slot()
    def _go_portal(self) -> None:
        self._go("portal")

    @Slot()
    def _go_paper(self) -> None:
        self._go("paper")

    @Slot()
    def _go_sign(self) -> None:
        self._go("sign")
