"""The papers of one filing: what was sent, what went with it, what came back."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from chutdiao.app.attachments import size_words
from chutdiao.app.following import Followed, sent_paper
from chutdiao.app.ports import Document
from chutdiao.ui.desk import PDF, Desk
from chutdiao.ui.widgets import Card, Heading, IconLabel, LinkButton, Muted, line

_BY_FILE = ("licence", "receipt", "signature", "attachment", "scan")


class CaseDocuments(Card):
    """Each saved by a press on its name."""

    def __init__(self, desk: Desk, followed: Followed) -> None:
        super().__init__("case-documents", desk.tr("tracking.documents"), gap=8, padding=20)
        self._desk, self._followed = desk, followed
        self._saves: dict[QPushButton, Document] = {}
        self.body.addWidget(Heading("case-documents.title", desk.tr("tracking.documents"), 3))
        paper = LinkButton("sent-paper", desk.tr("tracking.paper"), compact=True)
        paper.clicked.connect(self._save_paper)
        row = line(gap=10)
        row.addWidget(IconLabel("kind.paper", desk.theme, "file-text", "plain_ink"))
        row.addWidget(paper, 1)
        row.addStretch(1)
        self.body.addLayout(row)
        for document in followed.documents:
            self.body.addWidget(self._document(document))

    def _document(self, document: Document) -> QWidget:
        box = QWidget()
        row = line(box, 10)
        picture = {"attachment": "paperclip", "licence": "file-check"}.get(document.kind, "file-text")
        row.addWidget(IconLabel(f"kind.{document.id}", self._desk.theme, picture, "plain_ink"))
        called = self._called(document)
        told = self._desk.tr("tracking.save", name=called)
        name = LinkButton(f"document.{document.id}", called, told, compact=True)
        name.clicked.connect(self._save)
        self._saves[name] = document
        row.addWidget(name, 1)
        row.addStretch(1)
        row.addWidget(Muted(f"size.{document.id}", size_words(document.size), wrap=False))
        return box

    def _called(self, document: Document) -> str:
        """A drawn signature has no name of its own; what the person keeps is called as they call it."""
        if document.kind == "signature" and document.type.startswith("image/"):
            return self._desk.tr("tracking.drawn")
        return document.name if document.kind in _BY_FILE else document.title or document.name

    @Slot()
    def _save(self) -> None:
        document = self._saves.get(self.sender())
        if document is None:
            return
        read = partial(self._desk.workspace.files.read, document.sha256)
        title = self._desk.tr("tracking.save", name=document.name)
        self._desk.save_as(title, document.name, read, self._was_saved)

    @Slot()
    def _save_paper(self) -> None:
        sent, ws, language = self._followed.submission, self._desk.workspace, self._desk.language
        draw, name = partial(sent_paper, ws, sent.id, language), f"{sent.form}-{sent.id[:8]}.pdf"
        self._desk.save_as(self._desk.tr("tracking.paper"), name, draw, self._was_saved, PDF)

    def _was_saved(self, path: str) -> None:
        self._desk.tell(self._desk.tr("tracking.saved", path=path))
