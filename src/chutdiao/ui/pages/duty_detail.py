"""One duty told in full: both last days, why they moved, the law, and whether it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from chutdiao.app.duties import BusinessDuties
from chutdiao.app.duty_words import note_words, round_words
from chutdiao.domain.dates import show_date
from chutdiao.domain.duty import Duty
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.models.duties import state_of
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    IconLabel,
    LinkButton,
    Muted,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    named,
    rows,
)


class DutyDetail(QWidget):
    """Shows the duties of one choice: one in full, the others as links."""

    # The id of a duty and whether it is done now.
    marked = Signal(str, bool)
    # The duty whose form is to be filled.
    fill_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        named(self, "duty.detail", desk.tr("duties.detail"))
        self._column = rows(self, 14)
        self._found: BusinessDuties | None = None
        self._duties: tuple[Duty, ...] = ()
        self.duty: Duty | None = None

    def show_duties(self, found: BusinessDuties, duties: Sequence[Duty], chosen: str = "") -> None:
        """Tell these duties; ``chosen`` names the one in full, else the first."""
        self._found, self._duties = found, tuple(duties)
        self.duty = next((duty for duty in duties if duty.id == chosen), next(iter(duties), None))
        clear(self._column)
        if len(duties) > 1:
            self._column.addWidget(self._others())
        if self.duty is not None:
            self._column.addWidget(self._card(self.duty))
        self.setVisible(self.duty is not None)

    def _others(self) -> Card:
        desk = self._desk
        title = desk.tr("duties.same-day", n=len(self._duties))
        card = Card("duty.others", title, gap=4)
        card.body.addWidget(Heading("duty.others.title", title, 3))
        for duty in self._duties:
            button = LinkButton(f"duty.{duty.id}.tell", duty.rule.form, compact=True)
            button.setAccessibleName(f"{duty.rule.form}: {desk.local(duty.rule.title)}")
            button.setProperty("duty", duty.id)
            button.clicked.connect(self._tell)
            card.body.addWidget(button)
        return card

    def _card(self, duty: Duty) -> Card:
        desk, rule = self._desk, duty.rule
        assert self._found is not None
        done = duty.id in self._found.done
        card = Card("duty.card", desk.local(rule.title), "now", gap=8)
        card.body.addWidget(Heading("duty.title", desk.local(rule.title), 2))
        card.body.addWidget(Muted("duty.round", round_words(duty, desk.language)))
        card.body.addLayout(self._chips(duty, done))
        card.body.addLayout(self._day("paper", show_date(duty.due.paper, desk.language, long=True)))
        if duty.due.efile is not None:
            card.body.addLayout(self._day("efile", show_date(duty.due.efile, desk.language, long=True)))
        card.body.addSpacing(2)
        card.body.addLayout(self._buttons(duty, done))
        card.body.addSpacing(2)
        card.body.addLayout(self._day("agency", desk.local(self._found.agency(duty))))
        card.body.addLayout(self._day("law", rule.law))
        for place, words in enumerate(note_words(duty, desk.workspace.texts, desk.language)):
            card.body.addLayout(self._note(place, words))
        return card

    def _buttons(self, duty: Duty, done: bool) -> object:
        """To fill its form, where this program has it, and to say that it is done."""
        assert self._found is not None
        desk, row = self._desk, FlowLayout(across=8, down=6)
        has_form = duty.rule.id in self._found.forms
        if has_form and not done:
            fill = PrimaryButton("duty.fill", desk.tr("duties.fill"))
            fill.setAccessibleName(f"{fill.text()}: {desk.local(duty.rule.title)}")
            fill.clicked.connect(self._fill)
            row.addWidget(fill)
        words = desk.tr("duties.undo" if done else "duties.do")
        mark = (SecondaryButton if done or has_form else PrimaryButton)("duty.mark", words)
        mark.setAccessibleName(f"{words}: {desk.local(duty.rule.title)}")
        mark.clicked.connect(self._mark)
        row.addWidget(mark)
        return row

    def _chips(self, duty: Duty, done: bool) -> object:
        desk, row = self._desk, FlowLayout(across=6)
        chips = [state_of(duty, done, desk)]
        if duty.rule.confidence != "high":
            chips.append((desk.tr("duties.unconfirmed"), "warn"))
        if duty.due.unknown_year:
            chips.append((desk.tr("duties.unknown-year"), "warn"))
        for place, (words, tone) in enumerate(chip for chip in chips if chip[0]):
            row.addWidget(Chip(f"duty.chip.{place}", words, tone))
        return row

    def _day(self, key: str, words: str) -> object:
        block = rows(None, 0)
        block.addWidget(Muted(f"duty.{key}.label", self._desk.tr(f"duties.{key}")))
        value = ThaiLabel(f"duty.{key}", words)
        value.setProperty("strong", key in ("paper", "efile"))
        block.addWidget(value)
        return block

    def _note(self, place: int, words: str) -> object:
        row = line(None, 8)
        icon = IconLabel(f"duty.note.{place}.icon", self._desk.theme, "info", "muted", 15)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Muted(f"duty.note.{place}", words), 1)
        return row

    @Slot()
    def _tell(self) -> None:
        assert self._found is not None
        self.show_duties(self._found, self._duties, str(self.sender().property("duty")))

    @Slot()
    def _mark(self) -> None:
        if self.duty is not None and self._found is not None:
            self.marked.emit(self.duty.id, self.duty.id not in self._found.done)

    @Slot()
    def _fill(self) -> None:
        self.fill_wanted.emit(self.duty)
