"""The forms of the business at work: those being filled in, those sent, those that do not open."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from chutdiao.app.ports import Draft
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import DraftState
from chutdiao.domain.text import LocalText
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.page import Page
from chutdiao.ui.pages.say import day_text
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    Muted,
    PrimaryButton,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    rows,
)

_TONES = {DraftState.EDITING: "info", DraftState.READY: "ok", DraftState.LOCKED: "plain"}
_Seen = tuple[Sequence[Draft], Mapping[str, LocalText], Sequence[tuple[str, str]]]


class DraftsPage(Page):
    """Newest first; an empty list says where forms come from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = rows(self, 0)
        scroll = Scroll("drafts.scroll", gap=12, margins=(30, 24, 30, 24))
        outer.addWidget(scroll)
        scroll.body.addWidget(Heading("drafts.title", desk.tr("nav.drafts"), wrap=False))
        scroll.body.addWidget(Muted("drafts.line", desk.tr("drafts.line"), small=False))
        self._cards = rows(None, 12)
        scroll.body.addLayout(self._cards)
        scroll.body.addStretch(1)
        desk.bus.changed.connect(self._changed)

    def open(self, **_arguments: Any) -> None:
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & {"drafts", "outbox"}:
            self._read()

    def _read(self) -> None:
        workspace, business = self.desk.workspace, self.desk.business

        def look() -> _Seen:
            drafts = sorted(
                workspace.drafts.for_business(business), key=lambda draft: draft.updated_at, reverse=True
            )
            titles: dict[str, LocalText] = {}
            for draft in drafts:
                try:
                    titles[draft.form] = workspace.shelf.load(draft.form, draft.version).title
                except (ChutdiaoError, KeyError):
                    titles[draft.form] = LocalText(draft.form, draft.form)
            return drafts, titles, workspace.drafts.quarantined()

        self.desk.jobs.ask(look, self._show)

    def _show(self, seen: _Seen) -> None:
        drafts, titles, broken = seen
        clear(self._cards)
        for draft_id, reason in broken:
            self._cards.addWidget(self._broken(draft_id, reason))
        for place, draft in enumerate(drafts):
            self._cards.addWidget(self._card(draft, self.desk.local(titles[draft.form]), place == 0))
        if not drafts and not broken:
            self._cards.addWidget(self._empty())

    def _card(self, draft: Draft, title: str, first: bool) -> Card:
        desk, name = self.desk, f"draft.{draft.id}"
        card = Card(name, title)
        row = Reflow(12)
        words = rows(None, 2)
        head = FlowLayout(across=10)
        head.addWidget(Heading(f"{name}.title", title, 3))
        state = desk.tr(f"drafts.state.{draft.state.value}")
        head.addWidget(Chip(f"{name}.state", state, _TONES[draft.state]))
        words.addLayout(head)
        words.addWidget(
            Muted(f"{name}.changed", desk.tr("drafts.changed", at=day_text(draft.updated_at, desk)))
        )
        row.add(words, 1)
        locked = draft.state == DraftState.LOCKED
        kind = PrimaryButton if first and not locked else SecondaryButton
        button = kind(f"{name}.open", desk.tr("drafts.view" if locked else "drafts.open"), compact=True)
        button.setAccessibleName(f"{button.text()}: {title}")
        button.setProperty("draft", draft.id)
        button.setProperty("page", "review" if locked else "form")
        button.clicked.connect(self._open)
        row.add(button)
        card.body.addLayout(row)
        return card

    def _broken(self, draft_id: str, reason: str) -> Card:
        desk, name = self.desk, f"broken.{draft_id}"
        card = Card(name, desk.tr("drafts.broken"), "bad")
        row = Reflow(12)
        words = rows(None, 2)
        words.addWidget(Heading(f"{name}.title", desk.tr("drafts.broken"), 3))
        words.addWidget(ThaiLabel(f"{name}.reason", reason))
        row.add(words, 1)
        save = SecondaryButton(f"{name}.save", desk.tr("drafts.broken.save"), compact=True)
        save.setProperty("draft", draft_id)
        save.clicked.connect(self._save_broken)
        row.add(save)
        card.body.addLayout(row)
        return card

    def _empty(self) -> Card:
        desk = self.desk
        card = Card("drafts.empty", desk.tr("drafts.empty"), gap=10, padding=28)
        card.body.addWidget(Heading("drafts.empty.title", desk.tr("drafts.empty"), 2))
        card.body.addWidget(ThaiLabel("drafts.empty.next", desk.tr("drafts.empty.next")))
        button = PrimaryButton("drafts.empty.do", desk.tr("drafts.empty.do"))
        button.clicked.connect(self._to_roadmap)
        card.body.addWidget(button)
        return card

    @Slot()
    def _open(self) -> None:
        button = self.sender()
        self.go.emit(str(button.property("page")), {"draft": str(button.property("draft"))})

    @Slot()
    def _to_roadmap(self) -> None:
        self.go.emit("roadmap", {"business": self.desk.business})

    @Slot()
    def _save_broken(self) -> None:
        desk, draft = self.desk, str(self.sender().property("draft"))
        read = partial(desk.workspace.drafts.quarantined_bytes, draft)
        desk.save_as(desk.tr("drafts.broken.save"), f"{draft}.bin", read, self._saved)

    def _saved(self, path: str) -> None:
        self.desk.tell(self.desk.tr("vault.saved", path=path))
