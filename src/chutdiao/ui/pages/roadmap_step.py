"""One step of the roadmap: its mark on the rail, and its card."""

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QWidget

from chutdiao.domain.dates import show_date
from chutdiao.domain.journey.outcome import PlanStep
from chutdiao.ui import icons
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.pages.say import day_text, fee_text, time_text
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.theme import Theme
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    LinkButton,
    Muted,
    PrimaryButton,
    SecondaryButton,
    ThaiLabel,
    named,
    rows,
)

_TONES = {
    "ready": "plain", "after": "plain", "depends": "warn", "started": "info", "waiting-to-send": "warn",
    "filed": "info", "correction": "bad", "approved": "ok", "issued": "ok",
    "stopped": "bad", "dropped": "plain",
}  # fmt: skip
_FOLLOWED = ("waiting-to-send", "filed", "correction", "approved", "stopped")
_SOON_DAYS = 30


class StepMark(QWidget):
    """The circle of a step on the rail: its number, or a tick when it is done."""

    def __init__(self, name: str, theme: Theme, text: str, kind: str, ends: tuple[bool, bool]) -> None:
        super().__init__()
        named(self, name, text)
        self._theme, self._text, self._kind, self._ends = theme, text, kind, ends
        self.setFixedWidth(34)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        painter.setPen(QPen(QColor(colour("line")), 2))
        first, last = self._ends
        painter.drawLine(17, 16 if first else 0, 17, 16 if last else self.height())
        ring = QRect(2, 1, 30, 30).adjusted(1, 1, -1, -1)
        fill, edge, ink = {
            "done": ("ok", "ok", "surface"),
            "now": ("primary", "primary", "on_primary"),
        }.get(self._kind, ("surface", "field_border", "muted"))
        painter.setPen(QPen(QColor(colour(edge)), 2))
        painter.setBrush(QColor(colour(fill)))
        painter.drawEllipse(ring)
        if self._kind == "done":
            painter.drawPixmap(8, 7, icons.pixmap("check", colour("surface"), 18))
        else:
            font = self.font()
            font.setBold(True)
            font.setPixelSize(self._theme.px(13))
            painter.setFont(font)
            painter.setPen(QColor(colour(ink)))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class StepCard(Card):
    """What a step is, why it applies, and the one thing to do with it."""

    # The step and what is wanted: fill, track, vault, done, undo.
    wanted = Signal(str, str)

    def __init__(
        self, desk: Desk, step: PlanStep, number: dict[str, int], now: bool, asked: str = ""
    ) -> None:
        super().__init__(f"step.{step.id}", desk.local(step.title), "now" if now else "true", gap=2)
        self.step, self._desk, self._number = step, desk, number
        self._now, self._asked = now, asked
        self._details: QWidget | None = None
        top, below = Reflow(12), Reflow(12)
        top.add(self._title_line(), 1)
        self._add_action(top)
        below.add(Muted(f"{self.objectName()}.meta", self._meta()), 1)
        self._add_why(below)
        self.body.addLayout(top)
        self.body.addLayout(below)

    def _title_line(self) -> QLayout:
        name = self.objectName()
        row = FlowLayout(across=10)
        row.addWidget(Heading(f"{name}.title", self._desk.local(self.step.title), 3))
        text, tone = self._state()
        row.addWidget(Chip(f"{name}.state", text, tone))
        if self.step.confidence != "high":
            row.addWidget(Chip(f"{name}.unverified", self._desk.tr("fact.unverified"), "warn"))
        return row

    def _state(self) -> tuple[str, str]:
        step, tr = self.step, self._desk.tr
        if step.due is not None and step.state in ("ready", "started", "after"):
            left = (step.due - self._desk.today()).days
            if left < 0:
                return tr("roadmap.overdue", n=-left), "bad"
            if left <= _SOON_DAYS:
                return tr("roadmap.days-left", n=left), "warn"
        waits = ", ".join(str(self._number[s]) for s in step.waits_for if s in self._number)
        key = f"roadmap.state.{step.state}"
        if step.state == "after" and waits:
            return tr("roadmap.state.after-step", steps=waits), "plain"
        return tr(key), _TONES.get(step.state, "plain")

    def _meta(self) -> str:
        step, desk = self.step, self._desk
        parts = [desk.local(step.agency), desk.local(step.form_name), fee_text(step.fee, desk)]
        parts.append(time_text(step.days, step.unit, desk))
        if step.may_operate_from:
            parts.append(desk.tr(f"roadmap.operate.{step.may_operate_from}"))
        if step.state == "depends":
            parts = [desk.tr("roadmap.depends", question=self._asked)] if self._asked else []
        if step.state == "dropped":
            parts = [desk.local(step.dropped) or desk.local(step.agency)]
        return " · ".join(part for part in parts if part)

    def _add_why(self, row: Reflow) -> None:
        name, tr = self.objectName(), self._desk.tr
        self.why = LinkButton(f"{name}.why", tr("roadmap.why"), compact=True)
        self.why.setAccessibleName(tr("roadmap.why.of", step=self._desk.local(self.step.title)))
        self.why.setCheckable(True)
        self.why.toggled.connect(self._toggle)
        row.add(self.why)

    def _add_action(self, row: Reflow) -> None:
        name, tr = self.objectName(), self._desk.tr
        key, self._action = self._offer()
        if not self._action:
            return
        button = (PrimaryButton if self._now else SecondaryButton)(f"{name}.do", tr(key), compact=True)
        button.setAccessibleName(f"{tr(key)}: {self._desk.local(self.step.title)}")
        if self._action == "vault":
            button.picture(self._desk.theme, "file-text", size=16)
        button.clicked.connect(self._do)
        row.add(button)

    def _offer(self) -> tuple[str, str]:
        step = self.step
        if step.state == "issued":
            by_user = step.done is None or not (step.done.case or step.done.submission)
            return ("roadmap.do.undo", "undo") if by_user else ("roadmap.do.licence", "vault")
        if step.state in _FOLLOWED and step.done is not None and (step.done.submission or step.done.case):
            return "roadmap.do.track", "track"
        if step.state in ("depends", "dropped"):
            return "", ""
        if not step.form:
            return ("roadmap.do.done", "done") if step.state == "ready" else ("", "")
        if step.state == "started":
            return "roadmap.do.continue", "fill"
        return ("roadmap.do.ahead" if step.state == "after" else "roadmap.do.start"), "fill"

    @Slot()
    def _do(self) -> None:
        self.wanted.emit(self.step.id, self._action)

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        if self._details is None:
            self._details = StepDetails(self._desk, self.step, self._number)
            self.body.addWidget(self._details)
        self._details.setVisible(on)


