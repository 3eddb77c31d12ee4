"""One filing an event leads to: by when, where, with what, and the way to its form."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLayout

from chutdiao.domain.dates import show_date
from chutdiao.domain.life import PlannedFiling
from chutdiao.domain.text import LocalText
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.pages.say import fee_text
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import Card, Chip, Heading, Muted, SecondaryButton, ThaiLabel, named, rows

_SOON_DAYS = 14


class FilingCard(Card):
    """Says everything about one filing; a tick says that it was made."""

    begun = Signal(str)  # the person wants the form of this filing
    marked = Signal(str, bool)  # this filing is done, or not after all

    def __init__(self, desk: Desk, one: PlannedFiling, agency: LocalText | None, done: bool) -> None:
        title = desk.local(one.filing.title)
        super().__init__(f"filing.{one.filing.id}", title, gap=6, padding=18)
        self._desk, self.one, self._done = desk, one, done
        self.body.addLayout(self._head(title))
        parts = (
            desk.local(agency),
            desk.local(one.filing.form_name),
            fee_text(one.fee, desk) if one.fee else "",
        )
        self.body.addWidget(Muted(f"{self._name}.meta", " · ".join(part for part in parts if part)))
        for key, text in self._lines():
            self.body.addLayout(self._line(key, text))
        self.body.addLayout(self._buttons(title))

    @property
    def _name(self) -> str:
        return str(self.objectName())

    def _head(self, title: str) -> QLayout:
        desk, one = self._desk, self.one
        head = Reflow(10)
        words = rows(None, 2)
        words.addWidget(Heading(f"{self._name}.title", title, 3))
        if one.due is not None:
            day = show_date(one.due.paper, desk.language, long=True)
            before = one.filing.timing is not None and one.filing.timing.before
            told = desk.tr("event.before" if before else "event.by", day=day)
        else:
            told = desk.local(one.filing.soon)
        due = ThaiLabel(f"{self._name}.due", told)
        due.setProperty("strong", True)
        words.addWidget(due)
        head.add(words, 1)
        chips = FlowLayout(across=8)
        for place, (text, tone) in enumerate(self._chips()):
            chips.addWidget(Chip(f"{self._name}.chip.{place}", text, tone))
        words.addLayout(chips)
        return head

    def _chips(self) -> list[tuple[str, str]]:
        tr, one = self._desk.tr, self.one
        if self._done:
            return [(tr("event.done"), "ok")]
        chips = []
        if one.filing.confidence != "high":
            chips.append((tr("fact.unverified"), "warn"))
        if one.due is not None:
            left = (one.due.last - self._desk.today()).days
            if left < 0:
                chips.append((tr("event.late", n=-left), "bad"))
            else:
                chips.append((tr("event.left", n=left), "warn" if left <= _SOON_DAYS else "info"))
        return chips

    def _lines(self) -> list[tuple[str, str]]:
        desk, filing = self._desk, self.one.filing
        due = self.one.due
        online = due is not None and due.efile is not None and due.efile != due.paper
        papers = "\n".join(
            f"• {desk.local(d.label)}" + ("" if d.bring else f" — {desk.tr('roadmap.not-brought')}")
            for d in self.one.documents
        )
        notes = [desk.workspace.texts.message(note, desk.language) for note in self.one.notes]
        pairs = [
            ("efile", show_date(due.efile, desk.language, long=True) if online and due and due.efile else ""),
            ("what", desk.local(filing.what)),
            ("where", " ".join(part for part in (desk.local(filing.where), filing.site) if part)),
            ("papers", papers),
            ("law", filing.law),
            ("note", "\n".join(part for part in (*notes, desk.local(filing.note)) if part)),
        ]
        return [(key, text) for key, text in pairs if text]

    def _line(self, key: str, text: str) -> QLayout:
        row = Reflow(12, down=2)
        label = Muted(f"{self._name}.{key}.label", self._desk.tr(f"event.detail.{key}"))
        label.setFixedWidth(self._desk.theme.px(112))
        row.add(label)
        said = ThaiLabel(f"{self._name}.{key}", text)
        said.setProperty("small", True)
        row.add(said, 1)
        return row

    def _buttons(self, title: str) -> QLayout:
        tr, row = self._desk.tr, Reflow(14)
        told = tr("event.mark")
        self.tick = named(QCheckBox(told), f"{self._name}.done", f"{told}: {title}")
        self.tick.setChecked(self._done)
        self.tick.toggled.connect(self._marked)
        row.add(self.tick)
        row.add_room()
        if self.one.filing.form and not self._done:
            fill = SecondaryButton(f"{self._name}.fill", tr("event.fill"), f"{tr('event.fill')}: {title}")
            fill.clicked.connect(self._begin)
            row.add(fill)
        return row

    @Slot()
    def _begin(self) -> None:
        self.begun.emit(self.one.filing.id)

    @Slot(bool)
    def _marked(self, on: bool) -> None:
        self.marked.emit(self.one.filing.id, on)
