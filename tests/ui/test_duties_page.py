"""The calendar of duties in the real window: asked, looked at three ways, marked, exported, by keyboard."""

from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QWidget

from chutdiao.app.duties import duties_of
from chutdiao.app.duty_facts import answer_question
from chutdiao.app.submit import record
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow

TOLD = {"vat": "yes", "employees": "2", "pays_abroad": "no", "sbt": "no", "start_date": "2025-01-15"}
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def find(window: QWidget, name: str, kind: type = QWidget):
    found = [one for one in window.findChildren(kind) if one.objectName() == name]
    assert found, name
    return next((one for one in found if one.isVisible()), found[-1])


def press(qtbot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(find(window, name), Qt.MouseButton.LeftButton)


@pytest.fixture
def told(business: str, desk: Desk, window: MainWindow) -> str:
    """The coffee shop with employees and VAT, open since 2568."""
    for question, value in TOLD.items():
        assert answer_question(desk.workspace, business, question, value) == ()
    desk.navigator.show("duties")
    return business


def test_a_business_still_to_begin_is_shown_from_its_first_month(
    qtbot, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("duties")
    assert find(window, "duties.when", QLabel).said == "ปี 2570"
    press(qtbot, window, "duties.show.month")
    assert find(window, "duties.when", QLabel).said == "กุมภาพันธ์ 2570"


def test_what_is_missing_is_asked_in_place(qtbot, business: str, window: MainWindow, desk: Desk) -> None:
    assert answer_question(desk.workspace, business, "start_date", "2025-01-15") == ()
    desk.navigator.show("duties")
    shown = find(window, "duties.list", QTableView).model()
    assert "pp30" not in {duty.rule.id for duty in shown.duties}
    press(qtbot, window, "duty.question.open")
    assert "ภาษีมูลค่าเพิ่ม" in find(window, "duty.question.title", QLabel).said
    press(qtbot, window, "duty.question.keep")
    assert find(window, "duty.question.problem", QLabel).isVisible()
    find(window, "answer.vat.yes", QAbstractButton).click()
    press(qtbot, window, "duty.question.keep")
    assert "pp30" in {duty.rule.id for duty in shown.duties}
    later = find(window, "duty.question.title", QLabel).said
    assert "ภาษีมูลค่าเพิ่ม" not in later
    press(qtbot, window, "duty.question.later")
    assert find(window, "duty.question.title", QLabel).said != later


def test_the_list_begins_at_what_comes_next_and_tells_it_in_full(
    qtbot, told: str, window: MainWindow, desk: Desk
) -> None:
    view = find(window, "duties.list", QTableView)
    assert find(window, "duty.title", QLabel).said == "ยื่น ภ.พ.30 ภาษีมูลค่าเพิ่ม"
    assert find(window, "duty.paper", QLabel).said == "16 พฤศจิกายน พ.ศ. 2569"
    assert find(window, "duty.efile", QLabel).said == "23 พฤศจิกายน พ.ศ. 2569"
    assert "ม.193/8" in find(window, "duty.note.0", QLabel).said
    assert find(window, "duty.law", QLabel).said == "ประมวลรัษฎากร ม.83"
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert find(window, "duty.title", QLabel).said.startswith("ยื่น ภ.ง.ด.1 ")
    spoken = [view.model().index(view.currentIndex().row(), column).data(SPOKEN) for column in range(4)]
    assert spoken[0] == "8 ธ.ค. 2569" and spoken[1] == "15 ธ.ค. 2569" and "กรมสรรพากร" in spoken[2]
    assert spoken[3] == "เหลือ 15 วัน"


def test_a_duty_is_marked_done_and_undone(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    press(qtbot, window, "duty.mark")
    assert set(duties_of(desk.workspace, told, 2026).done) == {"pp30.2026-10"}
    assert "ทำแล้ว 1" in find(window, "duties.summary", QLabel).said
    assert find(window, "duty.mark", QAbstractButton).text() == "ยกเลิกว่าทำแล้ว"
    press(qtbot, window, "duty.mark")
    assert not duties_of(desk.workspace, told, 2026).done


def test_the_month_is_walked_by_arrows(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    press(qtbot, window, "duties.show.month")
    view = find(window, "duties.month", QTableView)
    assert find(window, "duties.when", QLabel).said == "พฤศจิกายน 2569"
    assert view.currentIndex().data() == "23"
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().data() == "16"
    assert find(window, "duty.others.title", QLabel).said.startswith("3 หน้าที่")
    assert "ภ.พ.30 กำหนด" in view.currentIndex().data(SPOKEN)
    assert "ภ.ง.ด.1 อินเทอร์เน็ต" in view.currentIndex().data(SPOKEN)
    press(qtbot, window, "duties.after")
    assert find(window, "duties.when", QLabel).said == "ธันวาคม 2569"
    assert view.currentIndex().data() == "8"
    press(qtbot, window, "duties.after")
    assert find(window, "duties.when", QLabel).said == "มกราคม 2570"
    assert find(window, "duties.doubt").isVisible()


def test_a_month_of_the_year_opens_by_enter(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    press(qtbot, window, "duties.show.year")
    view = find(window, "duties.year", QTableView)
    assert view.currentIndex().data(SPOKEN).startswith("พฤศจิกายน: ")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert find(window, "duties.month", QTableView).hasFocus()
    assert find(window, "duties.when", QLabel).said == "กรกฎาคม 2569"


def test_one_agency_alone(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    choice = find(window, "duties.agency", QComboBox)
    place = choice.findData("sso")
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    model = find(window, "duties.list", QTableView).model()
    assert model.rowCount() and {duty.rule.agency for duty in model.duties} == {"sso"}


def test_a_year_not_announced_is_said(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    assert not find(window, "duties.doubt").isVisible()
    press(qtbot, window, "duties.after")
    assert (
        "2570" in find(window, "duties.doubt.text", QLabel).said and find(window, "duties.doubt").isVisible()
    )


def test_the_calendar_is_exported(
    qtbot, told: str, window: MainWindow, desk: Desk, asker, tmp_path: Path
) -> None:
    asker.path = str(tmp_path / "หน้าที่.ics")
    press(qtbot, window, "duties.export")
    calendar = Calendar.from_ical(Path(asker.path).read_bytes())
    assert len(calendar.walk("VEVENT")) == len(duties_of(desk.workspace, told, 2026).listing.duties)
    asker.path = str(tmp_path / "no" / "such.ics")
    press(qtbot, window, "duties.export")
    assert window.above.notice.property("notice") == "bad"


def test_home_reminds_and_leads_to_the_duty(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("home")
    name = f"home.duty.{told}.pnd1.2026-11"
    assert find(window, f"{name}.left", QLabel).text() == "เหลือ 15 วัน"
    press(qtbot, window, f"{name}.open")
    assert desk.navigator.current == ("duties", {"business": told, "duty": "pnd1.2026-11"})
    assert find(window, "duty.title", QLabel).said.startswith("ยื่น ภ.ง.ด.1 ")


def test_everything_has_a_name_to_speak(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    page = window.stack.currentWidget()
    for way in ("list", "month", "year"):
        press(qtbot, window, f"duties.show.{way}")
        reached = [
            w
            for w in page.findChildren(QWidget)
            if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert len(reached) > 6
        assert [one.objectName() for one in reached if not one.accessibleName()] == []


def test_an_answer_told_before_is_changed(qtbot, told: str, window: MainWindow, desk: Desk) -> None:
    shown = find(window, "duties.list", QTableView).model()
    assert "sso1-10" in {duty.rule.id for duty in shown.duties}
    find(window, "duty.answers.more", QAbstractButton).click()
    assert find(window, "duty.answer.employees.value", QLabel).said == "2 คน"
    find(window, "duty.answer.employees.change", QAbstractButton).click()
    line = find(window, "answer.employees.line", QLineEdit)
    assert line.text() == "2"
    line.setText("สอง")
    find(window, "duty.question.keep", QAbstractButton).click()
    assert find(window, "duty.question.problem", QLabel).isVisible()
    line.setText("0")
    find(window, "duty.question.keep", QAbstractButton).click()
    assert "sso1-10" not in {duty.rule.id for duty in shown.duties}


def test_a_duty_leads_to_its_form_and_is_done_when_that_is_recorded(
    qtbot, told: str, window: MainWindow, desk: Desk
) -> None:
    press(qtbot, window, "duty.fill")
    page, arguments = desk.navigator.current
    draft = desk.workspace.drafts.get(arguments["draft"])
    assert page == "form" and (draft.form, draft.step) == ("pp30", "duty.pp30.2026-10")
    assert (draft.answers["month"], draft.answers["tax_year"]) == ("10", "2569")
    sent = record(desk.workspace, draft.id, "paper", "12345", "2026-11-23")
    assert sent.step == "duty.pp30.2026-10"
    assert duties_of(desk.workspace, told, 2026).done == {"pp30.2026-10": "2026-11-23"}
