"""The whole window, and a business whose interview is answered."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chutdiao.app.workspace import Workspace
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.main_window import MainWindow

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))


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
    from every_page import coffee_shop

    made = coffee_shop(workspace, "ร้านกาแฟดอยสะเก็ด")
    desk.business = made.id
    return made.id
