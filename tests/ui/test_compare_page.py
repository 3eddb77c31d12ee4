"""The comparison in the window: reached from the roadmap and the interview, chosen from, printed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QWidget

from chutdiao.app.interview import answer, start_business
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow

ANSWERS = {
    "subdistrict": "500501",
    "authority_type": "subdistrict-town",
    "authority_name": "เชิงดอย",
    "entity": "natural",
    "place": "rent",
    "area_m2": "320",
    "activities": ["food", "alcohol", "sign"],
    "turnover": "6000000",
    "passed_on": "2027-05-01",
    "start_date": "2027-02-01",
    "employees": "12",
    "first_hire": "2027-01-15",
}


def find(window: QWidget, name: str, kind: type = QWidget):
    found = [one for one in window.findChildren(kind) if one.objectName() == name]
    assert found, name
    return next((one for one in found if one.isVisible()), found[-1])


@pytest.fixture
def restaurant(desk: Desk) -> str:
    made = start_business(desk.workspace, "restaurant", "ครัวสมมติ")
    for question, value in ANSWERS.items():
        assert answer(desk.workspace, made.id, question, value).kept, question
    desk.business = made.id
    return made.id


@pytest.fixture
def page(restaurant: str, window: MainWindow, desk: Desk) -> MainWindow:
    desk.navigator.show("roadmap", business=restaurant)
    find(window, "roadmap.compare", QAbstractButton).click()
    assert desk.navigator.current[0] == "compare"
    return window


def test_three_cards_and_the_same_rows_under_each(page: MainWindow) -> None:
    assert find(page, "compare.natural.title", QLabel).said == "บุคคลธรรมดา"
    assert "6,530" not in find(page, "compare.natural.fees", QLabel).said
    assert find(page, "compare.steps.commercial-registration.1", QLabel).said.startswith("50 บาท")
    assert find(page, "compare.steps.commercial-registration.3", QLabel).said == "ไม่ต้อง"
    assert find(page, "compare.duties.agm.3", QLabel).said == "1 ครั้ง"
    cell = find(page, "compare.duties.agm.3", QLabel)
    assert cell.accessibleName() == "บริษัทจำกัด: 1 ครั้ง"
    assert find(page, "compare.natural.chosen").isVisible()


def test_only_what_differs(page: MainWindow) -> None:
    same, other = (
        find(page, f"compare.steps.{name}.1") for name in ("food-premises", "commercial-registration")
    )
    assert same.isVisibleTo(page) and other.isVisibleTo(page)
    find(page, "compare.only", QCheckBox).setChecked(True)
    assert not same.isVisibleTo(page) and other.isVisibleTo(page)


def test_choosing_a_way_changes_the_plan(qtbot, page: MainWindow, restaurant: str, desk: Desk) -> None:
    qtbot.mouseClick(find(page, "compare.company.choose"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.workspace.businesses.get(restaurant).interview["entity"] == "company")
    qtbot.waitUntil(lambda: find(page, "compare.company.chosen").isVisible())
    find(page, "compare.back", QAbstractButton).click()
    qtbot.waitUntil(lambda: find(page, "step.company-registration.title", QLabel).isVisible())


def test_it_is_printed(page: MainWindow, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "compare.pdf"
    monkeypatch.setattr(desk.asker, "save_file", lambda *_: str(path))
    find(page, "compare.print", QAbstractButton).click()
    assert path.read_bytes().startswith(b"%PDF")


def test_the_interview_offers_it_where_the_ways_part(restaurant: str, window: MainWindow, desk: Desk) -> None:
    desk.navigator.show("interview", business=restaurant, question="place")
    assert not find(window, "interview.compare").isVisibleTo(window)
    desk.navigator.show("interview", business=restaurant, question="entity")
    find(window, "interview.compare", QAbstractButton).click()
    assert desk.navigator.current == ("compare", {"business": restaurant})
