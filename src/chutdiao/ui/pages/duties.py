"""The calendar of duties: what is due when, on paper and online, why, and what is still to be told."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from chutdiao.app.duties import BusinessDuties, begin_form, duties_of, mark
from chutdiao.app.duty_calendar import calendar_of
from chutdiao.app.duty_facts import answer_question
from chutdiao.app.ports import Draft
from chutdiao.domain.dates import BUDDHIST, add_months
from chutdiao.domain.duty import Duty
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.duty_answers import DutyAnswers
from chutdiao.ui.pages.duty_bar import DutyBar
from chutdiao.ui.pages.duty_detail import DutyDetail
from chutdiao.ui.pages.duty_question import DutyQuestion
from chutdiao.ui.pages.duty_views import VIEWS, DutyViews
from chutdiao.ui.widgets import (
    Card,
    Heading,
    IconLabel,
    Muted,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    line,
    rows,
)

_HEARD = frozenset({"businesses", "duties", "outbox"})
_SIDE, _WIDE, _TALL, _NO_LIMIT = 320, 880, 420, 16777215


class Aside(Scroll):
    """What stands beside: it scrolls by itself, or is as tall as what it holds and scrolls with the page."""

    _whole = False

    def grow(self, whole: bool) -> None:
        """Whether it is as tall as what it holds."""
        self._whole = whole
        self.widget().installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inside = self.widget().layout()
        tall = inside.totalHeightForWidth(self.viewport().width()) if inside.hasHeightForWidth() else 0
        self.setMinimumHeight(max(tall, inside.totalMinimumSize().height()) if self._whole else 0)


def _nothing(desk: Desk) -> Card:
    card = Card("duties.empty", desk.tr("duties.empty"), padding=28)
    card.body.addWidget(Heading("duties.empty.title", desk.tr("duties.empty"), 2))
    card.body.addWidget(ThaiLabel("duties.empty.next", desk.tr("duties.empty.next")))
    card.hide()
    return card


class DutiesPage(Page):
    """List, month or year at the left; the chosen duty and what is asked at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business = ""
        self._found: BusinessDuties | None = None
        self._keep = ""
        self._arriving = False
        self._first = desk.today().replace(day=1)
        scroll = Scroll("duties.scroll", gap=14, margins=(30, 20, 30, 20))
        rows(self, 0).addWidget(scroll)
        column = scroll.body
        self._top, self._across = line(None, 12), line(None, 20)
        self._head()
        self._bar = DutyBar(desk, desk.theme.px(_SIDE))
        self._bar.way_chosen.connect(self._show_way)
        self._bar.stepped.connect(self._step)
        self._bar.agency_chosen.connect(self._filter)
        self._doubt = self._banner()
        column.addLayout(self._top)
        column.addWidget(self._bar)
        column.addWidget(self._doubt)
        across = self._across
        self.views = DutyViews(desk)
        self.views.chosen.connect(self._chosen)
        self.views.month_opened.connect(self._open_month)
        self._empty = _nothing(desk)
        left = self._left = rows(None, 14)
        left.addWidget(self.views, 1)
        left.addWidget(self._empty)
        left.addStretch(0)
        across.addLayout(left, 1)
        self._aside = self._side()
        across.addWidget(self._aside)
        column.addLayout(across, 1)
        desk.bus.changed.connect(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, one below the other where text is large or the window small."""
        super().resizeEvent(event)
        px = self.desk.theme.px
        wide = self.width() >= px(_WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for part in (self._top, self._across):
            part.setDirection(way)
        self._bar.turn(way)
        self.views.setMinimumHeight(px(200 if wide else _TALL))
        self._aside.setMinimumWidth(px(_SIDE) if wide else 0)
        self._aside.setMaximumWidth(px(_SIDE) if wide else _NO_LIMIT)
        self._aside.grow(not wide)

    def _head(self) -> None:
        desk, head = self.desk, self._top
        titles = rows(None, 2)
        titles.addWidget(Heading("duties.title", desk.tr("nav.duties"), wrap=False))
        self.summary = Muted("duties.summary", small=False)
        titles.addWidget(self.summary)
        head.addLayout(titles, 1)
        self.export = SecondaryButton("duties.export", desk.tr("duties.export"))
        self.export.picture(desk.theme, "download")
        self.export.clicked.connect(self._export)
        head.addWidget(self.export)

    def _banner(self) -> Card:
        desk = self.desk
        card = Card("duties.doubt", desk.tr("duties.unknown-year"), "warn", padding=10)
        row = line(None, 10)
        row.addWidget(IconLabel("duties.doubt.icon", desk.theme, "triangle-alert", "accent_ink"))
        self._doubt_text = ThaiLabel("duties.doubt.text")
        row.addWidget(self._doubt_text, 1)
        card.body.addLayout(row)
        card.hide()
        return card

    def _side(self) -> Aside:
        scroll = Aside("duties.side", gap=14, margins=(0, 0, 4, 0))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.question = DutyQuestion(self.desk)
        self.question.answered.connect(self._answered)
        self.detail = DutyDetail(self.desk)
        self.detail.marked.connect(self._marked)
        self.detail.fill_wanted.connect(self._fill)
        self._beside = scroll.body
        scroll.body.addWidget(self.question)
        scroll.body.addWidget(self.detail)
        self.answers = DutyAnswers(self.desk)
        self.answers.change_wanted.connect(self._ask_again)
        scroll.body.addWidget(self.answers)
        scroll.body.addStretch(1)
        return scroll

    def open(self, business: str = "", duty: str = "", year: int = 0, **_arguments: Any) -> None:
        self._business = business or self.desk.business
        self._arriving = not year
        if year:
            self._first = date(year, 1, 1)
        self._read(duty)

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & _HEARD:
            self._read(self.detail.duty.id if self.detail.duty is not None else "")

    def _read(self, keep: str = "") -> None:
        if self._business:
            self._keep = keep
            work = partial(duties_of, self.desk.workspace, self._business, self._first.year)
            self.desk.jobs.ask(work, self._show, self.desk.tell_error)

    def _show(self, found: BusinessDuties) -> None:
        began = found.listing.began
        if self._arriving and began is not None and began.year > self._first.year:
            # a business that is still to begin is shown from its first month on
            self._arriving, self._first = False, began.replace(day=1)
            self._read(self._keep)
            return
        self._arriving = False
        self._found = found
        desk = self.desk
        language = desk.language
        self._bar.fill_agencies({d.rule.agency: found.agency(d).to(language) for d in found.listing.duties})
        unknown = found.listing.year not in desk.workspace.parameters.holiday_years
        self._doubt.setVisible(unknown)
        if unknown:
            year = str(found.listing.year + BUDDHIST)
            problem = Problem("due.unknown-year", values={"year": year})
            self._doubt_text.say(desk.workspace.texts.message(problem, desk.language))
        known = bool(found.listing.duties)
        if known:
            self._beside.insertWidget(0, self.question)
        else:
            self._left.insertWidget(2, self.question)
        self.question.ask(found.questions, found.answers, small=known)
        self.answers.show_answers(found)
        self._load(self._keep)

    def _duties(self) -> list[Duty]:
        assert self._found is not None
        agency = self._bar.agency()
        return [duty for duty in self._found.listing.duties if not agency or duty.rule.agency == agency]

    def _load(self, keep: str = "") -> None:
        if self._found is None:
            return
        duties = self._duties()
        done = sum(duty.id in self._found.done for duty in duties)
        self.summary.say(
            self.desk.tr("duties.summary", name=self._found.business.name, n=len(duties), done=done)
        )
        self.views.setVisible(bool(duties))
        self._empty.setVisible(not duties)
        self._aside.setVisible(bool(duties))
        self.export.setEnabled(bool(self._found.listing.duties))
        self._bar.say_when(self._first, self._way() == "month")
        self.views.load(self._found, duties, self._first, keep)

    def _way(self) -> str:
        return VIEWS[self.views.currentIndex()]

    @Slot(int)
    def _show_way(self, place: int) -> None:
        self.views.setCurrentIndex(place)
        self._load(self.detail.duty.id if self.detail.duty is not None else "")

    @Slot(int)
    def _step(self, step: int) -> None:
        year = self._first.year
        self._first = add_months(self._first, step * (1 if self._way() == "month" else 12))
        if self._first.year != year:
            self._read()
        else:
            self._load()

    @Slot(object)
    def _open_month(self, first: date) -> None:
        self._first = first
        self._bar.choose("month")
        self._show_way(VIEWS.index("month"))
        self.views.month.setFocus()

    @Slot()
    def _filter(self) -> None:
        self._load()

    @Slot(list)
    def _chosen(self, duties: list[Duty]) -> None:
        if self._found is not None:
            self.detail.show_duties(self._found, duties)
            self._aside.verticalScrollBar().setValue(0)

    @Slot(str)
    def _ask_again(self, wanted: str) -> None:
        if self._found is None:
            return
        for question in self._found.told:
            if question.id == wanted:
                self.question.ask_again(question)
                self._aside.ensureWidgetVisible(self.question)

    @Slot(str, object)
    def _answered(self, question: str, value: object) -> None:
        work = partial(answer_question, self.desk.workspace, self._business, question, value)  # type: ignore[arg-type]
        self.desk.jobs.change(f"duty.{question}", work, self._kept)

    def _kept(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            self.question.refuse(problems[0])
        else:
            self.desk.bus.changed.emit(frozenset({"duties"}))

    @Slot(str, bool)
    def _marked(self, duty: str, done: bool) -> None:
        work = partial(mark, self.desk.workspace, self._business, duty, done)
        self.desk.jobs.change(f"duty.mark.{duty}", work, lambda _: self._kept(()))

    @Slot(object)
    def _fill(self, duty: Duty) -> None:
        work = partial(begin_form, self.desk.workspace, self._business, duty)
        self.desk.jobs.change(f"duty.fill.{duty.id}", work, self._begun)

    def _begun(self, draft: Draft) -> None:
        self.desk.bus.changed.emit(frozenset({"drafts"}))
        self.go.emit("form", {"draft": draft.id})

    @Slot()
    def _export(self) -> None:
        if self._found is None:
            return
        found, desk = self._found, self.desk
        name = desk.tr("duties.file", year=found.listing.year + BUDDHIST)
        make = partial(calendar_of, desk.workspace, found, desk.language)
        desk.save_as(desk.tr("duties.export"), name, make, self._exported, "iCalendar (*.ics)")

    def _exported(self, path: str) -> None:
        self.desk.tell(self.desk.tr("duties.exported", path=path))
