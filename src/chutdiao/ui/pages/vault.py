"""Documents of the business: licences, receipts, attachments; open or save each."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot

from chutdiao.app.ports import Document
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.page import Page
from chutdiao.ui.pages.say import day_text, size_text
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    IconLabel,
    LinkButton,
    Muted,
    Rule,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    rows,
)

_KINDS = ("licence", "receipt", "signature", "scan", "attachment")
_ICONS = {"licence": "scroll-text", "receipt": "file-check", "signature": "shield-check", "scan": "image"}
_TONES = {"licence": "ok", "receipt": "info"}


class VaultPage(Page):
    """Newest first, by kind; an empty vault says what will come here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = rows(self, 0)
        scroll = Scroll("vault.scroll", gap=14, margins=(30, 24, 30, 24))
        outer.addWidget(scroll)
        scroll.body.addWidget(Heading("vault.title", desk.tr("nav.vault"), wrap=False))
        scroll.body.addWidget(Muted("vault.line", desk.tr("vault.line"), small=False))
        self._lists = rows(None, 14)
        scroll.body.addLayout(self._lists)
        scroll.body.addStretch(1)
        self._documents: dict[str, Document] = {}
        # Copies handed to the system's viewer; gone when the page goes.
        self._shown: tempfile.TemporaryDirectory[str] | None = None
        desk.bus.changed.connect(self._changed)

    def open(self, **_arguments: Any) -> None:
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & {"files", "cases", "outbox"}:
            self._read()

    def _read(self) -> None:
        files, business = self.desk.workspace.files, self.desk.business
        self.desk.jobs.ask(lambda: files.documents(business), self._show)

    def _show(self, documents: Sequence[Document]) -> None:
        clear(self._lists)
        self._documents = {document.id: document for document in documents}
        others = sorted({d.kind for d in documents} - set(_KINDS))
        for kind in (*_KINDS, *others):
            found = [d for d in documents if d.kind == kind]
            if found:
                found.sort(key=lambda document: document.added_at, reverse=True)
                self._lists.addWidget(self._card(kind, found))
        if not documents:
            card = Card("vault.empty", self.desk.tr("vault.empty"), padding=28)
            card.body.addWidget(Heading("vault.empty.title", self.desk.tr("vault.empty"), 2))
            card.body.addWidget(ThaiLabel("vault.empty.next", self.desk.tr("vault.empty.next")))
            self._lists.addWidget(card)

    def _card(self, kind: str, documents: Sequence[Document]) -> Card:
        desk = self.desk
        title = desk.tr(f"vault.kind.{kind}")
        card = Card(f"vault.{kind}", title, gap=8)
        card.body.addWidget(Heading(f"vault.{kind}.title", title, 2))
        for place, document in enumerate(documents):
            if place:
                card.body.addWidget(Rule(f"vault.{kind}.rule.{place}"))
            card.body.addLayout(self._row(document))
        return card

    def _row(self, document: Document) -> Any:
        desk, name = self.desk, f"document.{document.id}"
        row = Reflow(12)
        icon = IconLabel(f"{name}.icon", desk.theme, _ICONS.get(document.kind, "file-text"), "plain_ink")
        row.add(icon)
        words = rows(None, 0)
        title = FlowLayout(across=10)
        label = ThaiLabel(f"{name}.title", document.title or document.name)
        label.setProperty("strong", True)
        title.addWidget(label)
        if document.expires_on:
            until = desk.tr("vault.until", day=day_text(document.expires_on, desk))
            title.addWidget(Chip(f"{name}.until", until, _TONES.get(document.kind, "plain")))
        words.addLayout(title)
        facts = [document.name if document.title else "", size_text(document.size), document.source]
        if document.issued_on:
            facts.insert(0, desk.tr("vault.issued", day=day_text(document.issued_on, desk)))
        words.addWidget(Muted(f"{name}.facts", " · ".join(fact for fact in facts if fact)))
        row.add(words, 1)
        for kind, key, slot in ((LinkButton, "open", self._open), (SecondaryButton, "save", self._save)):
            button = kind(f"{name}.{key}", desk.tr(f"vault.{key}"), compact=True)
            button.setAccessibleName(f"{button.text()}: {label.said}")
            button.setProperty("document", document.id)
            button.clicked.connect(slot)
            row.add(button)
        return row

    def _pressed(self) -> Document:
        return self._documents[str(self.sender().property("document"))]

    @Slot()
    def _open(self) -> None:
        document = self._pressed()
        if self._shown is None:
            self._shown = tempfile.TemporaryDirectory(prefix="chutdiao-")
        self._write(
            document, Path(self._shown.name) / (Path(document.name).name or document.id), self._written
        )

    @Slot()
    def _save(self) -> None:
        document = self._pressed()
        path = self.desk.asker.save_file(self.desk.tr("vault.save"), document.name)
        if path:
            self._write(document, Path(path), self._saved)

    def _write(self, document: Document, path: Path, then: Any) -> None:
        files = self.desk.workspace.files

        def copy() -> str:
            path.write_bytes(files.read(document.sha256))
            return str(path)

        self.desk.jobs.ask(copy, then, self._failed)

    def _written(self, path: str) -> None:
        self.desk.asker.show_file(path)

    def _saved(self, path: str) -> None:
        self.desk.tell(self.desk.tr("vault.saved", path=path))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self.desk.tell(self.desk.tr("error.file", words=error.strerror or ""), "bad")
        else:
            self.desk.tell_error(error)
