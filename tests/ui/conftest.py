"""The whole window, and a business whose interview is answered."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chutdiao.app.interview import answer, start_business
from chutdiao.app.workspace import Workspace
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

COFFEE_SHOP = {
    "subdistrict": "500501",
    "authority_type": "subdistrict-town",
    "authority_name": "เชิงดอย",
    "entity": "natural",
    "place": "rent",
    "area_m2": "145",
    "activities": ["food"],
    "turnover": "1200000",
    "wants_vat": "no",
    "start_date": "2027-02-01",
    "employees": "0",
}


@pytest.fixture
def window(qtbot, desk: Desk) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    desk.navigator.show("home")
    yield made
    made.close()


@pytest.fixture
def business(workspace: Workspace, desk: Desk) -> str:
    """A coffee shop in a rented shophouse in Doi Saket, every question answered."""
    made = start_business(workspace, "coffee-shop", "ร้านกาแฟดอยสะเก็ด")
    for question, value in COFFEE_SHOP.items():
        assert answer(workspace, made.id, question, value).kept, question
    desk.business = made.id
    return made.id
