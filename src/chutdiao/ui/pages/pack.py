"""The forms one service takes together: each with its state, and all of them printed at once."""

from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import Draft
from chutdiao.app.whole_pack import (
    Disagreement,
    Enclosed,
    pack_differences,
    pack_forms,
    save_whole_pack,
)
from chutdiao.ui.desk import PDF, Desk
from chutdiao.ui.page import Page
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

_Seen = tuple[tuple[Enclosed, ...], tuple[Disagreement, ...]]


class PackPage(Page):
    """Opens any form of the pack, begun or not, and prints the whole of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business, self._step = "", ""
        outer = rows(self, 0)
        scroll = Scroll("pack.scroll", gap=12, margins=(30, 24, 30, 24))
        outer.addWidget(scroll)
        head = line(gap=12)
        head.addWidget(Heading("pack.title", desk.tr("pack.title")), 1)
        self.back = LinkButton("pack.back", desk.tr("pack.back"), compact=True)
        self.back.clicked.connect(self._go_back)
        head.addWidget(self.back)
        scroll.body.addLayout(head)
        scroll.body.addWidget(Muted("pack.line", desk.tr("pack.line"), small=False))
        self._cards = rows(None, 10)
        scroll.body.addLayout(self._cards)
        self.print = SecondaryButton("pack.print", desk.tr("pack.print"))
        self.print.picture(desk.theme, "download")
        self.print.clicked.connect(self._print)
        below = line(gap=12)
        below.addWidget(self.print)
        below.addStretch(1)
        scroll.body.addLayout(below)
        self.said = ThaiLabel("pack.said", "")
        self.said.setProperty("tone", "ok")
        self.said.hide()
        scroll.body.addWidget(self.said)
        scroll.body.addStretch(1)
        desk.bus.changed.connect(self._changed)

    def open(self, **arguments: Any) -> None:
        """Show the pack of a step of a business."""
        self._business = str(arguments.get("business", "") or self.desk.business)
        self._step = str(arguments.get("step", ""))
        self.said.hide()
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & {"drafts", "outbox"}:
            self._read()

    def _read(self) -> None:
        workspace, business, step = self.desk.workspace, self._business, self._step

        def look() -> _Seen:
            return pack_forms(workspace, business, step), pack_differences(workspace, business, step)

        self.desk.jobs.ask(look, self._show, self.desk.tell_error)

    def _show(self, seen: _Seen) -> None:
        forms, differing = seen
        clear(self._cards)
        if differing:
            self._cards.addWidget(self._differing(differing))
        first = next((one.form for one in forms if not one.ready and not one.optional), "")
        for one in forms:
            self._cards.addWidget(self._card(one, one.form == first))
        self.print.setEnabled(bool(forms))

    def _differing(self, found: tuple[Disagreement, ...]) -> Card:
        told = self.desk.tr("pack.differs")
        card = Card("pack.differs", told, "warn", gap=4, padding=16)
        card.body.addWidget(Heading("pack.differs.title", told, 3))
        for number, one in enumerate(found):
            said = " · ".join(f"{form}: {value}" for form, value in one.said)
            card.body.addWidget(ThaiLabel(f"pack.differs.{number}", f"{self.desk.local(one.label)} — {said}"))
        return card

    def _card(self, one: Enclosed, now: bool) -> Card:
        desk, name = self.desk, f"pack.{one.form}"
        title = " ".join(part for part in (one.code, desk.local(one.title)) if part)
        card = Card(name, title, "now" if now else "true", gap=2)
        row = line(None, 12)
        row.addWidget(Heading(f"{name}.title", title, 3, wrap=True), 1)
        text, tone = self._state(one)
        row.addWidget(Chip(f"{name}.state", text, tone))
        told = desk.tr("pack.view" if one.locked else "pack.continue" if one.draft else "pack.start")
        button = (PrimaryButton if now else SecondaryButton)(f"{name}.open", told, compact=True)
        button.setAccessibleName(f"{told}: {title}")
        button.setProperty("form", one.form)
        button.setProperty("draft", one.draft)
        button.setProperty("page", "review" if one.locked else "form")
        button.clicked.connect(self._open)
        row.addWidget(button)
        card.body.addLayout(row)
        return card

    def _state(self, one: Enclosed) -> tuple[str, str]:
        tr = self.desk.tr
        if one.locked:
            return tr("pack.state.sent"), "info"
        if one.ready:
            return tr("pack.state.ready"), "ok"
        if one.draft:
            return tr("pack.state.mend", n=one.stops), "warn"
        return tr("pack.state.optional" if one.optional else "pack.state.new"), "plain"

    @Slot()
    def _open(self) -> None:
        button = self.sender()
        draft, form = str(button.property("draft") or ""), str(button.property("form"))
        if draft:
            self.go.emit(str(button.property("page")), {"draft": draft})
            return
        workspace, today = self.desk.workspace, self.desk.today()
        work = partial(open_draft, workspace, self._business, self._step, form, today)
        self.desk.jobs.change(f"open:{self._business}:{self._step}:{form}", work, self._begun)

    def _begun(self, draft: Draft) -> None:
        self.desk.bus.changed.emit(frozenset({"drafts"}))
        self.go.emit("form", {"draft": draft.id})

    @Slot()
    def _print(self) -> None:
        tr = self.desk.tr
        path = self.desk.asker.save_file(tr("pack.print"), f"{self._step}.pdf", PDF)
        if path:
            workspace, language = self.desk.workspace, self.desk.language
            work = partial(save_whole_pack, workspace, self._business, self._step, language, path)
            self.desk.jobs.ask(work, self._printed, self.desk.tell_error)

    def _printed(self, path: str) -> None:
        self.said.say(self.desk.tr("preview.saved", path=path))
        self.said.show()

    @Slot()
    def _go_back(self) -> None:
        self.go.emit("roadmap", {"business": self._business})
