"""Something changed: pick it, give its day, and see what to file; through the real window."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from chutdiao.app.events import happened, write_down
from chutdiao.app.interview import write_fact
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow


@pytest.fixture
def find(window: MainWindow, qtbot):
    def look(name: str, kind: type = QWidget):
        qtbot.wait(20)  # new widgets are shown with the next turn of the loop
        found = [one for one in window.findChildren(kind) if one.objectName() == name and one.isVisible()]
        assert found, name
        return found[-1]

    return look


@pytest.fixture
def press(qtbot, find):
    return lambda name: qtbot.mouseClick(find(name), Qt.MouseButton.LeftButton)


@pytest.fixture
def labels(window: MainWindow, qtbot):
    return lambda start: _labels(window, start, qtbot)


def _labels(window: MainWindow, start: str, qtbot) -> dict[str, str]:
    qtbot.wait(20)
    shown = [one for one in window.findChildren(QLabel) if one.isVisible()]
    return {
        one.objectName(): one.text().replace("\u200b", "")
        for one in shown
        if one.objectName().startswith(start)
    }


def test_a_branch_is_picked_answered_and_its_form_begun(
    business: str, window: MainWindow, desk: Desk, find, press, labels, qtbot
) -> None:
    desk.navigator.show("roadmap", business=business)
    press("roadmap.changed")
    assert desk.navigator.current[0] == "events"
    find("event.new-branch.begin")
    names = {b.objectName() for b in window.findChildren(QAbstractButton) if b.isVisible()}
    assert "event.new-director.begin" not in names, "a person has no directors"
    press("event.new-branch.begin")
    day = find("answer.day.line", QLineEdit)
    assert day.hasFocus()
    press("event.keep")
    assert "ยังไม่ได้กรอกวันที่" in labels("event.day.problem")["event.day.problem"]
    qtbot.keyClicks(day, "1/3/2570")
    assert not any(
        w.isVisible() for w in window.findChildren(QLineEdit) if w.objectName() == "answer.new_area.line"
    )
    find("answer.food_there.yes", QAbstractButton).click()
    qtbot.keyClicks(find("answer.new_area.line"), "80")
    find("answer.new_sign.no", QAbstractButton).click()
    press("event.keep")
    due = labels("filing.")
    assert "filing.food-notification.due" in due
    assert due["filing.commercial.due"].startswith("ภายใน 31 มีนาคม พ.ศ. 2570")
    assert "เทศบาลตำบลเชิงดอย" in due["filing.commercial.meta"]
    assert "ยังไม่ยืนยัน" in due.values()
    press("filing.commercial.fill")
    page, arguments = desk.navigator.current
    assert page == "form"
    assert desk.workspace.drafts.get(arguments["draft"]).form == "tp"
    (one,) = happened(desk.workspace, business)
    assert (one.day, one.answers["new_area"]) == (date(2027, 3, 1), "80")


def test_what_was_written_down_is_opened_marked_and_removed(
    business: str, window: MainWindow, desk: Desk, find, press, labels
) -> None:
    given = {"tax_withheld": "no"}
    made = write_down(desk.workspace, business, "employee-out", date(2026, 9, 30), given)
    assert not isinstance(made, tuple)
    desk.navigator.show("home")
    press(f"business.{business}.changed")
    held = labels(f"happened.{made.id}.")
    assert held[f"happened.{made.id}.state"] == "ยื่นแล้ว 0 จาก 1"
    assert "15 ตุลาคม พ.ศ. 2569" in held[f"happened.{made.id}.next"]
    press(f"happened.{made.id}.open")
    assert "เลยกำหนด 39 วัน" in labels("filing.").values()
    find("filing.insured-ends.done", QAbstractButton).click()
    assert happened(desk.workspace, business)[0].done == ("insured-ends",)
    assert "ยื่นแล้ว" in labels("filing.").values()
    press("back")
    assert labels("happened.")[f"happened.{made.id}.next"] == "ยื่นครบแล้ว"
    press(f"happened.{made.id}.forget")
    assert happened(desk.workspace, business) == ()


def test_facts_not_known_are_asked_once_and_then_kept(
    business: str, window: MainWindow, desk: Desk, find, press, labels, qtbot
) -> None:
    write_fact(desk.workspace, business, "business.kind", "juristic")
    write_fact(desk.workspace, business, "business.juristic_kind", "company")
    desk.navigator.show("event", business=business, event="new-director")
    qtbot.keyClicks(find("answer.day.line"), "1/12/2569")
    find("answer.authority_changes.yes", QAbstractButton).click()
    find("answer.foreign_signer.no", QAbstractButton).click()
    asked = labels("event.employees.title")
    if asked:
        qtbot.keyClicks(find("answer.employees.line"), "4")
    press("event.keep")
    due = labels("filing.")
    assert due["filing.register-directors.due"] == "ภายใน 15 ธันวาคม พ.ศ. 2569"
    desk.navigator.show("event", business=business, event="stop")
    assert not labels("event.employees.title")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_event_opens_with_a_name_for_everything(
    business: str, window: MainWindow, desk: Desk, find, language: str
) -> None:
    desk.wording.language = language
    for event in desk.workspace.shelf.events().values():
        desk.navigator.show("event", business=business, event=event.id)
        page = next(
            p for p in window.findChildren(QWidget) if p.objectName() == "EventPage" and p.isVisible()
        )
        for part in page.findChildren(QAbstractButton) + page.findChildren(QLineEdit):
            assert part.accessibleName(), part.objectName()
