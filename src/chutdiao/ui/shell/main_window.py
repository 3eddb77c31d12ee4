"""The one window: navigation, page in front, banner, notice, status bar."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from chutdiao.app.following import thai_time
from chutdiao.app.ports import Business, Submission
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import DraftState, SubmissionState
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.shell.navigation import Navigation
from chutdiao.ui.shell.notices import Above
from chutdiao.ui.shell.pages_table import PAGES, make, works
from chutdiao.ui.shell.status_bar import StatusBar
from chutdiao.ui.widgets import line, named, rows

_SIZE = QSize(1280, 800)
_LIVE_PAGES = 6
_ASKS = QSizePolicy.Policy.Preferred
LAST_BUSINESS = "window.business"
LAST_PLACE = "window.place"
_PLACE_QUIET_MS = 400


class MainWindow(QMainWindow):
    """Shows pages by name and keeps navigation, status and counts true."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pages: dict[str, Page] = {}
        self._front = ""
        self._saved_at: datetime | None = None
        self._network = ("off", 0)
        named(self, "window", desk.tr("app.name"))
        self.setWindowTitle(desk.tr("app.title"))
        self.resize(_SIZE)
        self.setMinimumSize(960, 600)
        self._refresh_soon = QTimer(self)
        self._refresh_soon.setSingleShot(True)
        self._refresh_soon.timeout.connect(self.refresh)
        desk.navigator.wanted.connect(self.show_page)
        desk.navigator.amended.connect(self._note_place)
        desk.bus.saved.connect(self._saved)
        desk.bus.changed.connect(self._changed)
        desk.bus.connectivity.connect(self._connectivity)
        desk.bus.language_changed.connect(self.rebuild)
        desk.bus.theme_changed.connect(self.rebuild)
        self._build()
        back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        back.activated.connect(desk.navigator.back)

    def _build(self) -> None:
        ground = named(QWidget(), "ground", self.desk.tr("app.name"))
        ground.setProperty("ground", "canvas")
        across = line(ground, 0)
        self.navigation = Navigation(self.desk)
        self.navigation.page_wanted.connect(self.go)
        self.navigation.business_wanted.connect(self.work_on)
        across.addWidget(self.navigation)
        column = rows(None, 0)
        self.above = Above(self.desk)
        self.stack = named(QStackedWidget(), "pages", self.desk.tr("shell.pages"))
        self.status = StatusBar(self.desk, self._saved_at, self._network)
        column.addWidget(self.above)
        # With large text a page may need more than the window has: then it is scrolled as a whole.
        whole = QScrollArea()
        named(whole, "pages.scroll", self.desk.tr("shell.pages"))
        whole.setWidgetResizable(True)
        whole.setFrameShape(QFrame.Shape.NoFrame)
        whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.setWidget(self.stack)
        column.addWidget(whole, 1)
        column.addWidget(self.status)
        across.addLayout(column, 1)
        self.setCentralWidget(ground)
        if self.desk.workspace.practice:
            self.setWindowTitle(self.desk.tr("app.title.practice"))
        self.refresh()

    @Slot()
    def rebuild(self) -> None:
        """Make everything anew in another language or look; the same page stays in front."""
        self._leave()
        self.desk.jobs.flush()
        self._pages.clear()
        self._front = ""
        self._build()
        page, arguments = self.desk.navigator.current
        if page:
            self.show_page(page, arguments)

    @Slot(str)
    def go(self, page: str) -> None:
        """Go where the navigation points, about the business at work."""
        if page == "roadmap":
            self.desk.navigator.show(page, business=self.desk.business)
        else:
            self.desk.navigator.show(page)

    @Slot(str)
    def work_on(self, business: str) -> None:
        """Make another business the one at work and show its roadmap."""
        self.choose(business)
        self.desk.navigator.show("roadmap", business=business)

    def choose(self, business: str) -> None:
        """Make a business the one at work, and remember it."""
        if business != self.desk.business:
            self.desk.business = business
            settings = self.desk.workspace.settings
            self.desk.jobs.change(LAST_BUSINESS, lambda: settings.write(LAST_BUSINESS, business))
            self.refresh()

    @Slot(str, dict)
    def show_page(self, page: str, arguments: dict[str, Any]) -> None:
        """Bring a page to the front, making it when needed."""
        if not works(page):
            self.desk.tell(self.desk.tr("shell.no-page"), "warn")
            return
        self._leave()
        if arguments.get("business"):
            self.choose(str(arguments["business"]))
        widget = self._pages.pop(page, None)
        if widget is None:
            widget = make(page, self.desk)
            widget.go.connect(self._page_goes)
            self.stack.addWidget(widget)
        self._pages[page] = widget
        self._drop_old()
        self._front = page
        for one in self._pages.values():
            # A page behind must not make the one in front scroll.
            ask = _ASKS if one is widget else QSizePolicy.Policy.Ignored
            one.setSizePolicy(ask, ask)
        self.stack.setCurrentWidget(widget)
        self.navigation.light(PAGES[page].nav)
        nav = PAGES[page].nav
        widget.setAccessibleName(self.desk.tr(f"nav.{nav}" if nav else "shell.pages"))
        widget.setFocus()
        widget.open(**arguments)
        self._note_place()

    @Slot(str, dict)
    def _page_goes(self, page: str, arguments: dict[str, Any]) -> None:
        if page == "back":
            self.desk.navigator.back()
        else:
            self.desk.navigator.show(page, **arguments)

    @Slot()
    def _note_place(self) -> None:
        """Remember the page in front, so that it comes back after a power cut."""
        page, arguments = self.desk.navigator.current
        place = {"page": page, **{key: value for key, value in arguments.items() if isinstance(value, str)}}
        settings = self.desk.workspace.settings
        self.desk.jobs.change(LAST_PLACE, lambda: settings.write(LAST_PLACE, place), quiet_ms=_PLACE_QUIET_MS)

    def _leave(self) -> None:
        if self._front in self._pages:
            self._pages[self._front].leave()

    def _drop_old(self) -> None:
        while len(self._pages) > _LIVE_PAGES:
            oldest = self._pages.pop(next(iter(self._pages)))
            self.stack.removeWidget(oldest)
            oldest.deleteLater()

    @Slot()
    def _saved(self) -> None:
        self._saved_at = thai_time(self.desk.workspace.clock.now().isoformat())
        self.status.saved(self._saved_at)

    @Slot(frozenset)
    def _changed(self, _kinds: frozenset[str]) -> None:
        self._refresh_soon.start(50)

    @Slot(str, int)
    def _connectivity(self, state: str, waiting: int) -> None:
        self._network = (state, waiting if waiting >= 0 else self._network[1])
        self.status.network(*self._network)

    @Slot()
    def refresh(self) -> None:
        """Read again who is at work and how much waits."""
        workspace = self.desk.workspace
        business = self.desk.business

        def look() -> tuple[Sequence[Business], Sequence[Submission], dict[str, int], str]:
            businesses = workspace.businesses.all()
            submissions = workspace.outbox.all()
            drafts = workspace.drafts.for_business(business) if business else ()
            open_drafts = sum(draft.state != DraftState.LOCKED for draft in drafts)
            version = forms_version(workspace.shelf.index())
            return businesses, submissions, {"drafts": open_drafts}, version

        self.desk.jobs.ask(look, self._refreshed)

    def _refreshed(self, seen: tuple[Sequence[Business], Sequence[Submission], dict[str, int], str]) -> None:
        businesses, submissions, counts, version = seen
        if self.desk.business not in {b.id for b in businesses}:
            self.desk.business = businesses[0].id if businesses else ""
        waiting = sum(s.state in (SubmissionState.QUEUED, SubmissionState.SENDING) for s in submissions)
        stopped = sum(s.state == SubmissionState.STOPPED for s in submissions)
        self.navigation.businesses(businesses)
        self.navigation.counts({**counts, "outbox": waiting + stopped})
        self._connectivity(self._network[0], waiting)
        self.status.forms(self.desk.tr("shell.forms", version=version) if version else "")

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        self._front = ""
        self._refresh_soon.stop()
        self.desk.bus.changed.disconnect(self._changed)
        self.desk.jobs.flush()
        event.accept()
        self.closed.emit()

    def to_front(self) -> None:
        """Come up before other windows, as when a second one was started."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()


def forms_version(index: Mapping[str, Json]) -> str:
    """The newest version among the forms of the set; empty where there are none."""
    forms = index.get("forms")
    rows_of_forms = forms if isinstance(forms, list) else []
    return max((str(row.get("version", "")) for row in rows_of_forms if isinstance(row, dict)), default="")