class StepDetails(QWidget):
    """Why, law, papers, dates, where: what stands behind a step."""

    def __init__(self, desk: Desk, step: PlanStep, number: dict[str, int]) -> None:
        super().__init__()
        name = f"step.{step.id}.details"
        named(self, name, desk.tr("roadmap.why"))
        column = rows(self, 5, (0, 8, 0, 2))
        for key, text in self._lines(desk, step, number):
            row = Reflow(12, down=0)
            label = Muted(f"{name}.{key}.label", desk.tr(f"roadmap.detail.{key}"))
            label.setFixedWidth(desk.theme.px(112))
            row.add(label)
            said = ThaiLabel(f"{name}.{key}", text)
            said.setProperty("small", True)
            row.add(said, 1)
            column.addLayout(row)

    def _lines(self, desk: Desk, step: PlanStep, number: dict[str, int]) -> list[tuple[str, str]]:
        def long(day: date | None) -> str:
            return show_date(day, desk.language, long=True) if day else ""

        papers = "\n".join(
            f"• {desk.local(d.label)}"
            + ("" if d.bring else f" — {desk.tr('roadmap.not-brought')}{' ' + d.law if d.law else ''}")
            for d in step.documents
        )
        unlocks = ", ".join(str(number[s]) for s in step.unlocks if s in number)
        source = step.source + (
            f" ({desk.tr('fact.checked', on=day_text(step.checked_on, desk))})" if step.checked_on else ""
        )
        pairs = [
            ("why", desk.local(step.why)),
            ("law", step.law),
            ("what", desk.local(step.what)),
            ("where", " ".join(part for part in (desk.local(step.where), step.site) if part)),
            ("papers", papers),
            ("due", " ".join(part for part in (long(step.due), step.due_law) if part) if step.due else ""),
            ("finish", long(step.finish)),
            ("renewal", desk.local(step.renewal)),
            ("unlocks", desk.tr("roadmap.unlocks", steps=unlocks) if unlocks else ""),
            ("source", source if step.confidence != "high" else ""),
        ]
        return [(key, text) for key, text in pairs if text]
