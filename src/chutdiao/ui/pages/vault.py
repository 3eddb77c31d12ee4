"""Documents of the business: added once, used by many filings; open, save, renew or delete each."""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from chutdiao.app.ports import Document
from chutdiao.app.save_file import save_bytes
from chutdiao.app.vault import (
    Details,
    Held,
    add_document,
    describe_document,
    documents,
    remove_document,
    replace_document,
)
from chutdiao.domain.papers import PaperBook
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.vault_form import DocumentForm, details_of
from chutdiao.ui.pages.vault_row import DocumentRow
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Heading,
    Muted,
    PrimaryButton,
    Rule,
    Scroll,
    ThaiLabel,
    clear,
    rows,
)

_FIRST = ("licence", "receipt")
_LAST = ("scan", "attachment", "signature")
_HEARD = frozenset({"files", "cases", "outbox", "drafts"})


class VaultPage(Page):
    """By kind, newest first, with what each is used for; an empty vault says what will come here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = rows(self, 0)
        self._scroll = Scroll("vault.scroll", gap=14, margins=(30, 24, 30, 24))
        outer.addWidget(self._scroll)
        head = Reflow(12)
        words = rows(None, 2)
        words.addWidget(Heading("vault.title", desk.tr("nav.vault")))
        words.addWidget(Muted("vault.line", desk.tr("vault.line"), small=False))
        head.add(words, 1)
        self.add = PrimaryButton("vault.add", desk.tr("vault.add"))
        self.add.clicked.connect(self._begin_adding)
        head.add(self.add)
        self._scroll.body.addLayout(head)
        self._top, self._lists = rows(None, 14), rows(None, 14)
        self._scroll.body.addLayout(self._top)
        self._scroll.body.addLayout(self._lists)
        self._scroll.body.addStretch(1)
        self._documents: dict[str, Document] = {}
        self._held: dict[str, Held] = {}
        self._book = PaperBook({})
        self.form: DocumentForm | None = None
        self._changing = ""
        # Copies handed to the system's viewer; gone when the page goes.
        self._shown: tempfile.TemporaryDirectory[str] | None = None
        desk.bus.changed.connect(self._changed)

    def open(self, **_arguments: Any) -> None:
        """Show the documents of the business at work."""
        self._close_form()
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & _HEARD:
            self._read()

    def _read(self) -> None:
        workspace, business = self.desk.workspace, self.desk.business
        self.add.setVisible(bool(business) and self.form is None)

        def look() -> tuple[Sequence[Held], PaperBook]:
            return documents(workspace, business), workspace.shelf.papers()

        self.desk.jobs.ask(look, self._show)

    def _show(self, found: tuple[Sequence[Held], PaperBook]) -> None:
        held_ones, self._book = found
        clear(self._lists)
        self._held = {held.document.id: held for held in held_ones}
        rows_of = [one for held in held_ones for one in (held.document, *held.earlier)]
        self._documents = {document.id: document for document in rows_of}
        found_kinds = {held.kind for held in held_ones}
        order = [
            *_FIRST,
            *self._book.kinds,
            *sorted(found_kinds - {*_FIRST, *_LAST, *self._book.kinds}),
            *_LAST,
        ]
        for kind in order:
            of_kind = [held for held in held_ones if held.kind == kind]
            if of_kind:
                self._lists.addWidget(self._card(kind, of_kind))
        if not held_ones:
            card = Card("vault.empty", self.desk.tr("vault.empty"), padding=28)
            card.body.addWidget(Heading("vault.empty.title", self.desk.tr("vault.empty"), 2))
            card.body.addWidget(ThaiLabel("vault.empty.next", self.desk.tr("vault.empty.next")))
            self._lists.addWidget(card)

    def _card(self, kind: str, held_ones: Sequence[Held]) -> Card:
        desk, known = self.desk, self._book.kinds.get(kind)
        title = desk.local(known.label) if known else desk.tr(f"vault.kind.{kind}")
        card = Card(f"vault.{kind}", title, gap=8)
        card.body.addWidget(Heading(f"vault.{kind}.title", title, 2))
        for place, held in enumerate(held_ones):
            if place:
                card.body.addWidget(Rule(f"vault.{kind}.rule.{place}"))
            row = DocumentRow(desk, held, known.icon if known else "")
            row.wanted.connect(self._act)
            row.use_wanted.connect(self._open_use)
            card.body.addWidget(row)
        return card

    @Slot(str, str)
    def _act(self, what: str, document: str) -> None:
        acts: dict[str, Callable[[Document], None]] = {
            "open": self._open,
            "save": self._save,
            "edit": self._edit,
            "renew": self._renew,
            "delete": self._delete,
        }
        acts[what](self._documents[document])

    @Slot(str, str)
    def _open_use(self, kind: str, filing: str) -> None:
        page, key = ("tracking", "submission") if kind == "submission" else ("form", "draft")
        self.go.emit(page, {key: filing})

    @Slot()
    def _begin_adding(self) -> None:
        self._changing = ""
        self._ask(self.desk.tr("vault.add"), Details("", ""), with_file=True, keep=self._keep_new)

    def _edit(self, document: Document) -> None:
        title = self.desk.tr("vault.edit-of", title=document.title or document.name)
        kind = self._held[document.id].kind
        start = details_of(kind, document.title, document.issued_on, document.expires_on)
        self._ask(title, start, with_file=False, keep=self._keep_details, document=document)

    def _renew(self, document: Document) -> None:
        title = self.desk.tr("vault.renew-of", title=document.title or document.name)
        details = Details(self._held[document.id].kind, document.title)
        self._ask(title, details, with_file=True, keep=self._keep_newer, document=document)

    def _ask(
        self,
        title: str,
        start: Details,
        *,
        with_file: bool,
        keep: Callable[..., None],
        document: Document | None = None,
    ) -> None:
        self._close_form()
        self._changing = document.id if document else ""
        self.form = DocumentForm(self.desk, title, self._book, start, with_file)
        self.form.kept.connect(keep)
        self.form.left.connect(self._close_form)
        self._top.addWidget(self.form)
        self.add.hide()  # one primary button a page
        self._scroll.verticalScrollBar().setValue(0)
        first: QWidget = self.form.choose if with_file else self.form.kind
        first.setFocus()

    @Slot()
    def _close_form(self) -> None:
        self.form = None
        clear(self._top)
        self.add.setVisible(bool(self.desk.business))

    @Slot(str, object)
    def _keep_new(self, path: str, details: Details) -> None:
        work = partial(add_document, self.desk.workspace, self.desk.business, path, details)
        self.desk.jobs.change("vault", work, self._kept)

    @Slot(str, object)
    def _keep_newer(self, path: str, details: Details) -> None:
        work = partial(replace_document, self.desk.workspace, self._changing, path, details)
        self.desk.jobs.change("vault", work, self._kept)

    @Slot(str, object)
    def _keep_details(self, _path: str, details: Details) -> None:
        work = partial(describe_document, self.desk.workspace, self._changing, details)
        self.desk.jobs.change("vault", work, self._kept)

    def _kept(self, done: Document | tuple[Problem, ...]) -> None:
        if isinstance(done, tuple):
            if self.form is not None:
                self.form.tell(done)
            return
        self._close_form()
        self.desk.tell(self.desk.tr("vault.kept", title=done.title))
        self._read()

    def _delete(self, document: Document) -> None:
        tr, title = self.desk.tr, document.title or document.name
        if self.desk.asker.confirm(
            tr("vault.delete"), tr("vault.delete.ask", title=title), tr("vault.delete"), danger=True
        ):
            work = partial(remove_document, self.desk.workspace, document.id)
            self.desk.jobs.change("vault", work, self._deleted)

    def _deleted(self, problems: tuple[Problem, ...]) -> None:
        texts, language = self.desk.workspace.texts, self.desk.language
        if problems:
            said = f"{texts.message(problems[0], language)} {texts.cure(problems[0], language)}"
            self.desk.tell(said, "bad")
            return
        self.desk.tell(self.desk.tr("vault.deleted"))
        self._read()

    def _open(self, document: Document) -> None:
        if self._shown is None:
            self._shown = tempfile.TemporaryDirectory(prefix="chutdiao-")
        name = Path(document.name).name or document.id
        path, files = str(Path(self._shown.name) / name), self.desk.workspace.files
        self.desk.jobs.ask(
            lambda: save_bytes(path, files.read(document.sha256)), self._written, self.desk.tell_error
        )

    def _save(self, document: Document) -> None:
        read = partial(self.desk.workspace.files.read, document.sha256)
        self.desk.save_as(self.desk.tr("vault.save"), document.name, read, self._saved)

    def _written(self, path: str) -> None:
        self.desk.asker.show_file(path)

    def _saved(self, path: str) -> None:
        self.desk.tell(self.desk.tr("vault.saved", path=path))
