"""What has changed: the events a business may have, and those written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from chutdiao.app.events import Happened, events_for, happened, plan_of, take_back
from chutdiao.app.workspace import Workspace
from chutdiao.domain.dates import show_date
from chutdiao.domain.life import LifeEvent, LifePlan
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    IconLabel,
    LinkButton,
    Muted,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    rows,
)

_BESIDE = 760  # narrower than this, the cards stand below each other


@dataclass(frozen=True, slots=True)
class _Seen:
    name: str
    events: tuple[LifeEvent, ...]
    happened: tuple[tuple[Happened, LifePlan], ...]


def _look(ws: Workspace, business: str) -> _Seen:
    known = ws.shelf.events()
    held = [one for one in happened(ws, business) if one.event in known]
    plans = tuple((one, plan_of(ws, business, one.event, one.day, one.answers)) for one in held)
    return _Seen(ws.businesses.get(business).name, events_for(ws, business), plans)


class EventsPage(Page):
    """Every event one can pick, and how far those are that happened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business = ""
        self._cards: list[Card] = []
        outer = rows(self, 0)
        self._scroll = Scroll("events.scroll", gap=14, margins=(30, 16, 30, 24))
        outer.addWidget(self._scroll)
        body = self._scroll.body
        titles = rows(None, 2)
        titles.addWidget(Heading("events.title", desk.tr("events.title")))
        self.subtitle = Muted("events.subtitle", "", small=False)
        titles.addWidget(self.subtitle)
        body.addLayout(titles)
        self._held = rows(None, 8)
        body.addLayout(self._held)
        self.ask = Heading("events.ask", desk.tr("events.ask"), 2)
        body.addWidget(self.ask)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(14)
        body.addLayout(self._grid)
        body.addStretch(1)

    def open(self, business: str = "", **_arguments: Any) -> None:
        """Show the events of a business."""
        self._business = business or self.desk.business
        if not self._business:
            self.go.emit("home", {})
            return
        workspace, wanted = self.desk.workspace, self._business
        self.desk.jobs.ask(lambda: _look(workspace, wanted), self._show, self.desk.tell_error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _show(self, seen: _Seen) -> None:
        self.subtitle.say(self.desk.tr("events.subtitle", business=seen.name))
        clear(self._held)
        if seen.happened:
            self._held.addWidget(Heading("events.held", self.desk.tr("events.held"), 2))
        for one, plan in seen.happened:
            self._held.addWidget(self._held_card(one, plan))
        clear(self._grid)
        self._cards = [self._card(event) for event in seen.events]
        self._lay_out()

    def _lay_out(self) -> None:
        across = 2 if self.width() >= self.desk.theme.px(_BESIDE) else 1
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // across, place % across)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def _card(self, event: LifeEvent) -> Card:
        desk, name = self.desk, f"event.{event.id}"
        card = Card(name, desk.local(event.title), gap=6)
        head = Reflow(10)
        head.add(IconLabel(f"{name}.icon", desk.theme, event.icon, "primary", 20))
        head.add(Heading(f"{name}.title", desk.local(event.title), 3), 1)
        begin = SecondaryButton(f"{name}.begin", desk.tr("events.begin"), compact=True)
        begin.setAccessibleName(f"{desk.tr('events.begin')}: {desk.local(event.title)}")
        begin.setProperty("event", event.id)
        begin.clicked.connect(self._begin)
        head.add(begin)
        card.body.addLayout(head)
        card.body.addWidget(Muted(f"{name}.summary", desk.local(event.summary)))
        card.body.addStretch(1)
        return card

    def _held_card(self, one: Happened, plan: LifePlan) -> Card:
        desk, name = self.desk, f"happened.{one.id}"
        title = desk.local(plan.event.title)
        card = Card(name, title, "true", gap=4, padding=14)
        head = Reflow(10)
        words = rows(None, 2)
        words.addWidget(Heading(f"{name}.title", f"{title} · {show_date(one.day, desk.language)}", 3))
        words.addWidget(ThaiLabel(f"{name}.next", self._next(one, plan)))
        head.add(words, 1)
        text, tone = self._state(one, plan)
        head.add(Chip(f"{name}.state", text, tone))
        for key, slot in (("open", self._open), ("forget", self._forget)):
            told = desk.tr(f"events.{key}")
            button = LinkButton(f"{name}.{key}", told, f"{told}: {title}", compact=True)
            button.setProperty("known", one.id)
            button.setProperty("event", one.event)
            button.clicked.connect(slot)
            head.add(button)
        card.body.addLayout(head)
        return card

    def _next(self, one: Happened, plan: LifePlan) -> str:
        left = [filing for filing in plan.filings if filing.filing.id not in one.done]
        if not left:
            return self.desk.tr("events.all-done")
        due = next((f for f in left if f.due is not None), left[0])
        title = self.desk.local(due.filing.title)
        if due.due is None:
            return title
        day: date = due.due.paper
        return self.desk.tr("events.next", title=title, day=show_date(day, self.desk.language, long=True))

    def _state(self, one: Happened, plan: LifePlan) -> tuple[str, str]:
        done = sum(f.filing.id in one.done for f in plan.filings)
        late = any(f.late and f.filing.id not in one.done for f in plan.filings)
        told = self.desk.tr("events.count", done=done, total=len(plan.filings))
        return told, "bad" if late else "ok" if done == len(plan.filings) else "info"

    @Slot()
    def _begin(self) -> None:
        self._go(str(self.sender().property("event")), {})

    @Slot()
    def _open(self) -> None:
        sender = self.sender()
        self._go(str(sender.property("event")), {"known": str(sender.property("known"))})

    def _go(self, event: str, more: Mapping[str, str]) -> None:
        self.go.emit("event", {"business": self._business, "event": event, **more})

    @Slot()
    def _forget(self) -> None:
        known, desk = str(self.sender().property("known")), self.desk
        text = desk.tr("events.forget.ask")
        if not desk.asker.confirm(desk.tr("events.forget"), text, desk.tr("events.forget"), danger=True):
            return
        workspace, business = desk.workspace, self._business
        desk.jobs.change(f"event:{known}", lambda: take_back(workspace, business, known), self._forgotten)

    def _forgotten(self, _: object) -> None:
        self.open(business=self._business)
