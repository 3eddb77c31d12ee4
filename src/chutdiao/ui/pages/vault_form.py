"""What a person says of a document: its kind, its name, its days."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from chutdiao.app.vault import Details
from chutdiao.domain.dates import parse_date, read_iso, show_date
from chutdiao.domain.papers import PaperBook
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Heading,
    LinkButton,
    Muted,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    named,
    rows,
)


class DocumentForm(Card):
    """A card to add a document, change what is said of one, or replace it by a newer one."""

    kept = Signal(str, object)  # the path of the file (empty: unchanged) and its Details
    left = Signal()

    def __init__(self, desk: Desk, title: str, book: PaperBook, start: Details, with_file: bool) -> None:
        super().__init__("vault.form", title, "now", gap=12, padding=20)
        self._desk, self._with_file = desk, with_file
        self.path = ""
        tr = desk.tr
        self.body.addWidget(Heading("vault.form.title", title, 2))
        if with_file:
            row = Reflow(12)
            self.choose = SecondaryButton("vault.form.choose", tr("vault.choose"))
            self.choose.picture(desk.theme, "paperclip")
            self.choose.clicked.connect(self._choose)
            self.file = Muted("vault.form.file", tr("vault.no-file"), small=False)
            row.add(self.choose)
            row.add(self.file, 1)
            self.body.addLayout(row)
        self.kind = named(QComboBox(), "vault.form.kind", tr("vault.kind-of"))
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for kind in book.kinds.values():
            self.kind.addItem(desk.local(kind.label), kind.id)
        if self.kind.findData(start.kind) < 0 and start.kind:
            self.kind.addItem(tr(f"vault.kind.{start.kind}"), start.kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(start.kind or "other")))
        self.name = named(QLineEdit(start.title), "vault.form.name", tr("vault.name"))
        self.issued = self._day("issued", start.issued_on)
        self.expires = self._day("expires", start.expires_on)
        parts = (
            ("kind-of", self.kind),
            ("name", self.name),
            ("issued-on", self.issued),
            ("expires-on", self.expires),
        )
        for first, second in (parts[:2], parts[2:]):
            pair = Reflow(16)
            for key, widget in (first, second):
                pair.add(self._labelled(key, widget), 1)
            self.body.addLayout(pair)
        self.said = ThaiLabel("vault.form.problem", "")
        self.said.setProperty("tone", "bad")
        self.said.hide()
        self.body.addWidget(self.said)
        buttons = Reflow(12)
        leave = LinkButton("vault.form.leave", tr("vault.leave"))
        leave.clicked.connect(self.left)
        self.keep = PrimaryButton("vault.form.keep", tr("vault.keep"))
        self.keep.clicked.connect(self._keep)
        buttons.add(leave)
        buttons.add_room()
        buttons.add(self.keep)
        self.body.addLayout(buttons)

    def _day(self, key: str, value: date | None) -> QLineEdit:
        edit = named(QLineEdit(), f"vault.form.{key}", self._desk.tr(f"vault.{key}-on"))
        edit.setPlaceholderText(self._desk.tr("interview.date.example"))
        if value is not None:
            edit.setText(show_date(value, self._desk.language))
        return edit

    def _labelled(self, key: str, widget: QWidget) -> Any:
        column = rows(None, 4)
        label = Heading(f"vault.form.{key}.label", self._desk.tr(f"vault.{key}"), 3)
        label.setBuddy(widget)
        column.addWidget(label)
        column.addWidget(widget)
        return column

    @Slot()
    def _choose(self) -> None:
        path = self._desk.asker.open_file(
            self._desk.tr("vault.choose"), "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png)"
        )
        if path:
            self.take(path)

    def take(self, path: str) -> None:
        """Use the file at a path."""
        self.path = path
        name = path.replace("\\", "/").rpartition("/")[2]
        self.file.say(name)
        if not self.name.text().strip():
            self.name.setText(name.rpartition(".")[0] or name)

    @Slot()
    def _keep(self) -> None:
        days: dict[str, date | None] = {}
        for key, edit in (("issued", self.issued), ("expires", self.expires)):
            text = edit.text().strip()
            found = parse_date(text, self._desk.today()) if text else None
            if isinstance(found, Problem):
                self.tell((found,))
                edit.setFocus()
                return
            days[key] = found
        if self._with_file and not self.path:
            self.tell((Problem("paper.no-file"),))
            self.choose.setFocus()
            return
        details = Details(str(self.kind.currentData()), self.name.text(), days["issued"], days["expires"])
        self.kept.emit(self.path, details)

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with what was entered."""
        texts, language = self._desk.workspace.texts, self._desk.language
        self.said.say(
            "\n".join(f"{texts.message(p, language)} {texts.cure(p, language)}".strip() for p in problems)
        )
        self.said.show()


def details_of(kind: str, title: str, issued_on: str, expires_on: str) -> Details:
    """What is said of a document now."""
    return Details(kind, title, read_iso(issued_on), read_iso(expires_on))
