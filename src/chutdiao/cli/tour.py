"""``chutdiao tour``: the real window driven through the journey, against a real gateway process."""

import argparse
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chutdiao import paths
from chutdiao.cli.frame import DONE, FAILED, Command
from chutdiao.domain.problem import ChutdiaoError, Json, Problem

if TYPE_CHECKING:
    from chutdiao.ui.tour.story import Script

_FORMS = ("tp", "food-notification", "pp01")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="DIR", help="where pictures, PDFs and receipts go")


def _run(arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    out = Path(arguments.out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chutdiao-tour-") as folder:
        events = drive(out, Path(arguments.data_dir) if arguments.data_dir else Path(folder))
    pictures = sorted(path.name for path in out.glob("*.png"))
    if not arguments.json:
        print(f"{len(pictures)} pictures, {len(list(out.glob('*.pdf')))} PDFs: {out}")
    done = {event["kind"] for event in events} >= {"queued", "received", "correction", "approved", "issued"}
    return DONE if done else FAILED, {
        "out": str(out),
        "pictures": list(pictures),
        "pdfs": sorted(path.name for path in out.glob("*.pdf")),
        "events": [dict(event) for event in events],
    }


def drive(out: Path, data: Path) -> list[dict[str, str]]:
    """Walk the journey with a new practice profile in ``data``; return its events.

    Raises ChutdiaoError with ``tour.stopped`` where something expected did not appear.
    """
    from PySide6.QtWidgets import QApplication

    from chutdiao.bootstrap import load_thai_breaking, open_workspace, start_sync
    from chutdiao.gateway_process import start
    from chutdiao.ui.application import Program
    from chutdiao.ui.tour.hands import Hands, TourError
    from chutdiao.ui.tour.story import CORRECTED, TourAsker, keep_proof, walk

    load_thai_breaking()
    app = QApplication.instance() or QApplication(["chutdiao"])
    assert isinstance(app, QApplication)
    officer = f"scripted:correct={CORRECTED},approve"
    gateway = start(data_dir=data / "practice-gateway", officer=officer)
    gateway.stop()  # its key and address are known; until it is started again there is no connection
    port = int(gateway.address.rsplit(":", 1)[1].rstrip("/"))
    again = []

    def connect() -> None:
        again.append(start(port=port, data_dir=data / "practice-gateway", officer=officer))
        program.wake_sync()

    program = Program(
        app, lambda *_: open_workspace("practice", str(data), gateway=gateway), start_sync, data
    )
    hands = Hands(lambda: program.window, out, seconds=60)
    try:
        program.start("practice")
        hands.until(lambda: program.window is not None, "the window")
        assert program.window is not None and program.desk is not None
        program.window.resize(1280, 800)
        program.desk.asker = TourAsker(_paper(out), out)  # type: ignore[assignment]
        walk(program, hands, _script(out), out, connect)
        return keep_proof(program.desk, out)
    except TourError as error:
        if program.window is not None:
            hands.picture("stopped")
        raise ChutdiaoError(Problem("tour.stopped", values={"cause": str(error)})) from error
    finally:
        program.close_profile()
        for running in again:
            running.stop()


def _paper(out: Path) -> Path:
    from chutdiao.pdf.paper import Paper

    paper = Paper("สัญญาเช่า (ตัวอย่าง)", practice=True)
    paper.text("สัญญาเช่าห้องแถว (ตัวอย่างสำหรับฝึกหัด)", size=16, bold=True)
    path = out / "sample-lease.pdf"
    path.write_bytes(paper.finish())
    return path


def _script(out: Path) -> "Script":
    import yaml

    from chutdiao.ui.tour.story import Script

    samples = paths.resources_dir() / "samples"
    answers = yaml.load((samples / "coffee-shop.answers.yaml").read_text("utf-8"), yaml.BaseLoader)["answers"]
    forms = {form: json.loads((samples / f"{form}.json").read_text("utf-8")) for form in _FORMS}
    forms["pp01"].update({"has_branches": "no", "branches": []})
    return Script(str(answers.get("trade_name", "ร้านกาแฟตัวอย่าง")), answers, forms, out / "sample-lease.pdf")


COMMANDS = (
    Command("tour", "drive the window through the journey and keep pictures of it", _arguments, _run),
)
