"""What a built program proves of itself: its library, paper, gateway and window from inside."""

import os
import tempfile

from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import ChutdiaoError


def self_test() -> str:
    """Open the window on a form, reach a practice gateway and print; return what failed, or nothing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from chutdiao.bootstrap import load_thai_breaking, open_workspace, start_practice_gateway

    load_thai_breaking()
    with tempfile.TemporaryDirectory(prefix="chutdiao-") as folder:
        gateway = None
        try:
            gateway = start_practice_gateway(folder)
            workspace = open_workspace("practice", folder, gateway=gateway)
            try:
                return _library(workspace) or _paper(workspace) or _gateway(workspace) or _window(workspace)
            finally:
                workspace.keeper.close()
        except (ChutdiaoError, OSError, ImportError) as error:
            return f"{type(error).__name__}: {error}"
        finally:
            if gateway is not None:
                gateway.stop()


def _library(workspace: Workspace) -> str:
    """Every folder of forms is read once: duties, events, papers, layouts, rates."""
    from chutdiao import paths
    from chutdiao.formlib.shelf import Shelf

    shelf = Shelf(paths.forms_dir())
    found = {
        "duties": shelf.duties().rules,
        "events": shelf.events(),
        "papers": shelf.papers().kinds,
        "layouts": shelf.layouts(),
        "rates": shelf.parameters().tables,
        "services": workspace.shelf.index()["services"],
    }
    empty = [name for name, rows in found.items() if not rows]
    return f"nothing is held of {', '.join(empty)}" if empty else ""


def _paper(workspace: Workspace) -> str:
    form = workspace.shelf.load("pp01")
    pdf = workspace.printer.sheet(form, {}, "th", True)
    pixels, _, _ = workspace.printer.page_image(pdf, 0, 200)
    return "" if pixels else "the printed form has no pixels"


def _gateway(workspace: Workspace) -> str:
    connector = next(iter(workspace.connectors.values()))
    state = connector.reachable()
    return "" if state == "online" else f"the gateway is {state}"


def _window(workspace: Workspace) -> str:
    from chutdiao.ui.selftest import window_shows_form

    return window_shows_form(workspace)
