"""Opening, locking, changing profile, a second window, and errors."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from chutdiao.app.interview import start_business
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace, restore_profile
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.ui.application import Program
from chutdiao.ui.dialogs.recovery import RecoveryDialog
from chutdiao.ui.dialogs.unlock import UnlockDialog
from chutdiao.ui.i18n import Wording
from chutdiao.ui.idle import IdleWatch
from chutdiao.ui.single import SingleWindow

SECRET = "รหัสผ่านยาวพอ"


@pytest.fixture
def program(qtbot, qapp: QApplication, tmp_path: Path):
    def opener(profile, passphrase=None, code=None) -> Workspace:
        if passphrase is None and code is None and profile == "real":
            raise ChutdiaoError(Problem("store.passphrase-needed", values={"path": str(tmp_path)}))
        return open_workspace(profile, str(tmp_path), passphrase=passphrase, recovery_code=code)

    made = Program(qapp, opener, None, tmp_path)
    yield made
    made.close_profile()
    made.deleteLater()


def answer_dialogs(program: Program, typed: str = SECRET) -> QTimer:
    """Answer whatever dialog comes up, as a person would."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, UnlockDialog):
            dialog.typed.setText(typed)
            dialog.again.setText(typed)
            dialog._take()
        elif isinstance(dialog, QDialog):
            program.seen = [label.text() for label in dialog.findChildren(QLabel)]  # type: ignore[attr-defined]
            dialog.accept()

    timer = QTimer(program)
    timer.timeout.connect(answer)
    timer.start(20)
    return timer


def test_a_new_profile_asks_for_a_passphrase_and_opens(qtbot, program: Program) -> None:
    answer_dialogs(program)
    with qtbot.waitSignal(program.opened, timeout=15000):
        program.start("real")
    assert program.desk.workspace.profile == "real"
    assert program.window.above.banner.isHidden()
    qtbot.waitUntil(lambda: program.window.findChild(QLabel, "home.recovery.title") is not None)


def test_locking_closes_the_store_and_the_page_comes_back(qtbot, program: Program) -> None:
    with qtbot.waitSignal(program.opened, timeout=15000):
        program.start("practice")
    program.desk.navigator.show("settings")
    books = program.desk.workspace
    program.lock()
    qtbot.waitUntil(lambda: program.window is None)
    assert program._cover.isVisible()
    with pytest.raises(ChutdiaoError):
        books.businesses.all()
    with qtbot.waitSignal(program.opened, timeout=15000):
        program._cover.button.click()
    assert program.desk.navigator.current[0] == "settings"


def test_the_other_profile_is_another_store(qtbot, program: Program) -> None:
    with qtbot.waitSignal(program.opened, timeout=15000):
        program.start("practice")
    answer_dialogs(program)
    with qtbot.waitSignal(program.opened, timeout=15000):
        program.bus.profile_wanted.emit("real")
    assert program.desk.workspace.profile == "real"
    assert program.preferences.profile == "real"


def test_an_error_nobody_caught_is_said_with_details(qtbot, program: Program) -> None:
    answer_dialogs(program)
    program.show_error(ValueError("boom"))
    assert any("ไม่สำเร็จ" in text for text in program.seen)


def test_a_problem_is_said_in_its_own_words(qtbot, program: Program) -> None:
    answer_dialogs(program)
    program.show_error(ChutdiaoError(Problem("store.newer", values={"path": "x", "version": "9"})))
    assert not any("store.newer" in text for text in program.seen)


def test_a_second_window_calls_the_first(qtbot, tmp_path: Path) -> None:
    first, second = SingleWindow(tmp_path), SingleWindow(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.called):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_idle_is_told_once_nobody_touches(qtbot, qapp: QApplication) -> None:
    watch = IdleWatch(qapp)
    watch.minutes(1)
    watch._timer.setInterval(30)
    with qtbot.waitSignal(watch.idle):
        watch._timer.start()
    watch.minutes(0)
    assert not watch._timer.isActive()


@pytest.mark.parametrize(
    ("typed", "again", "complaint"),
    [("", "", "unlock.empty"), ("สั้น", "สั้น", "unlock.short"), ("longenough1", "longenough2", "unlock.differ")],
)
def test_a_new_passphrase_is_checked(qtbot, theme, typed: str, again: str, complaint: str) -> None:
    tr = Wording("th")
    dialog = UnlockDialog(None, tr, theme, new=True)
    qtbot.addWidget(dialog)
    dialog.typed.setText(typed)
    dialog.again.setText(again)
    dialog._take()
    assert dialog.findChild(QLabel, "unlock.problem").said == tr(complaint, n=8)
    assert dialog.passphrase == ""


