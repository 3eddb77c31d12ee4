"""Our answers in the order of the agency's own site, each with a copy button."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from chutdiao.app.filing import record_filing
from chutdiao.app.opened import OpenedForm, open_form
from chutdiao.app.ports import Submission
from chutdiao.domain.form import Portal, PortalStep
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages import answers
from chutdiao.ui.pages.record_card import RecordCard
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    Muted,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    rows,
)


class PortalPage(Page):
    """Guides a person through the agency's site; nothing is sent from here."""

    channel = "portal"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedForm | None = None
        self._copies: dict[QPushButton, str] = {}
        column = rows(self, 14, (30, 16, 30, 16))
        head = Reflow(12)
        words = rows(gap=0)
        words.addWidget(Heading(f"{self.channel}.title", desk.tr(f"{self.channel}.title"), 1))
        self.subtitle = Muted(f"{self.channel}.subtitle", "", small=False)
        words.addWidget(self.subtitle)
        head.add(words, 1)
        self.back = SecondaryButton("back", desk.tr(f"{self.channel}.back"))
        self.back.clicked.connect(self._go_back)
        head.add(self.back)
        column.addLayout(head)
        across = line(gap=20)
        self._scroll = Scroll(f"{self.channel}-scroll", 14, (0, 0, 2, 0))
        across.addWidget(self._scroll, 1)
        side = Scroll(f"{self.channel}-side", 12, (0, 0, 0, 0))
        side.setMinimumWidth(desk.theme.px(330))
        side.setMaximumWidth(desk.theme.px(360))
        self.record = RecordCard(desk)
        self.record.recorded.connect(self._recorded)
        side.body.addWidget(self.record)
        side.body.addStretch(1)
        across.addWidget(side)
        column.addLayout(across, 1)
        self._across = across

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the record stands below the answers."""
        super().resizeEvent(event)
        down = self.width() - 60 < self.desk.theme.px(400 + 360) + 20
        way = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)

    def open(self, **arguments: Any) -> None:
        """Show a draft's answers in the portal's order."""
        self.record.begin()
        work = partial(open_form, self.desk.workspace, str(arguments.get("draft", "")))
        self.desk.jobs.ask(work, self._show, self.desk.tell_error)

    def _show(self, opened: OpenedForm) -> None:
        self._opened = opened
        form = opened.form
        name = " ".join(part for part in (form.code, self.desk.local(form.title)) if part)
        self.subtitle.say(f"{name} · {self.desk.local(opened.agency)}")
        clear(self._scroll.body)
        self._copies.clear()
        self.fill(opened)
        self._scroll.body.addStretch(1)

    def fill(self, opened: OpenedForm) -> None:
        """Put the cards of this channel into the page."""
        portal = opened.form.portal
        if portal is None:
            self._scroll.body.addWidget(Muted("portal.none", self.desk.tr("portal.none"), small=False))
            return
        self.add(self._address(portal))
        for number, step in enumerate(portal.steps, 1):
            self.add(self._step(opened, number, step))

    def add(self, card: QWidget) -> None:
        self._scroll.body.addWidget(card)

    def _address(self, portal: Portal) -> Card:
        tr = self.desk.tr
        card = Card("portal.address-card", tr("portal.address"), gap=8, padding=20)
        head = Reflow(10)
        head.add(Heading("portal.name", self.desk.local(portal.name), 2), 1)
        if not portal.verified:
            chip = Chip("portal.unverified", tr("form.unverified"), "warn")
            chip.setToolTip(tr("portal.unverified"))
            head.add(chip)
        card.body.addLayout(head)
        if not portal.verified:
            card.body.addWidget(Muted("portal.unverified-note", tr("portal.unverified")))
        row = Reflow(10)
        address = ThaiLabel("portal.address", portal.address, wrap=False)
        address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.add(address, 1)
        row.add(self._copy("address", portal.address, tr("portal.address")))
        open_site = SecondaryButton("portal.open", tr("portal.open"), compact=True)
        open_site.picture(self.desk.theme, "external-link", size=16)
        open_site.clicked.connect(self._open_site)
        row.add(open_site)
        card.body.addLayout(row)
        return card

    def _step(self, opened: OpenedForm, number: int, step: PortalStep) -> Card:
        tr = self.desk.tr
        card = Card(f"portal.step.{number}", tr("portal.step", n=number), gap=6, padding=20)
        card.body.addWidget(Heading(f"portal.step.{number}.title", tr("portal.step", n=number), 3))
        card.body.addWidget(ThaiLabel(f"portal.step.{number}.say", self.desk.local(step.say)))
        for name in step.fields:
            field = opened.form.field(name)
            told = answers.answer(self.desk, opened, field) if field is not None else None
            if told is None:
                continue
            label = Muted(f"portal.asked.{name}", told.label, small=False)
            label.setFixedWidth(self.desk.theme.px(210))
            row = Reflow(16, down=2)
            row.add(label)
            shown = ThaiLabel(f"portal.answer.{name}", told.text or tr("portal.empty"))
            shown.setProperty("muted", not told.text)
            row.add(shown, 1)
            if told.text:
                row.add(self._copy(name, told.text, told.label))
            card.body.addLayout(row)
        return card

    def _copy(self, name: str, text: str, label: str) -> SecondaryButton:
        told = self.desk.tr("portal.copy")
        button = SecondaryButton(f"copy.{name}", told, f"{told} {label}", compact=True)
        button.picture(self.desk.theme, "copy", size=16)
        button.clicked.connect(self._copied)
        self._copies[button] = text
        return button

    @Slot()
    def _copied(self) -> None:
        button = self.sender()
        text = self._copies.get(button)
        if text is not None:
            QGuiApplication.clipboard().setText(text)
            button.setText(self.desk.tr("portal.copied"))

    @Slot()
    def _open_site(self) -> None:
        if self._opened is not None and self._opened.form.portal is not None:
            QDesktopServices.openUrl(QUrl(self._opened.form.portal.address))

    @Slot(str, str, str)
    def _recorded(self, number: str, day: str, scan: str) -> None:
        if self._opened is None:
            return
        draft = self._opened.draft.id
        work = partial(record_filing, self.desk.workspace, draft, self.channel, number, day, scan)
        self.desk.jobs.change(f"record:{draft}", work, self._was_recorded)

    def _was_recorded(self, done: Submission | tuple[Problem, ...]) -> None:
        if isinstance(done, tuple):
            self.record.refuse(done)
            return
        self.desk.bus.changed.emit(frozenset({"drafts", "outbox", "cases", "files"}))
        self.desk.tell(self.desk.tr("record.done"))
        self.go.emit("tracking", {"submission": done.id})

    @Slot()
    def _go_back(self) -> None:
        if self._opened is not None:
            self.go.emit("review", {"draft": self._opened.draft.id})
