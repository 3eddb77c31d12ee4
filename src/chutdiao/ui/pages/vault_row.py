"""One document of the vault: what it is, until when it holds, who used it, and what to do with it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from chutdiao.app.ports import Document
from chutdiao.app.vault import SYSTEM, Held, Use
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.pages.say import day_text, size_text
from chutdiao.ui.widgets import (
    Chip,
    IconLabel,
    LinkButton,
    Muted,
    ThaiLabel,
    rows,
)

_ICONS = {"licence": "scroll-text", "receipt": "file-check", "signature": "shield-check", "scan": "image"}
_USES_SHOWN = 4


class DocumentRow(QWidget):
    """Says everything about one document; buttons ask the page to act."""

    wanted = Signal(str, str)  # what to do (open, save, edit, renew, delete) and the document's id
    use_wanted = Signal(str, str)  # the kind of a filing (submission, draft) and its id

    def __init__(self, desk: Desk, held: Held, icon: str) -> None:
        super().__init__()
        self._desk, self.held = desk, held
        document = held.document
        self._name = f"document.{document.id}"
        self.setObjectName(f"{self._name}.row")
        self._picture = _ICONS.get(document.kind, icon or "file-text")
        words = rows(self, 3)
        self._title = document.title or document.name
        words.addLayout(self._head(document))
        words.addWidget(Muted(f"{self._name}.facts", self._facts(document)))
        words.addLayout(self._uses())
        texts, language = desk.workspace.texts, desk.language
        for place, note in enumerate(held.notes):
            said = f"{texts.message(note, language)} — {texts.cure(note, language)}"
            told = ThaiLabel(f"{self._name}.note.{place}", said)
            told.setProperty("tone", "bad" if note.code == "paper.expired" else "warn")
            told.setProperty("small", True)
            words.addWidget(told)
        for place, old in enumerate(held.earlier):
            words.addLayout(self._earlier(place, old))
        buttons = FlowLayout(across=14)
        for button in self._buttons(document):
            buttons.addWidget(button)
        words.addLayout(buttons)

    def _head(self, document: Document) -> QLayout:
        desk, title = self._desk, FlowLayout(across=10)
        title.addWidget(IconLabel(f"{self._name}.icon", desk.theme, self._picture, "plain_ink"))
        label = ThaiLabel(f"{self._name}.title", self._title)
        label.setProperty("strong", True)
        title.addWidget(label)
        codes = {note.code for note in self.held.notes}
        if document.expires_on:
            until = desk.tr("vault.until", day=day_text(document.expires_on, desk))
            tone = "bad" if "paper.expired" in codes else "warn" if "paper.expiring" in codes else "ok"
            title.addWidget(Chip(f"{self._name}.until", until, tone))
        if any(code.startswith("paper.too-old") for code in codes):
            title.addWidget(Chip(f"{self._name}.old", desk.tr("vault.too-old"), "warn"))
        return title

    def _facts(self, document: Document) -> str:
        desk = self._desk
        issued = desk.tr("vault.issued", day=day_text(document.issued_on, desk)) if document.issued_on else ""
        name = document.name if document.title else ""
        return " · ".join(part for part in (issued, name, size_text(document.size)) if part)

    def _uses(self) -> QLayout:
        desk, row = self._desk, FlowLayout(across=8)
        uses = self.held.uses
        if not uses:
            row.addWidget(Muted(f"{self._name}.unused", desk.tr("vault.unused")))
            return row
        row.addWidget(Muted(f"{self._name}.used", desk.tr("vault.used", n=len(uses))))
        for use in uses[:_USES_SHOWN]:
            button = LinkButton(f"{self._name}.use.{use.id}", self._use_text(use), compact=True)
            button.setProperty("use", use.kind)
            button.setProperty("filing", use.id)
            button.clicked.connect(self._open_use)
            row.addWidget(button)
        if len(uses) > _USES_SHOWN:
            more = desk.tr("vault.used.more", n=len(uses) - _USES_SHOWN)
            row.addWidget(Muted(f"{self._name}.used.more", more))
        return row

    def _use_text(self, use: Use) -> str:
        desk = self._desk
        title = desk.local(use.title)
        if use.kind == "draft":
            return desk.tr("vault.use.draft", title=title)
        return desk.tr("vault.use.sent", title=title, number=use.number, day=day_text(use.at, desk)).strip()

    def _earlier(self, place: int, old: Document) -> QLayout:
        desk, row = self._desk, FlowLayout(across=8)
        issued = day_text(old.issued_on or old.added_at, desk)
        told = desk.tr("vault.earlier", name=old.name, day=issued)
        row.addWidget(Muted(f"{self._name}.earlier.{place}", told))
        row.addWidget(self._button(LinkButton, "open", old))
        return row

    def _buttons(self, document: Document) -> list[QPushButton]:
        made = [self._button(LinkButton, "open", document), self._button(LinkButton, "save", document)]
        if document.kind not in SYSTEM:
            made.append(self._button(LinkButton, "edit", document))
            made.append(self._button(LinkButton, "renew", document))
        if document.kind != "signature":
            made.append(self._button(LinkButton, "delete", document))
        return made

    def _button(self, kind: type, key: str, document: Document) -> QPushButton:
        told = self._desk.tr(f"vault.{key}")
        button: QPushButton = kind(f"document.{document.id}.{key}", told, compact=True)
        button.setAccessibleName(f"{told}: {document.title or document.name}")
        button.setProperty("what", key)
        button.setProperty("document", document.id)
        button.clicked.connect(self._pressed)
        return button

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        self.wanted.emit(str(sender.property("what")), str(sender.property("document")))

    @Slot()
    def _open_use(self) -> None:
        sender = self.sender()
        self.use_wanted.emit(str(sender.property("use")), str(sender.property("filing")))
