"""The head of a form, how its sections stand, and the saving of what is typed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from chutdiao.app.opened import OpenedForm, section_of
from chutdiao.app.ports import Draft
from chutdiao.domain.form import FieldType, Section
from chutdiao.domain.submission import DraftState
from chutdiao.ui.desk import Desk
from chutdiao.ui.pages.form_side import SectionEntry
from chutdiao.ui.pages.say import baht
from chutdiao.ui.widgets import Chip, Heading, Muted, SecondaryButton, line, rows

QUIET_MS = 350


def form_name(desk: Desk, opened: OpenedForm) -> str:
    """The official code and the title."""
    form = opened.form
    return " ".join(part for part in (form.code, desk.local(form.title)) if part)


class FormHead(QWidget):
    """What form this is: name, agency, law, fee, and the way to its paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        head = self._row = line(self, 12)
        words = rows(gap=0)
        self.title = Heading("form.title", "", 1)
        self.subtitle = Muted("form.subtitle", "", small=False)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head.addLayout(words, 1)
        self.unverified = Chip("form.unverified", desk.tr("form.unverified"), "warn")
        self.unverified.setToolTip(desk.tr("form.unverified-form"))
        self.unverified.hide()
        head.addWidget(self.unverified)
        self.preview = SecondaryButton("preview", desk.tr("form.preview"))
        self.preview.picture(desk.theme, "eye")
        head.addWidget(self.preview)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the button stands below the name."""
        super().resizeEvent(event)
        down = self.width() < self._desk.theme.px(560)
        way = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def show_form(self, opened: OpenedForm) -> None:
        self.title.say(form_name(self._desk, opened))
        parts = (self._desk.local(opened.agency), opened.form.law, self._fee(opened))
        self.subtitle.say(" · ".join(part for part in parts if part))
        self.unverified.setVisible(not opened.form.verified)

    def _fee(self, opened: OpenedForm) -> str:
        fee, tr = opened.form.fee, self._desk.tr
        if fee is None:
            return ""
        if fee.by == "authority":
            return tr("form.fee.by-authority")
        if fee.high in ("", "0"):
            return tr("form.no-fee")
        low, high = baht(fee.low or "0"), baht(fee.high)
        return tr("form.fee", amount=low if low == high else f"{low}–{high}")


def section_entry(desk: Desk, opened: OpenedForm, section: Section, visited: bool) -> SectionEntry:
    """How a section stands, for the list at the left."""
    held = opened.session.state.sections[section.id]
    title = desk.local(section.title)
    fields = opened.session.state.fields
    files = [f for f in section.fields if f.type is FieldType.FILE]
    if files and len(files) == len(section.fields):
        shown = [f for f in files if fields[f.id].visible]
        have = sum(1 for f in shown if fields[f.id].value)
        title = desk.tr("form.section-files", title=title, have=have, all=len(shown))
    if held.problems and visited:
        return SectionEntry(section.id, title, "bad")
    done = held.answered >= held.needed and not held.problems
    return SectionEntry(section.id, title, "done" if done else "files" if files else "later")


class Autosave(QObject):
    """Writes the draft when typing rests; ``saving`` says whether something is unwritten."""

    saving = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._last: Callable[[], None] | None = None

    @property
    def pending(self) -> bool:
        return self._last is not None

    def save(self, opened: OpenedForm, section: str, place: str, quiet: int = QUIET_MS) -> None:
        """Write the answers as they stand now and the place to come back to."""
        if opened.draft.state is DraftState.LOCKED:
            return
        draft = _placed(opened, section, place)
        draft = replace(draft, updated_at=self._desk.workspace.clock.now().isoformat())
        self._last = partial(self._desk.workspace.drafts.save, draft)
        self.saving.emit(True)
        self._desk.jobs.change(f"autosave:{draft.id}", self._last, self._was_saved, quiet)
        self._id = draft.id

    def now(self) -> None:
        """Write at once what still waits."""
        if self._last is not None:
            self._desk.jobs.change(f"autosave:{self._id}", self._last, self._was_saved)

    def _was_saved(self, _: object) -> None:
        self._last = None
        self.saving.emit(False)
        self._desk.bus.saved.emit()
        self._desk.bus.changed.emit(frozenset({"drafts"}))


def _placed(opened: OpenedForm, section: str, place: str) -> Draft:
    draft = opened.session.draft()
    if not place or section_of(opened.form, place) != section:
        found = next(s for s in opened.form.sections if s.id == section)
        place = found.fields[0].id if found.fields else ""
    return replace(draft, place=place)
