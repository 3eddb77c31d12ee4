"""One filing followed: its clock, what happened, its documents, and a correction when asked."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot

from chutdiao.app.correction import asked_too_late, open_correction
from chutdiao.app.decided import record_result
from chutdiao.app.following import Followed, Happening, follow
from chutdiao.app.opened import label_at
from chutdiao.app.ports import Draft, Submission
from chutdiao.domain.problem import Problem
from chutdiao.domain.submission import CaseState, SubmissionState
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.case_documents import CaseDocuments
from chutdiao.ui.pages.clock_bar import ClockBar
from chutdiao.ui.pages.letter_button import LetterButton
from chutdiao.ui.pages.moments import moment, when_day
from chutdiao.ui.pages.result_card import ResultCard
from chutdiao.ui.pages.say import baht
from chutdiao.ui.pages.timeline import timeline_row
from chutdiao.ui.pages.tones import CASE_TONES, SENT_TONES
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    AccentButton,
    Card,
    Chip,
    Heading,
    Muted,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    rows,
)

_ENDED = (CaseState.ISSUED, CaseState.REJECTED, CaseState.RETURNED)
_KINDS = frozenset({"outbox", "cases", "files"})


class TrackingPage(Page):
    """Shows one submission or case anew whenever something about it is written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked: dict[str, str] = {}
        self._followed: Followed | None = None
        self._result: ResultCard | None = None
        column = rows(self, 14, (30, 16, 30, 16))
        head = Reflow(12)
        words = rows(gap=0)
        self.title = Heading("tracking.title", desk.tr("tracking.title"), 1)
        self.subtitle = Muted("tracking.subtitle", "", small=False)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head.add(words, 1)
        self.state = Chip("tracking.state", "", "plain")
        head.add(self.state)
        self.back = SecondaryButton("back", desk.tr("tracking.back"))
        self.back.clicked.connect(self._go_back)
        head.add(self.back)
        column.addLayout(head)
        self._scroll = Scroll("tracking-scroll", 16, (0, 0, 2, 0))
        column.addWidget(self._scroll, 1)
        desk.bus.changed.connect(self._changed)

    def open(self, **arguments: Any) -> None:
        """Follow the submission or case named."""
        self._asked = {key: str(arguments.get(key, "")) for key in ("submission", "case")}
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & _KINDS and any(self._asked.values()):
            self._read()

    def _read(self) -> None:
        self.desk.jobs.ask(
            partial(follow, self.desk.workspace, **self._asked), self._show, self.desk.tell_error
        )

    def _show(self, followed: Followed) -> None:
        self._followed = followed
        tr, sent, case = self.desk.tr, followed.submission, followed.case
        form = followed.form
        self.title.say(" ".join(part for part in (form.code, self.desk.local(form.title)) if part))
        issued = case.number if case is not None and case.state is CaseState.ISSUED else ""
        number = sent.number or (case.number if case else "")
        told = (
            followed.authority,
            tr("tracking.received-number", number=number) if number and number != issued else "",
            tr("tracking.issued-number", number=issued) if issued else "",
            self._sent_on(sent),
        )
        self.subtitle.say(" · ".join(part for part in told if part))
        self._show_state(followed)
        answer = self._answer_card(followed)
        clear(self._scroll.body)
        if sent.state in (SubmissionState.QUEUED, SubmissionState.SENDING, SubmissionState.STOPPED):
            self._scroll.body.addWidget(self._sending(followed))
        if followed.wants_correction and sent.state is SubmissionState.RECEIVED:
            self._scroll.body.addWidget(self._correction(followed))
        if answer is not None:
            self._scroll.body.addWidget(answer)
        self._scroll.body.addWidget(self._clock(followed))
        across = Reflow(20)
        events = rows(gap=0)
        events.addWidget(self._events(followed))
        events.addStretch(1)
        across.add(events, 5)
        side = rows(gap=14)
        if form.fee is not None:
            side.addWidget(self._fee(followed))
        side.addWidget(CaseDocuments(self.desk, followed))
        side.addStretch(1)
        across.add(side, 3)
        self._scroll.body.addLayout(across)
        self._scroll.body.addStretch(1)

    def _answer_card(self, followed: Followed) -> ResultCard | None:
        """The card to write the answer in; news while a person types in it takes nothing away."""
        held, sent = self._result, followed.submission.id
        if held is not None:
            self._scroll.body.removeWidget(held)
            if held.submission == sent and followed.answer_unwritten:
                return held
            held.hide()
            held.deleteLater()
        self._result = ResultCard(self.desk, sent) if followed.answer_unwritten else None
        if self._result is not None:
            self._result.told.connect(self._answered)
        return self._result

    def _sent_on(self, sent: Submission) -> str:
        """The day it was filed; what still waits was sent on no day."""
        if sent.state not in (SubmissionState.RECEIVED, SubmissionState.RECORDED):
            return ""
        day = when_day(self.desk, sent.recorded_on or sent.queued_at)
        return self.desk.tr("tracking.sent-on", date=day)

    def _show_state(self, followed: Followed) -> None:
        tr, sent, case = self.desk.tr, followed.submission, followed.case
        clock = followed.clock
        if case is not None and sent.state is SubmissionState.RECORDED and case.state in _ENDED:
            told = tr("tracking.own-word", state=tr(f"tracking.case.{case.state}"))
            self.state.say(told, CASE_TONES[case.state])
        elif case is None or sent.state is not SubmissionState.RECEIVED:
            self.state.say(tr(f"outbox.state.{sent.state}"), SENT_TONES[sent.state])
        elif clock is not None and clock.overdue and case.state is CaseState.REVIEWING:
            unit = self._unit(followed)
            self.state.say(tr("tracking.clock.over", n=-clock.left, unit=unit), "bad")
        else:
            self.state.say(tr(f"tracking.case.{case.state}"), CASE_TONES[case.state])

    def _unit(self, followed: Followed) -> str:
        unit = followed.form.time.unit if followed.form.time else "days"
        return self.desk.tr(f"tracking.clock.{unit}")

    def _sending(self, followed: Followed) -> Card:
        tr, stopped = self.desk.tr, followed.submission.state is SubmissionState.STOPPED
        card = Card("sending", "", "bad" if stopped else "warn")
        state = followed.submission.state
        card.body.addWidget(Heading("sending.title", tr(f"outbox.state.{state}"), 3))
        text = "tracking.stopped.text" if stopped else "tracking.waiting.text"
        card.body.addWidget(ThaiLabel("sending.text", tr(text)))
        for problem in followed.submission.problems:
            card.body.addWidget(ThaiLabel(f"sending.{problem.code}", self._sentence(problem)))
        if stopped:
            retry = SecondaryButton("retry", tr("outbox.retry"))
            retry.clicked.connect(self._retry)
            card.body.addWidget(retry)
        return card

    def _sentence(self, problem: Problem) -> str:
        texts, language = self.desk.workspace.texts, self.desk.language
        return f"{texts.message(problem, language)} {texts.cure(problem, language)}".strip()

    def _correction(self, followed: Followed) -> Card:
        tr = self.desk.tr
        asked = next(e for e in reversed(followed.happenings) if e.kind == "correction")
        card = Card("correction", tr("tracking.event.correction"), "warn", gap=6, padding=20)
        row = Reflow(12)
        words = rows(gap=2)
        words.addWidget(Heading("correction.title", tr("tracking.event.correction"), 2))
        if asked.text:
            words.addWidget(ThaiLabel("correction.reason", asked.text))
        names = self._names(followed, asked)
        words.addWidget(Muted("correction.fields", tr("tracking.fields", fields=names)))
        if followed.case is not None and asked_too_late(followed.case):
            words.addWidget(Muted("correction.law", tr("tracking.too-late")))
            words.addWidget(LetterButton(self.desk, "asked-again", followed), 0, Qt.AlignmentFlag.AlignLeft)
        row.add(words, 1)
        correct = AccentButton("correct", tr("tracking.correct"))
        correct.clicked.connect(self._correct)
        row.add(correct)
        card.body.addLayout(row)
        return card

    def _names(self, followed: Followed, happening: Happening) -> str:
        return " · ".join(self.desk.local(label_at(followed.form, place)) for place in happening.fields)

    def _clock(self, followed: Followed) -> Card:
        tr, clock, time = self.desk.tr, followed.clock, followed.form.time
        card = Card("clock", tr("tracking.clock"), gap=10, padding=20)
        head = Reflow(12)
        head.add(Heading("clock.title", tr("tracking.clock"), 3), 1)
        unit = self._unit(followed)
        told = tr("tracking.clock.none") if time is None else tr("tracking.clock.idle")
        if clock is not None and time is not None:
            told = tr("tracking.clock.words", all=time.count, used=clock.used, unit=unit)
            told += f" · {tr('tracking.clock.due', date=when_day(self.desk, clock.due.isoformat()))}"
            if clock.paused:
                told += f" · {tr('tracking.clock.paused')}"
        head.add(Muted("clock.words", told), 1)
        if time is not None and time.confidence != "high":
            head.add(Chip("clock.unverified", tr("form.unverified"), "warn"))
        card.body.addLayout(head)
        if clock is not None and time is not None:
            bar = ClockBar(self.desk.theme)
            bar.reach(clock.used, time.count, told)
            card.body.addWidget(bar)
            if clock.unknown_year:
                card.body.addWidget(Muted("clock.unknown-year", tr("tracking.clock.unknown-year")))
            if clock.overdue:
                late = Reflow(12)
                late.add(Muted("clock.law", tr("tracking.clock.law")), 1)
                if followed.case is not None and followed.case.state is CaseState.REVIEWING:
                    late.add(LetterButton(self.desk, "late", followed))
                card.body.addLayout(late)
        return card

    def _events(self, followed: Followed) -> Card:
        tr = self.desk.tr
        card = Card("events", tr("tracking.events"), gap=0, padding=24)
        told = followed.happenings
        for number, happening in enumerate(told):
            text = happening.text
            if happening.kind == "received" and followed.submission.receipt:
                text = text or tr("tracking.receipt")
            if happening.fields:
                named = tr("tracking.fields", fields=self._names(followed, happening))
                text = f"{text} · {named}" if text else named
            if happening.kind == "recorded":
                text = tr("tracking.recorded")
            when = moment(self.desk, happening.at)
            title, last = tr(f"tracking.event.{happening.kind}"), number == len(told) - 1
            name = f"{happening.kind}.{number}"
            row = timeline_row(self.desk.theme, name, title, when, text, happening.tone, last)
            card.body.addWidget(row)
        return card

    def _fee(self, followed: Followed) -> Card:
        tr, fee = self.desk.tr, followed.form.fee
        assert fee is not None
        low, high = baht(fee.low or "0"), baht(fee.high or "0")
        amount = low if low == high else f"{low}–{high}"
        title = tr("tracking.fee.free") if fee.high in ("", "0") else tr("tracking.fee", amount=amount)
        card = Card("fee", title, padding=20)
        card.body.addWidget(Heading("fee.title", title, 3))
        if fee.note is not None:
            card.body.addWidget(Muted("fee.note", self.desk.local(fee.note)))
        if fee.confidence != "high":
            card.body.addWidget(Chip("fee.unverified", tr("form.unverified"), "warn"))
        return card

    @Slot()
    def _correct(self) -> None:
        if self._followed is not None and self._followed.case is not None:
            case = self._followed.case.id
            work = partial(open_correction, self.desk.workspace, case)
            self.desk.jobs.change(f"correct:{case}", work, self._correcting)

    def _correcting(self, draft: Draft) -> None:
        self.desk.bus.changed.emit(frozenset({"drafts"}))
        self.go.emit("form", {"draft": draft.id, "place": draft.place})

    @Slot(str, str, str, str)
    def _answered(self, kind: str, number: str, on: str, paper: str) -> None:
        if self._followed is not None:
            sent = self._followed.submission.id
            work = partial(record_result, self.desk.workspace, sent, kind, number, on, paper)
            self.desk.jobs.change(f"result:{sent}", work, self._was_answered)

    def _was_answered(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            if self._result is not None:
                self._result.refuse(problems)
            return
        self.desk.bus.changed.emit(frozenset({"outbox", "cases", "files", "businesses"}))
        self.desk.tell(self.desk.tr("result.done"))

    @Slot()
    def _retry(self) -> None:
        if self._followed is not None:
            sent = self._followed.submission.id
            work = partial(self.desk.workspace.outbox.retry, sent)
            self.desk.jobs.change(f"retry:{sent}", work, self._retried)

    def _retried(self, _: object) -> None:
        self.desk.bus.changed.emit(frozenset({"outbox"}))

    @Slot()
    def _go_back(self) -> None:
        self.go.emit("outbox", {})
