"""``chutdiao tour``: the real window driven through the journey, against a real gateway process."""

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chutdiao import paths
from chutdiao.cli.frame import DONE, FAILED, Command
from chutdiao.domain.problem import ChutdiaoError, Json, Problem

if TYPE_CHECKING:
    from chutdiao.ui.application import Program
    from chutdiao.ui.tour.hands import Hands
    from chutdiao.ui.tour.story import Script

CHAPTERS = ("coffee-shop", "restaurant")
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


def drive(out: Path, data: Path, chapters: Collection[str] = CHAPTERS) -> list[dict[str, str]]:
    """Walk the chapters with a new practice profile in ``data``; return their events.

    Raises ChutdiaoError with ``tour.stopped`` where something expected did not appear.
    """
    from PySide6.QtWidgets import QApplication

    from chutdiao.bootstrap import load_thai_breaking, open_workspace, start_sync
    from chutdiao.gateway_process import start
    from chutdiao.ui.application import Program
    from chutdiao.ui.tour.hands import Hands, TourError
    from chutdiao.ui.tour.story import CORRECTED, keep_proof

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
        _walk(program, hands, out, chapters, connect)
        return keep_proof(program.desk, out)
    except TourError as error:
        if program.window is not None:
            hands.picture("stopped")
        raise ChutdiaoError(Problem("tour.stopped", values={"cause": str(error)})) from error
    finally:
        program.close_profile()
        for running in again:
            running.stop()


def _walk(
    program: "Program", hands: "Hands", out: Path, chapters: Collection[str], connect: Callable[[], None]
) -> None:
    from chutdiao.ui.tour.restaurant import open_restaurant
    from chutdiao.ui.tour.story import TourAsker, walk

    asker = TourAsker(_paper(out, "lease", "สัญญาเช่าห้องแถว"), out)
    assert program.desk is not None
    program.desk.asker = asker  # type: ignore[assignment]
    if "coffee-shop" in chapters:
        walk(program, hands, _coffee_shop(out), out, connect)
    else:
        connect()
    if "restaurant" in chapters:
        open_restaurant(program, hands, _restaurant(out), out, asker)


def _paper(out: Path, name: str, title: str) -> Path:
    """A page that says what it stands for, made once."""
    from chutdiao.pdf.paper import Paper

    path = out / f"sample-{name}.pdf"
    if not path.exists():
        paper = Paper(f"{title} (ตัวอย่าง)", practice=True)
        paper.text(f"{title} (ตัวอย่างสำหรับฝึกหัด)", size=16, bold=True)
        path.write_bytes(paper.finish())
    return path


def _coffee_shop(out: Path) -> "Script":
    script = _script(out, "coffee-shop", _FORMS)
    script.forms["pp01"].update({"has_branches": "no", "branches": []})
    return script


def _restaurant(out: Path) -> "Script":
    """Every form that has a sample; of ภ.พ.01 the sample is one person's, a company is asked more."""
    samples = paths.resources_dir() / "samples"
    script = _script(out, "restaurant", [path.stem for path in samples.glob("*.json")])
    script.forms["boj5"] = script.forms["boj5-founding"]
    del script.forms["share-money"]  # only asked of a company above five million baht
    script.forms["pp01"].update(
        {
            "has_branches": "no",
            "branches": [],
            "registered_on": "2026-11-20",
            "registered_at": "จังหวัดเชียงใหม่",
            "reason": "before-start",
        }
    )
    return script


def _script(out: Path, journey: str, forms: Iterable[str]) -> "Script":
    import yaml

    from chutdiao.ui.tour.story import Script

    samples = paths.resources_dir() / "samples"
    path = samples / f"{journey}.answers.yaml"
    answers = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["answers"]
    filled = {form: json.loads((samples / f"{form}.json").read_text("utf-8")) for form in forms}
    return Script(str(answers["trade_name"]), answers, filled, partial(_paper, out))


COMMANDS = (
    Command("tour", "drive the window through the journey and keep pictures of it", _arguments, _run),
)
