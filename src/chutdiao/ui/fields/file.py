"""Files attached to an answer: chosen, or dropped on the field."""

from collections.abc import Mapping

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from chutdiao.app.attachments import Attached, detach, size_words
from chutdiao.app.vault import Held
from chutdiao.domain.dates import read_iso, show_date
from chutdiao.domain.form import FileLimits
from chutdiao.domain.problem import Json, Problem
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.fields.frame import FieldWidget
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    IconLabel,
    LinkButton,
    Muted,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    named,
    restyle,
    rows,
)

_PATTERN = "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png);;* (*)"


class FileField(FieldWidget):
    """A place to drop files, a button to choose them, and the files that are there."""

    def build(self) -> QWidget:
        box = named(QFrame(self), f"drop.{self.place}", self.field.label.to(self.around.language()))
        box.setProperty("drop", "true")
        column = rows(box, 8)
        self._list = rows(gap=4)
        column.addLayout(self._list)
        row = FlowLayout(across=16)
        self.choose = SecondaryButton(f"field.{self.place}", self.around.tr("form.file.choose"))
        self.choose.picture(self.around.theme, "paperclip")
        self.choose.clicked.connect(self._choose)
        row.addWidget(self.choose)
        told = self.around.tr("form.file.vault")
        self.vault = LinkButton(f"vault.{self.place}", told, f"{told}: {box.accessibleName()}", compact=True)
        self.vault.setCheckable(True)
        self.vault.toggled.connect(self._look_in_vault)
        row.addWidget(self.vault)
        column.addLayout(row)
        column.addWidget(Muted(f"drop-hint.{self.place}", self._limits_text()))
        self._offers = rows(gap=4)
        column.addLayout(self._offers)
        self._notes: dict[str, ThaiLabel] = {}
        self._files: list[Json] = []
        self._removers: dict[QPushButton, str] = {}
        self._refused: tuple[Problem, ...] = ()
        self.setAcceptDrops(True)
        return box

    def _limits_text(self) -> str:
        limits = self.field.limits or FileLimits()
        types = ", ".join(kind.split("/")[-1].upper() for kind in limits.types)
        return self.around.tr(
            "form.file.limits",
            types=types,
            size=size_words(limits.bytes),
            pages=limits.pages,
            files=limits.files,
        )

    def focus_widget(self) -> QWidget:
        return self.choose

    def read(self) -> Json:
        return list(self._files) or None

    def put(self, value: Json) -> None:
        self._files = list(value) if isinstance(value, list) else []
        self._removers.clear()
        self._notes.clear()
        clear(self._list)
        for entry in self._files:
            if isinstance(entry, dict):
                self._list.addWidget(self._entry(entry))
        if self._notes:
            self.around.ask_notes(list(self._notes), self._noted)

    def _entry(self, entry: dict[str, Json]) -> QWidget:
        name, size = str(entry.get("name", "")), int(str(entry.get("size") or 0))
        row_box = named(QWidget(), f"attached.{entry.get('sha256', '')}"[:24], name)
        both = rows(row_box, 2)
        row = line(gap=10)
        both.addLayout(row)
        note = ThaiLabel(f"note.{self.place}.{name}", "")
        note.setProperty("tone", "warn")
        note.setProperty("small", True)
        note.hide()
        both.addWidget(note)
        self._notes[str(entry.get("sha256", ""))] = note
        picture = "image" if str(entry.get("type", "")).startswith("image/") else "file-text"
        row.addWidget(IconLabel(f"kind.{name}", self.around.theme, picture, "primary"))
        row.addWidget(ThaiLabel(f"name.{name}", name), 1)
        row.addWidget(Muted(f"size.{name}", size_words(size), wrap=False))
        told = self.around.tr("form.file.remove")
        remove = LinkButton(f"remove.{self.place}.{name}", told, f"{told} {name}", compact=True)
        remove.clicked.connect(self._remove)
        remove.setVisible(self.choose.isEnabled())
        self._removers[remove] = str(entry.get("sha256", ""))
        row.addWidget(remove)
        return row_box

    @Slot(object)
    def _noted(self, found: Mapping[str, tuple[Problem, ...]]) -> None:
        """Say beside a file that it is old or running out; it is never refused for that."""
        for sha256, note in self._notes.items():
            said = " ".join(self.around.sentence(problem) for problem in found.get(sha256, ()))
            note.say(said)
            note.setVisible(bool(said))

    @Slot(bool)
    def _look_in_vault(self, on: bool) -> None:
        clear(self._offers)
        if on:
            self.around.ask_vault(self.field, self._files, self._offer)

    def _offer(self, found: tuple[Held, ...]) -> None:
        clear(self._offers)
        if not found:
            none = Muted(f"vault-none.{self.place}", self.around.tr("form.file.vault.none"))
            self._offers.addWidget(none)
        for held in found:
            self._offers.addWidget(self._offered(held))

    def _offered(self, held: Held) -> QWidget:
        document, tr = held.document, self.around.tr
        title = document.title or document.name
        box = named(QWidget(), f"offer.{document.id}", title)
        both = rows(box, 2)
        row = Reflow(10)
        both.addLayout(row)
        row.add(ThaiLabel(f"offer.{document.id}.title", title), 1)
        issued = read_iso(document.issued_on)
        if issued is not None:
            told = tr("form.file.vault.issued", day=show_date(issued, self.around.language()))
            row.add(Muted(f"offer.{document.id}.issued", told, wrap=False))
        use = tr("form.file.vault.use")
        button = LinkButton(f"offer.{document.id}.use", use, f"{use}: {title}", compact=True)
        button.setProperty("document", document.id)
        button.clicked.connect(self._use_held)
        row.add(button)
        for place, problem in enumerate(held.notes):
            note = ThaiLabel(f"offer.{document.id}.note.{place}", self.around.sentence(problem))
            note.setProperty("tone", "warn")
            note.setProperty("small", True)
            both.addWidget(note)
        return box

    @Slot()
    def _use_held(self) -> None:
        document = str(self.sender().property("document"))
        self._refused, self._waiting = (), []
        self.around.attach_held(self.field, self.place, document, self._files, self._attached)
        self.vault.setChecked(False)

    def set_open(self, is_open: bool) -> None:
        self.choose.setEnabled(is_open)
        self.vault.setVisible(is_open)
        for button in self._removers:
            button.setVisible(is_open)

    def mark_problem(self, bad: bool) -> None:
        restyle(self.editor, "state", "bad" if bad else "")

    @Slot()
    def _choose(self) -> None:
        title = self.field.label.to(self.around.language())
        self.attach_all(self.around.asker.open_files(title, _PATTERN))

    def attach_all(self, paths: list[str]) -> None:
        """Attach the files at these paths, one after the other."""
        self._refused = ()
        self._waiting = [path for path in paths if path]
        self._next()

    def _next(self) -> None:
        if self._waiting:
            path = self._waiting.pop(0)
            self.around.attach(self.field, self.place, path, self._files, self._attached)

    @Slot(object)
    def _attached(self, done: Attached) -> None:
        self._refused += done.problems
        self.put(list(done.files))
        self.answer(self.read(), self._refused)
        self._next()

    @Slot()
    def _remove(self) -> None:
        sha256 = self._removers.get(self.sender())
        if sha256 is not None:
            self.put(detach(self._files, sha256))
            self.choose.setFocus()
            self.answer(self.read())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.choose.isEnabled() and dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            restyle(self.editor, "over", "true")

    def dragLeaveEvent(self, event: object) -> None:  # noqa: ARG002
        restyle(self.editor, "over", "")

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self.editor, "over", "")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.attach_all(dropped_paths(event.mimeData()))


def dropped_paths(data: QMimeData) -> list[str]:
    """The local files of a drop."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
