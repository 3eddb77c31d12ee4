"""My work: one thing to do when empty, else every business and its next step."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from chutdiao.app.ports import Business
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import Json
from chutdiao.ui.desk import Desk
from chutdiao.ui.dialogs.recovery import RecoveryDialog
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.page import Page
from chutdiao.ui.pages.start_card import StartCard
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    IconLabel,
    LinkButton,
    Muted,
    PrimaryButton,
    ProgressLine,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    named,
    rows,
)

if TYPE_CHECKING:
    from chutdiao.domain.journey.outcome import Plan
    from chutdiao.ui.pages.duty_card import Near

RECOVERY_SEEN = "recovery.seen"
_ROADMAPS = 12
_HEARD = frozenset({"businesses", "drafts", "outbox", "cases", "duties"})
_Seen = tuple[Sequence[Business], "Mapping[str, Plan]", Mapping[str, Json], bool]


def _plans(workspace: Workspace, businesses: Sequence[Business]) -> "dict[str, Plan]":
    if not businesses:
        return {}
    # Planning brings in the law of the journeys, which an empty first page can do without.
    from chutdiao.app.roadmap import roadmap

    return {business.id: roadmap(workspace, business.id) for business in businesses}


def _next_step(plan: "Plan") -> Any:
    from chutdiao.ui.pages.roadmap import next_step

    return next_step(plan)


class HomePage(Page):
    """Where the program opens."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = rows(self, 0)
        self._scroll = Scroll("home.scroll", gap=16, margins=(30, 24, 30, 24))
        outer.addWidget(self._scroll)
        self._column = rows(None, 16)
        holder = named(QWidget(), "home.column", desk.tr("nav.home"))
        holder.setMaximumWidth(desk.theme.px(860))
        holder.setLayout(self._column)
        across = line(None, 0)
        across.addStretch(1)
        across.addWidget(holder, 12)
        across.addStretch(1)
        self._scroll.body.addLayout(across)
        self._scroll.body.addStretch(1)
        self._starting = False
        self._near = rows(None, 0)
        self._planned: set[str] = set()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._read)
        desk.bus.changed.connect(self._changed)

    def open(self, **arguments: Any) -> None:
        self._starting = bool(arguments.get("start"))
        self._read()

    def leave(self) -> None:
        self._again.stop()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & _HEARD and not self._starting:
            self._again.start(80)

    @Slot()
    def _read(self) -> None:
        workspace = self.desk.workspace

        def look() -> _Seen:
            businesses = workspace.businesses.all()
            plans = _plans(workspace, businesses[:_ROADMAPS])
            seen = bool(workspace.settings.read(RECOVERY_SEEN, False))
            return businesses, plans, workspace.shelf.index(), seen

        self.desk.jobs.ask(look, self._show)

    def _show(self, seen: _Seen) -> None:
        businesses, plans, index, recovery_seen = seen
        self._planned = {b.id for b in businesses if b.interview}
        clear(self._column)
        if not businesses or self._starting:
            self._show_start(index, bool(businesses))
        else:
            self._show_businesses(businesses, plans)
            self._near = rows(None, 0)
            self._column.addLayout(self._near)
            self._read_duties(businesses)
        if not recovery_seen and not self.desk.workspace.practice:
            self._column.addWidget(self._recovery_card())
        self._column.addWidget(self._profile_card())

    def _read_duties(self, businesses: Sequence[Business]) -> None:
        """What is due soon comes after the rest: the page does not wait for it."""
        workspace = self.desk.workspace

        def look() -> tuple[Sequence[Business], "Near"]:
            from chutdiao.app.duties import upcoming

            return businesses, {b.id: upcoming(workspace, b.id) for b in businesses[:_ROADMAPS]}

        self.desk.jobs.ask(look, self._show_duties)

    def _show_duties(self, seen: "tuple[Sequence[Business], Near]") -> None:
        from chutdiao.ui.pages.duty_card import DutyCard

        businesses, near = seen
        if self._starting or not any(near.values()):
            return
        clear(self._near)
        card = DutyCard(self.desk, businesses, near)
        card.wanted.connect(self._open_duty)
        self._near.addWidget(card)

    def _show_start(self, index: Mapping[str, Json], may_leave: bool) -> None:
        card = StartCard(self.desk, journeys_of(index), may_leave)
        card.started.connect(self._started)
        card.left.connect(self._left)
        self._column.addWidget(card)
        card.name.setFocus()

    def _show_businesses(self, businesses: Sequence[Business], plans: "Mapping[str, Plan]") -> None:
        desk = self.desk
        head = Reflow(12)
        titles = rows(None, 2)
        titles.addWidget(Heading("home.title", desk.tr("home.title"), wrap=False))
        titles.addWidget(Muted("home.line", desk.tr("home.line", n=len(businesses)), small=False))
        head.add(titles, 1)
        start = SecondaryButton("home.start", desk.tr("home.start"))
        start.picture(desk.theme, "plus")
        start.clicked.connect(self._begin)
        head.add(start)
        self._column.addLayout(head)
        for place, business in enumerate(businesses):
            first = business.id == desk.business or (place == 0 and not desk.business)
            self._column.addWidget(self._business_card(business, plans.get(business.id), first))

    def _business_card(self, business: Business, plan: "Plan | None", first: bool) -> Card:
        desk, name = self.desk, f"business.{business.id}"
        card = Card(name, business.name, "now" if first else "true", gap=6)
        top = Reflow(12)
        words = rows(None, 2)
        title = FlowLayout(across=10)
        title.addWidget(Heading(f"{name}.title", business.name, 2))
        step = _next_step(plan) if plan else None
        if step is not None:
            title.addWidget(Chip(f"{name}.state", desk.tr(f"roadmap.state.{step.state}"), "info"))
        words.addLayout(title)
        if plan is not None:
            done = sum(s.finished for s in plan.steps)
            asked = bool(plan.steps)
            said = (
                desk.tr("roadmap.done", n=done, all=len(plan.steps))
                if asked
                else desk.tr("home.answer-first")
            )
            words.addWidget(Muted(f"{name}.line", f"{desk.local(plan.title)} · {said}"))
            if step is not None:
                words.addWidget(ThaiLabel(f"{name}.next", desk.tr("home.next", step=desk.local(step.title))))
        top.add(words, 1)
        button = (PrimaryButton if first else SecondaryButton)(f"{name}.open", desk.tr("home.open"))
        button.setAccessibleName(f"{desk.tr('home.open')}: {business.name}")
        button.clicked.connect(self._open_business)
        if business.interview:
            changed = desk.tr("home.changed")
            link = LinkButton(f"{name}.changed", changed, f"{changed}: {business.name}", compact=True)
            link.clicked.connect(self._open_events)
            top.add(link)
        top.add(button)
        card.body.addLayout(top)
        if plan is not None and plan.steps:
            progress = ProgressLine(f"{name}.progress", desk.theme, "ok")
            progress.reach(done / len(plan.steps), said)
            card.body.addSpacing(4)
            card.body.addWidget(progress)
        return card

    def _recovery_card(self) -> Card:
        desk = self.desk
        card = Card("home.recovery", desk.tr("home.recovery"), "warn")
        row = Reflow(12)
        row.add(IconLabel("home.recovery.icon", desk.theme, "key-round", "accent_ink"))
        words = rows(None, 2)
        words.addWidget(Heading("home.recovery.title", desk.tr("home.recovery"), 3))
        words.addWidget(ThaiLabel("home.recovery.text", desk.tr("home.recovery.why")))
        row.add(words, 1)
        show = SecondaryButton("home.recovery.show", desk.tr("home.recovery.show"))
        show.clicked.connect(self._show_recovery)
        row.add(show)
        card.body.addLayout(row)
        return card

    def _profile_card(self) -> QWidget:
        desk = self.desk
        way = "real" if desk.workspace.practice else "practice"
        holder = named(QWidget(), "home.profile", desk.tr(f"home.profile.{way}"))
        row = Reflow(10, holder)
        row.setContentsMargins(4, 0, 0, 0)
        row.add(Muted("home.profile.text", desk.tr(f"home.profile.{way}.why")), 1)
        button = LinkButton("home.profile.switch", desk.tr(f"home.profile.{way}"))
        button.clicked.connect(self._switch)
        row.add(button)
        return holder

    @Slot()
    def _begin(self) -> None:
        self._starting = True
        self._read()

    @Slot()
    def _left(self) -> None:
        self._starting = False
        self._read()

    @Slot(str)
    def _started(self, business: str) -> None:
        self._starting = False
        self.desk.bus.changed.emit(frozenset({"businesses"}))
        self.go.emit("interview", {"business": business})

    @Slot()
    def _open_business(self) -> None:
        business = self.sender().objectName().removeprefix("business.").removesuffix(".open")
        page = "roadmap" if business in self._planned else "interview"
        self.go.emit(page, {"business": business})

    @Slot()
    def _open_events(self) -> None:
        business = self.sender().objectName().removeprefix("business.").removesuffix(".changed")
        self.go.emit("events", {"business": business})

    @Slot()
    def _show_recovery(self) -> None:
        show_recovery(self)
        self._read()

    @Slot(str, str)
    def _open_duty(self, business: str, duty: str) -> None:
        self.go.emit("duties", {"business": business, "duty": duty} if business else {})

    @Slot()
    def _switch(self) -> None:
        self.desk.bus.profile_wanted.emit("real" if self.desk.workspace.practice else "practice")


def show_recovery(page: Page) -> None:
    """Show the recovery code, and remember that it was kept."""
    desk = page.desk
    dialog = RecoveryDialog(page, desk, desk.workspace.keeper.recovery_code())
    if dialog.exec() == RecoveryDialog.DialogCode.Accepted:
        settings = desk.workspace.settings
        desk.jobs.change(RECOVERY_SEEN, lambda: settings.write(RECOVERY_SEEN, True))
    dialog.deleteLater()


def journeys_of(index: Mapping[str, Json]) -> list[tuple[str, Mapping[str, Json]]]:
    """The journeys of the built index, id and row."""
    found = index.get("journeys", {})
    if isinstance(found, Mapping):
        return [(str(key), row) for key, row in found.items() if isinstance(row, Mapping)]
    return [(str(row["id"]), row) for row in found or () if isinstance(row, Mapping)]
