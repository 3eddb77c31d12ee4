"""One question a page, all by keyboard; what is typed is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QRadioButton, QWidget

from chutdiao.app.interview import pages
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow


def find(window: QWidget, name: str, kind: type = QWidget):
    found = [one for one in window.findChildren(kind) if one.objectName() == name]
    assert found, name
    return next((one for one in found if one.isVisible()), found[-1])


def press(qtbot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(find(window, name), Qt.MouseButton.LeftButton)


def typed(keys, window: MainWindow, question: str, text: str) -> None:
    line = find(window, f"answer.{question}.line", QLineEdit)
    line.clear()
    keys(line, text)


def kept(desk: Desk) -> dict:
    return desk.workspace.businesses.get(desk.business).interview


def begin(qtbot, keys, window: MainWindow, name: str = "ร้านกาแฟดอยสะเก็ด") -> None:
    keys(find(window, "start.name"), name)
    qtbot.keyClick(find(window, "start.name"), Qt.Key.Key_Return)


def test_starting_asks_the_first_question_not_answered(qtbot, keys, window: MainWindow, desk: Desk) -> None:
    begin(qtbot, keys, window)
    page, arguments = desk.navigator.current
    assert page == "interview" and arguments["question"] == "subdistrict"
    assert "คำถาม 2 จากประมาณ" in find(window, "interview.where", QLabel).text()
    assert kept(desk) == {"trade_name": "ร้านกาแฟดอยสะเก็ด"}


def test_the_whole_interview_by_keyboard(qtbot, keys, window: MainWindow, desk: Desk) -> None:
    begin(qtbot, keys, window)
    lines = {
        "subdistrict": "เชิงดอย", "authority_name": "เชิงดอย", "area_m2": "๑๔๕", "turnover": "1,200,000",
        "start_date": "1 ก.พ. 2570", "employees": "0",
    }  # fmt: skip
    tiles = {"authority_type": 0, "entity": 0, "place": 0, "wants_vat": 1, "activities": 0}
    for _ in range(20):
        page, arguments = desk.navigator.current
        if page != "interview":
            break
        question = arguments["question"]
        if question in lines:
            line = find(window, f"answer.{question}.line", QLineEdit)
            keys(line, lines[question])
            if question == "subdistrict":
                line.show_code("500501")
            qtbot.keyClick(line, Qt.Key.Key_Return)
        else:
            box = find(window, f"answer.{question}")
            tile = box.findChildren(QAbstractButton)[tiles[question]]
            qtbot.keyClick(tile, Qt.Key.Key_Space)
            qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert desk.navigator.current[0] == "roadmap"
    assert kept(desk)["area_m2"] == "145"
    assert kept(desk)["start_date"] == "2027-02-01"
    assert kept(desk)["wants_vat"] in ("no", False)


def test_what_an_answer_changes_is_shown_while_typing(
    qtbot, keys, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("interview", business=business, question="area_m2")
    typed(keys, window, "area_m2", "350")
    text = find(window, "interview.effect.text", QLabel)
    qtbot.waitUntil(lambda: "ใบอนุญาต" in text.said)
    assert find(window, "interview.effect").isVisible()


def test_what_is_typed_is_kept_without_pressing_anything(
    qtbot, keys, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("interview", business=business, question="area_m2")
    typed(keys, window, "area_m2", "88")
    assert kept(desk)["area_m2"] == "88"


@pytest.mark.parametrize("text", ["มาก", "-5", "0"])
def test_an_answer_that_cannot_be_is_refused_with_its_cure(
    qtbot, keys, text: str, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("interview", business=business, question="area_m2")
    typed(keys, window, "area_m2", text)
    press(qtbot, window, "interview.next")
    assert desk.navigator.current[1]["question"] == "area_m2"
    assert find(window, "interview.problem").isVisible()
    assert find(window, "interview.problem.text", QLabel).said
    assert find(window, "answer.area_m2.line", QLineEdit).text() == text
    assert kept(desk)["area_m2"] == "145"


def test_nothing_answered_is_told_apart_from_not_sure(qtbot, keys, window: MainWindow, desk: Desk) -> None:
    begin(qtbot, keys, window)
    press(qtbot, window, "interview.next")
    assert "ยังไม่แน่ใจ" in find(window, "interview.problem.text", QLabel).said
    press(qtbot, window, "interview.unsure")
    assert desk.navigator.current[1]["question"] == "authority_type"
    assert "subdistrict" in desk.workspace.businesses.get(desk.business).not_sure


def test_back_keeps_what_was_chosen(qtbot, keys, business: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("interview", business=business, question="place")
    press(qtbot, window, "answer.place.own")
    press(qtbot, window, "interview.back")
    assert desk.navigator.current[1]["question"] == "entity"
    assert kept(desk)["place"] == "own"
    press(qtbot, window, "interview.next")
    assert find(window, "answer.place.own", QRadioButton).isChecked()


def test_a_stall_skips_the_question_of_area(
    qtbot, keys, business: str, window: MainWindow, desk: Desk
) -> None:
    desk.navigator.show("interview", business=business, question="place")
    press(qtbot, window, "answer.place.public-way")
    press(qtbot, window, "interview.next")
    assert desk.navigator.current[1]["question"] != "area_m2"
    assert "area_m2" not in {page.question.id for page in pages(desk.workspace, business)}
    assert kept(desk)["area_m2"] == "145"
