"""A coffee shop in Doi Saket, the whole way through real widgets and a real gateway process."""

import json
import subprocess
from pathlib import Path

import pytest

from chutdiao.cli.tour import drive
from chutdiao.pdf.paper import PRACTICE


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]]]:
    out = tmp_path_factory.mktemp("tour")
    return out, drive(out, tmp_path_factory.mktemp("data"), ("coffee-shop",))


def text_of(pdf: Path) -> str:
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return run.stdout.decode()


def test_every_word_of_the_journey_is_heard_in_order(walked) -> None:
    _, events = walked
    kinds = [event["kind"] for event in events]
    assert {"queued", "sending", "received", "correction", "approved", "issued"} <= set(kinds)
    first = events[0]["submission"]
    of_first = [event["kind"] for event in events if event["submission"] == first]
    assert of_first.index("queued") < of_first.index("sending") < of_first.index("received")


def test_it_was_sent_offline_first_and_more_than_one_attempt_is_kept(walked) -> None:
    _, events = walked
    first = events[0]["submission"]
    attempts = [e for e in events if e["submission"] == first and e["kind"] == "sending"]
    assert len(attempts) >= 1
    assert (walked[0] / "tour.json").is_file()
    assert json.loads((walked[0] / "tour.json").read_text("utf-8"))["events"] == events


def test_pictures_papers_receipts_and_the_licence_are_left(walked) -> None:
    out, _ = walked
    assert len(list(out.glob("*.png"))) >= 50
    papers = {path.name for path in out.glob("*.pdf")}
    assert {"tp.pdf", "food-notification.pdf", "pp01.pdf", "roadmap.pdf"} <= papers
    assert len(list(out.glob("receipt-*.jws"))) == 2
    licence = next(out.glob("PRACTICE-L*.pdf"))
    assert licence.with_suffix(".pdf.jws").is_file()
    assert PRACTICE in text_of(licence)


def test_the_plan_prints_the_steps_and_the_offices(walked) -> None:
    text = " ".join(text_of(walked[0] / "roadmap.pdf").split())
    assert "จดทะเบียนพาณิชย์" in text
    assert "เชิงดอย" in text
