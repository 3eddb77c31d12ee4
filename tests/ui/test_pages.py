"""Home, roadmap, businesses, vault and settings over a real profile."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from chutdiao.app.ports import Document
from chutdiao.ui.desk import Desk
from chutdiao.ui.preferences import Preferences
from chutdiao.ui.shell.main_window import MainWindow


def find(window: QWidget, name: str, kind: type = QWidget):
    found = [one for one in window.findChildren(kind) if one.objectName() == name]
    assert found, name
    return next((one for one in found if one.isVisible()), found[-1])


def press(qtbot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(find(window, name), Qt.MouseButton.LeftButton)


def test_an_empty_home_has_one_thing_to_do(window: MainWindow) -> None:
    primary = [b for b in window.findChildren(QAbstractButton) if b.property("role") == "primary"]
    assert [button.objectName() for button in primary] == ["start.begin"]


def test_home_lists_each_business_and_its_next_step(
    qtbot, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("home")
    assert "จดทะเบียนพาณิชย์" in find(window, f"business.{business}.next", QLabel).said
    press(qtbot, window, f"business.{business}.open")
    assert desk.navigator.current == ("roadmap", {"business": business})


def test_the_roadmap_orders_steps_and_says_why(qtbot, business: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("roadmap", business=business)
    assert find(window, "roadmap.title", QLabel).said == "ร้านกาแฟดอยสะเก็ด"
    meta = find(window, "step.commercial-registration.meta", QLabel).said
    assert "เทศบาลตำบลเชิงดอย" in meta and "50 บาท" in meta
    find(window, "step.commercial-registration.why", QAbstractButton).setChecked(True)
    assert find(window, "step.commercial-registration.details.law", QLabel).said
    excluded = [w for w in window.findChildren(QLabel) if w.objectName().startswith("excluded.")]
    assert any("พาณิชย์" in w.text() or "นิติบุคคล" in w.text() for w in excluded)


def test_starting_a_step_opens_its_form(qtbot, business: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("roadmap", business=business)
    press(qtbot, window, "step.commercial-registration.do")
    page, arguments = desk.navigator.current
    assert page == "form"
    assert desk.workspace.drafts.get(arguments["draft"]).step == "commercial-registration"
    desk.navigator.show("drafts")
    name = f"draft.{arguments['draft']}.open"
    qtbot.waitUntil(lambda: find(window, name).isVisible())


def test_a_step_without_a_form_is_the_users_word(
    qtbot, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("roadmap", business=business)
    assert "เสร็จแล้ว 0 จาก" in find(window, "roadmap.line", QLabel).said
    press(qtbot, window, "step.premises-right.do")
    qtbot.waitUntil(lambda: "เสร็จแล้ว 1 จาก" in find(window, "roadmap.line", QLabel).said)
    press(qtbot, window, "step.premises-right.do")
    qtbot.waitUntil(lambda: "เสร็จแล้ว 0 จาก" in find(window, "roadmap.line", QLabel).said)


def test_the_plan_prints(qtbot, business: str, window: MainWindow, desk: Desk, asker, tmp_path: Path) -> None:
    asker.path = str(tmp_path / "แผน.pdf")
    desk.navigator.show("roadmap", business=business)
    press(qtbot, window, "roadmap.print")
    assert Path(asker.path).read_bytes().startswith(b"%PDF-")
    assert asker.shown == [asker.path]


def test_a_plan_that_cannot_be_written_is_said(
    qtbot, business: str, window: MainWindow, desk: Desk, asker, tmp_path: Path
) -> None:
    asker.path = str(tmp_path / "no" / "such" / "folder.pdf")
    desk.navigator.show("roadmap", business=business)
    press(qtbot, window, "roadmap.print")
    assert window.above.notice.isVisible() and window.above.notice.property("notice") == "bad"


def test_a_business_goes_out_comes_in_and_is_erased(
    qtbot, business: str, window: MainWindow, desk: Desk, asker, tmp_path: Path
) -> None:
    asker.path = str(tmp_path / "ร้าน.chutdiao-business")
    desk.navigator.show("businesses")
    asker.typed = ["กุญแจลับของไฟล์"]
    press(qtbot, window, f"business.{business}.export")
    assert "ร้านกาแฟ".encode() not in Path(asker.path).read_bytes()
    before = desk.workspace.businesses.get(business)
    asker.typed = ["ชื่ออื่น"]
    press(qtbot, window, f"business.{business}.erase")
    assert desk.workspace.businesses.all()
    assert (
        desk.tr("businesses.erase.holds", drafts=0, submissions=0, unsent=0, cases=0, documents=0)
        in asker.asked[-1]
    )
    asker.typed = [before.name]
    press(qtbot, window, f"business.{business}.erase")
    assert not desk.workspace.businesses.all()
    asker.typed = ["กุญแจลับของไฟล์"]
    press(qtbot, window, "businesses.import")
    (after,) = desk.workspace.businesses.all()
    assert (after.name, after.interview) == (before.name, before.interview)


def test_a_wrong_passphrase_for_an_import_is_said(
    qtbot, business: str, window: MainWindow, desk: Desk, asker, tmp_path: Path
) -> None:
    asker.path = str(tmp_path / "ร้าน.chutdiao-business")
    desk.navigator.show("businesses")
    asker.typed = ["กุญแจลับของไฟล์"]
    press(qtbot, window, f"business.{business}.export")
    asker.typed = ["ไม่ใช่กุญแจนี้"]
    press(qtbot, window, "businesses.import")
    assert window.above.notice.property("notice") == "bad"
    assert len(desk.workspace.businesses.all()) == 1


def test_an_empty_vault_says_what_will_come(business: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("vault")
    assert find(window, "vault.empty.next", QLabel).said


def test_a_document_is_opened_and_saved(
    qtbot, business: str, window: MainWindow, desk: Desk, asker, tmp_path: Path
) -> None:
    files = desk.workspace.files
    sha256 = files.put(b"%PDF-1.7 licence")
    files.add(
        Document(
            id="d1", business=business, title="หนังสือรับรองการแจ้ง", kind="licence", sha256=sha256,
            name="licence.pdf", size=16, type="application/pdf", issued_on="2026-11-23",
        )
    )  # fmt: skip
    desk.navigator.show("vault")
    press(qtbot, window, "document.d1.open")
    assert Path(asker.shown[0]).read_bytes() == b"%PDF-1.7 licence"
    asker.path = str(tmp_path / "copy.pdf")
    press(qtbot, window, "document.d1.save")
    assert (tmp_path / "copy.pdf").read_bytes() == b"%PDF-1.7 licence"


def test_backup_writes_a_file(qtbot, window: MainWindow, desk: Desk, asker, tmp_path: Path) -> None:
    asker.path = str(tmp_path / "all.chutdiao-backup")
    desk.navigator.show("settings")
    press(qtbot, window, "settings.backup.do")
    assert Path(asker.path).stat().st_size > 1000


def test_restoring_is_confirmed_first(qtbot, window: MainWindow, desk: Desk, asker) -> None:
    wanted: list[tuple[str, str]] = []
    desk.bus.restore_wanted.connect(lambda path, code: wanted.append((path, code)))
    desk.navigator.show("settings")
    asker.path, asker.yes = "all.chutdiao-backup", False
    press(qtbot, window, "settings.restore.do")
    assert wanted == []
    asker.yes, asker.typed = True, [" CODE "]
    press(qtbot, window, "settings.restore.do")
    assert wanted == [("all.chutdiao-backup", "CODE")]


def test_the_other_profile_is_one_press_away(qtbot, window: MainWindow, desk: Desk) -> None:
    with qtbot.waitSignal(desk.bus.profile_wanted) as wanted:
        press(qtbot, window, "home.profile.switch")
    assert wanted.args == ["real"]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("theme", "contrast", "theme"), ("scale", 200, "scale"), ("motion", "less", "motion")],
)
def test_looks_are_chosen_at_once_and_kept(
    qtbot, window: MainWindow, desk: Desk, tmp_path: Path, name: str, value: object, kept: str
) -> None:
    desk.theme.changed.connect(desk.bus.theme_changed)
    try:
        desk.navigator.show("settings")
        box = find(window, f"settings.{name}.choice", QComboBox)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
        assert (desk.theme.name, desk.theme.scale, desk.theme.calm) == (
            "contrast" if name == "theme" else "light",
            200 if name == "scale" else 100,
            name == "motion",
        )
        assert getattr(Preferences(tmp_path), kept) == value
    finally:
        desk.theme.changed.disconnect(desk.bus.theme_changed)
        desk.theme.move(calm=False)
        desk.theme.wear("light", 100)
