"""Proof from inside a built program that its window can show a form."""

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chutdiao.app.drafts import open_draft
from chutdiao.app.interview import start_business
from chutdiao.app.workspace import Workspace
from chutdiao.ui.application import Program
from chutdiao.ui.tour.hands import Hands, TourError


def window_shows_form(workspace: Workspace) -> str:
    """Open the real window on a new draft; return what was not seen, or nothing."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["chutdiao"])
    business = start_business(workspace, "coffee-shop", "ตรวจสอบโปรแกรม")
    today = workspace.clock.now().date()
    draft = open_draft(workspace, business.id, "commercial-registration", "tp", today)
    with tempfile.TemporaryDirectory(prefix="chutdiao-") as folder:
        program = Program(app, lambda *_: workspace, None, Path(folder))
        hands = Hands(lambda: program.window, Path(folder), seconds=20)
        try:
            program.start("practice")
            hands.until(lambda: program.desk is not None, "the window")
            assert program.desk is not None
            program.desk.navigator.show("form", draft=draft.id)
            hands.find("form.title")
            hands.find("next")
            picture = hands.picture("form")
            return "" if picture.stat().st_size > 10_000 else "the form's picture is empty"
        except TourError as error:
            return str(error)
        finally:
            program.close_profile()
