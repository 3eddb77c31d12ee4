"""Starts the window: look, single window, opening of profiles, locking, and errors nobody caught."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog

from chutdiao.app.workspace import Profile, Workspace
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.ui import motion
from chutdiao.ui.bus import Bus
from chutdiao.ui.desk import Desk
from chutdiao.ui.dialogs.asker import WindowAsker
from chutdiao.ui.dialogs.error import ErrorDialog
from chutdiao.ui.dialogs.unlock import UnlockDialog
from chutdiao.ui.i18n import Wording
from chutdiao.ui.idle import IdleWatch
from chutdiao.ui.jobs import ThreadJobs
from chutdiao.ui.navigator import Navigator
from chutdiao.ui.preferences import Preferences
from chutdiao.ui.shell.lock_cover import LockCover
from chutdiao.ui.shell.main_window import LAST_BUSINESS, LAST_PLACE, MainWindow
from chutdiao.ui.shell.pages_table import works
from chutdiao.ui.single import SingleWindow
from chutdiao.ui.theme import Theme

# What a passphrase or the recovery code may mend.
_ASKABLE = ("keyring.", "store.passphrase", "store.key-", "store.no-way", "recovery.")
_SYNC_AFTER_MS = 300


class OpenWorkspace(Protocol):
    """Opens one profile, from ``backup`` where one is named; raises ChutdiaoError with its problems."""

    def __call__(
        self,
        profile: Profile,
        passphrase: str | None = None,
        code: str | None = None,
        backup: str = "",
    ) -> Workspace: ...


class Stoppable(Protocol):
    """What runs beside the window and is stopped with it."""

    def stop(self) -> object: ...


StartSync = Callable[[Workspace, Callable[[frozenset[str]], None], Callable[[str], None]], Any]


class Program(QObject):
    """One running window over one open profile at a time."""

    # A profile is open and its window is up.
    opened = Signal(object)
    # The engine touched things; told from its thread, heard on the window's.
    _engine_changed = Signal(frozenset)

    def __init__(
        self, app: QApplication, open_workspace: OpenWorkspace, start_sync: StartSync | None, folder: Path
    ) -> None:
        super().__init__(app)
        self._app, self._open_workspace, self._start_sync, self._folder = (
            app,
            open_workspace,
            start_sync,
            folder,
        )
        self.preferences = Preferences(folder)
        self.wording = Wording(self.preferences.language)
        self.theme = Theme(app)
        calm = motion.wants_less(self.preferences.motion)
        self.theme.start(self.preferences.theme, self.preferences.scale, calm)
        self.bus = Bus(self)
        self.jobs = ThreadJobs(self)
        self.jobs.failed.connect(self.show_error)
        self.jobs.wrote.connect(self.bus.saved)
        self.asker = WindowAsker(self.wording)
        self.idle = IdleWatch(app)
        self.idle.minutes(self.preferences.lock_minutes)
        self.idle.idle.connect(self.lock)
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self._cover: LockCover | None = None
        self._sync: Stoppable | None = None
        self._wanted: Profile = self.preferences.profile
        self._trail: tuple[str, dict[str, Any]] = ("", {})
        self.theme.changed.connect(self.bus.theme_changed)
        self._engine_speaks = False
        self._engine_changed.connect(self._pass_on)
        self.bus.changed.connect(self._wake_for)
        self.bus.profile_wanted.connect(self.switch)
        self.bus.lock_wanted.connect(self.lock)
        self.bus.restore_wanted.connect(self.restore)
        self._sync_soon = QTimer(self)
        self._sync_soon.setSingleShot(True)
        self._sync_soon.timeout.connect(self._begin_sync)

    def start(self, profile: Profile | None = None) -> None:
        """Open a profile off the window's thread; asks for what is missing."""
        self._wanted = profile or self._wanted
        self._open()

    def _open(self, passphrase: str | None = None, code: str | None = None) -> None:
        wanted = self._wanted
        self._app.setQuitOnLastWindowClosed(False)
        self.jobs.ask(
            lambda: self._open_workspace(wanted, passphrase, code), self._opened, self._could_not_open
        )

    def _opened(self, workspace: Workspace) -> None:
        self.preferences.profile = workspace.profile
        navigator = Navigator(self)
        business = workspace.settings.read(LAST_BUSINESS, "")
        self.desk = Desk(
            workspace=workspace,
            jobs=self.jobs,
            bus=self.bus,
            theme=self.theme,
            wording=self.wording,
            navigator=navigator,
            asker=self.asker,
            preferences=self.preferences,
            idle=self.idle,
            business=str(business or ""),
        )
        self.window = MainWindow(self.desk)
        self.window.closed.connect(self._window_closed)
        self.asker.parent = self.window
        geometry = self.preferences.geometry
        if not geometry.isEmpty():
            self.window.restoreGeometry(geometry)
        page, arguments = self._trail if self._trail[0] else last_place(workspace)
        navigator.show(page, **arguments)
        self.window.show()
        if self._cover is not None:
            self._cover.deleteLater()
            self._cover = None
        self._sync_soon.start(_SYNC_AFTER_MS)
        self.opened.emit(self.window)

    def _could_not_open(self, error: Exception) -> None:
        problem = error.problems[0] if isinstance(error, ChutdiaoError) and error.problems else None
        if problem is None:
            self.show_error(error)
            self._app.exit(2)
        elif problem.code.startswith(_ASKABLE):
            self._ask_secret(problem)
        else:
            self.show_error(error)
            if self.preferences.profile != self._wanted:
                self._wanted = self.preferences.profile
                self._open()
            else:
                self._app.exit(1)

    def _ask_secret(self, problem: Problem) -> None:
        texts = self._texts()
        language = self.wording.language
        said = " ".join(
            part for part in (texts.message(problem, language), texts.cure(problem, language)) if part
        )
        folder = self._folder / "profiles" / self._wanted
        new = not any(folder.glob("header*.json"))
        dialog = UnlockDialog(self._cover, self.wording, self.theme, said, new)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        passphrase, code = dialog.passphrase or None, dialog.code or None
        dialog.deleteLater()
        if accepted:
            self._open(passphrase, code)
        elif self._cover is None:
            self._app.exit(1)
        else:
            self._cover.rest()

    @Slot()
    def _begin_sync(self) -> None:
        if self._start_sync is None or self.desk is None or not self.desk.workspace.connectors:
            return
        self._sync = self._start_sync(self.desk.workspace, self._heard_change, self._heard_state)

    def _heard_change(self, kinds: frozenset[str]) -> None:
        self._engine_changed.emit(frozenset(kinds))

    @Slot(frozenset)
    def _pass_on(self, kinds: frozenset[str]) -> None:
        self._engine_speaks = True
        try:
            self.bus.changed.emit(kinds)
        finally:
            self._engine_speaks = False

    @Slot(frozenset)
    def _wake_for(self, kinds: frozenset[str]) -> None:
        if "outbox" in kinds and not self._engine_speaks:
            self.wake_sync()

    def _heard_state(self, state: str) -> None:
        self.bus.connectivity.emit(str(state), -1)

    def wake_sync(self) -> None:
        """Let the engine look at the outbox now."""
        wake = getattr(self._sync, "wake", None)
        if wake is not None:
            wake()

    def close_profile(self) -> None:
        """Write what is unsaved, stop the engine, close the store, take the window down."""
        self._sync_soon.stop()
        if self.window is not None:
            self.window.closed.disconnect(self._window_closed)
            self.preferences.geometry = self.window.saveGeometry()
            self.window.close()
            self.window.deleteLater()
            self.window = None
        self.jobs.flush()
        if self._sync is not None:
            self._sync.stop()
            self._sync = None
        if self.desk is not None:
            self.desk.workspace.keeper.close()
            self.desk = None
        self.asker.parent = None

    @Slot()
    def _window_closed(self) -> None:
        self.close_profile()
        self._app.quit()

    @Slot(str)
    def switch(self, profile: str) -> None:
        """Go over to the other profile."""
        self._app.setQuitOnLastWindowClosed(False)
        self._wanted = "practice" if profile == "practice" else "real"
        self._trail = ("", {})
        self._show_cover(opening=True)
        self.close_profile()
        self._open()

    @Slot(str, str)
    def restore(self, path: str, code: str) -> None:
        """Close the profile and open it from a backup; where that fails the profile comes back as it was."""
        self._app.setQuitOnLastWindowClosed(False)
        wanted, self._trail = self._wanted, ("", {})
        self._show_cover(opening=True)
        self.close_profile()
        self.jobs.ask(
            lambda: self._open_workspace(wanted, None, code or None, path), self._opened, self._not_restored
        )

    def _not_restored(self, error: Exception) -> None:
        self.show_error(error)
        self._open()

    @Slot()
    def lock(self) -> None:
        """Close the store and show the lock; the same page comes back on unlocking."""
        for dialog in self._app.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        # What waits for those dialogs must end before the window under it goes.
        QTimer.singleShot(0, self._lock_now)

    @Slot()
    def _lock_now(self) -> None:
        if self.desk is None:
            return
        self._app.setQuitOnLastWindowClosed(False)
        self._trail = self.desk.navigator.current
        self._show_cover(opening=False)
        self.close_profile()

    def _show_cover(self, opening: bool) -> None:
        self._cover = LockCover(self.wording, self.theme, opening)
        self._cover.unlock_wanted.connect(self._unlock)
        self._cover.closed.connect(self._app.quit)
        if self.window is not None:
            self._cover.setGeometry(self.window.geometry())
        self._cover.show()

    @Slot()
    def _unlock(self) -> None:
        self.idle.minutes(self.preferences.lock_minutes)
        self._open()

    @Slot()
    def to_front(self) -> None:
        """Bring the window up, as when a second one was started."""
        if self.window is not None:
            self.window.to_front()
            self.bus.notice.emit(self.wording("single.already"), "info")
        elif self._cover is not None:
            self._cover.raise_()

    @Slot(object)
    def show_error(self, error: Exception) -> None:
        """Say an error nobody handled: its problem where it carries one, else the details."""
        if isinstance(error, ChutdiaoError) and error.problems:
            if self.desk is None and error.problems[0].code == "store.closed":
                return  # asked before the lock fell, answered after it
            texts, problem, language = self._texts(), error.problems[0], self.wording.language
            self._say_error(texts.message(problem, language), texts.cure(problem, language), "")
        else:
            details = "".join(traceback.format_exception(error))
            self._say_error(self.wording("error.said"), self.wording("error.cure"), details)

    def _say_error(self, said: str, cure: str, details: str) -> None:
        dialog = ErrorDialog(self.window or self._cover, self.wording, self.theme, said, cure, details)
        dialog.exec()
        dialog.deleteLater()

    def _texts(self) -> Any:
        if self.desk is not None:
            return self.desk.workspace.texts
        from chutdiao.ui.problems import texts

        return texts()


