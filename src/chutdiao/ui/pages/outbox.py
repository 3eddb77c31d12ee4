"""Everything sent or waiting to be sent, with the words of every attempt."""

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from chutdiao.app.ports import Attempt, Submission
from chutdiao.app.save_file import save_bytes
from chutdiao.app.workspace import Workspace
from chutdiao.domain.submission import SubmissionState
from chutdiao.domain.text import LocalText
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.page import Page
from chutdiao.ui.pages.moments import moment
from chutdiao.ui.pages.tones import SENT_TONES
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
    rows,
)

Row = tuple[Submission, str, LocalText, str]
_ATTEMPTS_SHOWN = 4


class OutboxPage(Page):
    """Reads the outbox when shown and whenever it is written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[str, Submission] = {}
        column = rows(self, 14, (30, 16, 30, 16))
        words = rows(gap=0)
        words.addWidget(Heading("outbox.title", desk.tr("outbox.title"), 1))
        words.addWidget(Muted("outbox.subtitle", desk.tr("outbox.subtitle"), small=False))
        column.addLayout(words)
        self._scroll = Scroll("outbox-scroll", 12, (0, 0, 2, 0))
        column.addWidget(self._scroll, 1)
        desk.bus.changed.connect(self._changed)

    def open(self, **arguments: Any) -> None:  # noqa: ARG002
        """Show the outbox of the profile."""
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & {"outbox", "cases"}:
            self._read()

    def _read(self) -> None:
        self.desk.jobs.ask(partial(_read_rows, self.desk.workspace), self._show, self.desk.tell_error)

    def _show(self, found: list[Row]) -> None:
        clear(self._scroll.body)
        self._rows = {sent.id: sent for sent, *_ in found}
        if not found:
            self._scroll.body.addWidget(self._empty())
        for sent, code, name, business in found:
            title = " ".join(part for part in (code, self.desk.local(name)) if part)
            self._scroll.body.addWidget(self._card(sent, title, business))
        self._scroll.body.addStretch(1)

    def _empty(self) -> Card:
        tr = self.desk.tr
        card = Card("outbox.empty", tr("outbox.empty"), gap=8, padding=28)
        card.body.addWidget(Heading("outbox.empty.title", tr("outbox.empty"), 2))
        card.body.addWidget(Muted("outbox.empty.next", tr("outbox.empty.next"), small=False))
        home = PrimaryButton("next", tr("outbox.home"))
        home.clicked.connect(self._go_home)
        card.body.addWidget(home)
        return card

    def _card(self, sent: Submission, title: str, business: str) -> Card:
        tr = self.desk.tr
        state = tr(f"outbox.state.{sent.state}")
        card = Card(f"sent.{sent.id}", f"{title} {state}", gap=6, padding=20)
        head = Reflow(12)
        head.add(Heading(f"sent.{sent.id}.title", title, 2), 1)
        head.add(Chip(f"sent.{sent.id}.state", state, SENT_TONES[sent.state]))
        card.body.addLayout(head)
        told = (business, sent.number, moment(self.desk, sent.recorded_on or sent.queued_at))
        card.body.addWidget(Muted(f"sent.{sent.id}.about", " · ".join(t for t in told if t), small=False))
        for problem in sent.problems:
            texts, language = self.desk.workspace.texts, self.desk.language
            said = f"{texts.message(problem, language)} {texts.cure(problem, language)}".strip()
            label = ThaiLabel(f"sent.{sent.id}.{problem.code}", said)
            label.setProperty("tone", "bad")
            card.body.addWidget(label)
        for number, attempt in enumerate(sent.attempts[-_ATTEMPTS_SHOWN:]):
            card.body.addWidget(Muted(f"sent.{sent.id}.attempt.{number}", self._attempt(attempt)))
        card.body.addLayout(self._buttons(sent, title))
        return card

    def _attempt(self, attempt: Attempt) -> str:
        outcome = self.desk.tr(f"outbox.outcome.{attempt.outcome}")
        if outcome.startswith("outbox."):
            outcome = attempt.outcome
        status = str(attempt.status) if attempt.status else ""
        # What the server said of a success is its receipt, which is kept and verified elsewhere;
        # without an answer the words are the network's own, which only the exported file needs.
        silent = attempt.outcome == "accepted" or not attempt.status
        words = "" if silent else " ".join(part for part in (status, attempt.words[:200]) if part)
        return " · ".join(part for part in (moment(self.desk, attempt.at), outcome, words) if part)

    def _buttons(self, sent: Submission, title: str) -> object:
        tr = self.desk.tr
        row = FlowLayout(across=8, down=6)
        told = tr("outbox.open")
        show = SecondaryButton(f"open.{sent.id}", told, f"{told} {title}", compact=True)
        show.clicked.connect(self._open)
        row.addWidget(show)
        if sent.state is SubmissionState.STOPPED:
            retry = SecondaryButton(
                f"retry.{sent.id}", tr("outbox.retry"), f"{tr('outbox.retry')} {title}", compact=True
            )
            retry.clicked.connect(self._retry)
            row.addWidget(retry)
        export = LinkButton(
            f"export.{sent.id}", tr("outbox.export"), f"{tr('outbox.export')} {title}", compact=True
        )
        export.clicked.connect(self._export)
        row.addWidget(export)
        return row

    def _sender(self) -> Submission | None:
        button = self.sender()
        name = button.objectName().partition(".")[2] if isinstance(button, QPushButton) else ""
        return self._rows.get(name)

    @Slot()
    def _open(self) -> None:
        sent = self._sender()
        if sent is not None:
            self.go.emit("tracking", {"submission": sent.id})

    @Slot()
    def _retry(self) -> None:
        sent = self._sender()
        if sent is not None:
            work = partial(self.desk.workspace.outbox.retry, sent.id)
            self.desk.jobs.change(f"retry:{sent.id}", work, self._retried)

    def _retried(self, _: object) -> None:
        self.desk.bus.changed.emit(frozenset({"outbox"}))

    @Slot()
    def _export(self) -> None:
        sent = self._sender()
        if sent is None:
            return
        path = self.desk.asker.save_file(self.desk.tr("outbox.export"), f"{sent.form}-{sent.id[:8]}.json")
        if path:
            work = partial(_write, path, sent)
            self.desk.jobs.change(f"save:{path}", work, self._exported)

    def _exported(self, path: str) -> None:
        self.desk.tell(self.desk.tr("outbox.exported", path=path))

    @Slot()
    def _go_home(self) -> None:
        self.go.emit("home", {})


def _write(path: str, sent: Submission) -> str:
    """Write the submission and, beside it, every attempt with the server's words whole."""
    if sent.attempts:
        target = Path(path)
        told = json.dumps([asdict(attempt) for attempt in sent.attempts], ensure_ascii=False, indent=2)
        save_bytes(str(target.with_name(f"{target.stem}-attempts.json")), told.encode())
    return save_bytes(path, sent.envelope.encode())


def _read_rows(ws: Workspace) -> list[Row]:
    names = {business.id: business.name for business in ws.businesses.all()}
    found = []
    for sent in sorted(ws.outbox.all(), key=lambda s: -s.sequence):
        form = ws.shelf.load(sent.form, sent.version)
        found.append((sent, form.code, form.title, names.get(sent.business, "")))
    return found