def test_the_recovery_code_can_be_saved(qtbot, desk, asker, tmp_path: Path) -> None:
    code = desk.workspace.keeper.recovery_code()
    dialog = RecoveryDialog(None, desk, code)
    qtbot.addWidget(dialog)
    asker.path = str(tmp_path / "code.txt")
    dialog._save()
    assert code in Path(asker.path).read_text("utf-8")
    assert dialog.findChild(QLabel, "recovery.code").accessibleName() == code


def test_a_dialog_goes_when_the_lock_falls(qtbot, program: Program) -> None:
    with qtbot.waitSignal(program.opened, timeout=15000):
        program.start("practice")
    said: list[bool] = []
    QTimer.singleShot(50, program.lock)
    said.append(program.asker.confirm("ลบหรือไม่", "ลบทั้งหมด", "ลบ"))
    assert said == [False]
    qtbot.waitUntil(lambda: program.window is None)


def test_turning_away_from_the_passphrase_leaves_the_lock(qtbot, program: Program) -> None:
    with qtbot.waitSignal(program.opened, timeout=15000):
        program.start("practice")
    timer = QTimer(program)
    timer.timeout.connect(lambda: (top := QApplication.activeModalWidget()) and top.reject())
    timer.start(20)
    program.bus.profile_wanted.emit("real")
    qtbot.waitUntil(lambda: program._cover is not None and program._cover.button.isVisible())
    timer.stop()


def test_the_engine_is_woken_by_the_window_and_not_by_itself(qtbot, qapp, tmp_path: Path) -> None:
    class Engine:
        woken = 0

        def wake(self) -> None:
            self.woken += 1

        def stop(self) -> None:
            pass

    made = Program(qapp, lambda *_: None, None, tmp_path)
    made._sync = engine = Engine()
    made.bus.changed.emit(frozenset({"outbox"}))
    made.bus.changed.emit(frozenset({"drafts"}))
    with qtbot.waitSignal(made.bus.changed):
        made._heard_change(frozenset({"outbox"}))
    assert engine.woken == 1
    made.close_profile()


@pytest.mark.parametrize("code", ["store.key-wrong", "store.key-missing", "keyring.locked", "keyring.none"])
def test_a_key_that_does_not_open_is_asked_for_again(qtbot, qapp, tmp_path: Path, code: str) -> None:
    """The window asks for the passphrase or the code; it never begins an empty store beside."""
    open_workspace("real", str(tmp_path), passphrase=SECRET).keeper.close()

    def opener(profile, passphrase=None, code_typed=None) -> Workspace:
        if passphrase is None and code_typed is None:
            raise ChutdiaoError(Problem(code, values={"path": "x", "words": "x"}))
        return open_workspace(profile, str(tmp_path), passphrase=passphrase, recovery_code=code_typed)

    made = Program(qapp, opener, None, tmp_path)
    answer_dialogs(made)
    with qtbot.waitSignal(made.opened, timeout=15000):
        made.start("real")
    assert made.desk.workspace.profile == "real"
    made.close_profile()
    made.deleteLater()


@pytest.mark.parametrize("sound", [True, False])
def test_a_backup_comes_back_in_the_window(qtbot, qapp, tmp_path: Path, sound: bool) -> None:
    """A sound backup replaces everything; a damaged one is said and the profile stays as it was."""

    def opener(profile, passphrase=None, code=None, backup="") -> Workspace:
        if backup:
            restore_profile(profile, str(tmp_path), backup, passphrase, code)
        return open_workspace(profile, str(tmp_path), passphrase=passphrase, recovery_code=code)

    made = Program(qapp, opener, None, tmp_path)
    answer_dialogs(made)
    with qtbot.waitSignal(made.opened, timeout=15000):
        made.start("practice")
    start_business(made.desk.workspace, "coffee-shop", "ร้านเดิม")
    copy = tmp_path / "all.chutdiao-backup"
    made.desk.workspace.keeper.backup(str(copy))
    start_business(made.desk.workspace, "coffee-shop", "ร้านหลังสำรอง")
    if not sound:
        copy.write_bytes(copy.read_bytes()[:400])
    with qtbot.waitSignal(made.opened, timeout=15000):
        made.desk.bus.restore_wanted.emit(str(copy), "")
    names = {business.name for business in made.desk.workspace.businesses.all()}
    assert names == ({"ร้านเดิม"} if sound else {"ร้านเดิม", "ร้านหลังสำรอง"})
    made.close_profile()
    made.deleteLater()