def last_place(workspace: Workspace) -> tuple[str, dict[str, Any]]:
    """The page that was in front when the profile was last open; home where it is gone."""
    held = workspace.settings.read(LAST_PLACE)
    place = {key: str(value) for key, value in held.items()} if isinstance(held, dict) else {}
    page = place.pop("page", "home")
    business = place.get("business", "")
    gone = business and business not in {b.id for b in workspace.businesses.all()}
    return ("home", {}) if gone or not works(page) else (page, place)


def run_window(
    open_workspace: OpenWorkspace, start_sync: StartSync | None, folder: Path, argv: Sequence[str] = ()
) -> int:
    """Open the window and stay until it is closed; 0 also when it was open already."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    folder.mkdir(parents=True, exist_ok=True)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["chutdiao", *argv])
    app.setApplicationName("chutdiao")
    app.setDesktopFileName("chutdiao")
    single = SingleWindow(folder, app)
    if not single.claim():
        print(Wording(Preferences(folder).language)("single.already"), file=sys.stderr)  # noqa: T201
        return 0
    program = Program(app, open_workspace, start_sync, folder)
    single.called.connect(program.to_front)
    before = sys.excepthook
    sys.excepthook = _hook(program)
    QTimer.singleShot(0, program.start)
    try:
        return app.exec()
    finally:
        sys.excepthook = before
        program.close_profile()
        single.release()


def _hook(program: Program) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    showing = [False]

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception) and not showing[0]:
            showing[0] = True
            try:
                program.show_error(error)
            finally:
                showing[0] = False

    return hook
