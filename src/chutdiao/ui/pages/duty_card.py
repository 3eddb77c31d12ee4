"""What is due soon, as a card of the home page."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot

from chutdiao.app.duties import next_day
from chutdiao.app.duty_words import round_words
from chutdiao.app.ports import Business
from chutdiao.domain.dates import show_date
from chutdiao.domain.duty import Duty
from chutdiao.ui.desk import Desk
from chutdiao.ui.models.duties import state_of
from chutdiao.ui.widgets import Card, Chip, Heading, LinkButton, Muted, ThaiLabel, line, rows

_MOST = 6
Near = Mapping[str, Sequence[Duty]]


class DutyCard(Card):
    """The nearest duties of every business, each with the days left."""

    # The business and the duty asked for.
    wanted = Signal(str, str)

    def __init__(self, desk: Desk, businesses: Sequence[Business], near: Near) -> None:
        title = desk.tr("duties.near")
        super().__init__("home.duties", title, gap=8)
        self._desk = desk
        today = desk.today()
        found = [(business, duty) for business in businesses for duty in near.get(business.id, ())]
        found.sort(key=lambda pair: (next_day(pair[1], today), pair[1].id))
        head = line(None, 12)
        head.addWidget(Heading("home.duties.title", title, 2), 1)
        everything = LinkButton("home.duties.all", desk.tr("duties.near.more"), compact=True)
        everything.clicked.connect(self._all)
        head.addWidget(everything)
        self.body.addLayout(head)
        for business, duty in found[:_MOST]:
            self.body.addLayout(self._row(business, duty, len(businesses) > 1))
        if len(found) > _MOST:
            more = desk.tr("duties.more", n=len(found) - _MOST)
            self.body.addWidget(Muted("home.duties.more", more))

    def _row(self, business: Business, duty: Duty, say_business: bool) -> Any:
        desk, name = self._desk, f"home.duty.{business.id}.{duty.id}"
        row = line(None, 14)
        day = ThaiLabel(f"{name}.day", show_date(next_day(duty, desk.today()), desk.language), wrap=False)
        day.setProperty("strong", True)
        day.setMinimumWidth(desk.theme.px(96))
        row.addWidget(day)
        words = rows(None, 0)
        title = LinkButton(f"{name}.open", desk.local(duty.rule.title), compact=True)
        title.setProperty("business", business.id)
        title.setProperty("duty", duty.id)
        title.clicked.connect(self._one)
        words.addWidget(title)
        parts = (business.name if say_business else "", round_words(duty, desk.language))
        words.addWidget(Muted(f"{name}.round", " · ".join(part for part in parts if part)))
        row.addLayout(words, 1)
        row.addWidget(Chip(f"{name}.left", *state_of(duty, False, desk)))
        return row

    @Slot()
    def _one(self) -> None:
        button = self.sender()
        self.wanted.emit(str(button.property("business")), str(button.property("duty")))

    @Slot()
    def _all(self) -> None:
        self.wanted.emit("", "")
