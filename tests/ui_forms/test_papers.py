"""The agency's own blank filled, and letters about its duties, made through the pages."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from chutdiao.app.ports import CaseEvent
from chutdiao.domain.deadline import StatutoryClock
from chutdiao.ui.pages.paper import PaperPage
from chutdiao.ui.pages.preview import PreviewPage
from chutdiao.ui.pages.tracking import TrackingPage

_AT = "2026-11-23T15:00:00+07:00"
_SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
_BLANK = Path(__file__).parents[3] / "shared" / "blanks" / "pp01_010968.pdf"
needs_blank = pytest.mark.skipif(not _BLANK.is_file(), reason="the official blank is not beside the checkout")


def text_of(path: Path) -> str:
    run = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode()


@needs_blank
def test_the_downloaded_blank_is_shown_and_saved(opened, whole, asker, tmp_path):
    page: PreviewPage = opened(PreviewPage, draft=whole.id)
    before = page._pdf
    asker.opened, asker.saved = [str(_BLANK)], str(tmp_path / "official.pdf")
    page.blank.choose.click()
    assert page._pdf != before, page.blank.said.text()
    page.save.click()
    assert "ร้านกาแฟสมมติ" in text_of(tmp_path / "official.pdf")


@needs_blank
def test_the_paper_page_saves_the_blank_too(opened, whole, asker, tmp_path):
    page: PaperPage = opened(PaperPage, draft=whole.id)
    asker.opened, asker.saved = [str(_BLANK)], str(tmp_path / "official.pdf")
    page.blank.choose.click()
    assert (tmp_path / "official.pdf").read_bytes().startswith(b"%PDF"), page.blank.said.text()


def test_another_file_is_refused_in_words(opened, whole, asker):
    page: PreviewPage = opened(PreviewPage, draft=whole.id)
    before = page._pdf
    asker.opened = [str(_SAMPLES / "map.pdf")]
    page.blank.choose.click()
    assert not page.blank.said.isHidden()
    assert "map.pdf" in page.blank.said.text().replace("\u200b", "")
    assert page._pdf == before


def test_an_overdue_clock_offers_a_letter(opened, queued, ws, asker, tmp_path, received):
    case = received(queued)
    page: TrackingPage = opened(TrackingPage, case=case.id)
    assert page.findChild(QPushButton, "letter.late") is None
    timed = replace(page._followed.form, time=ws.shelf.load("food-notification").time)
    start = StatutoryClock(date(2026, 11, 2), timed.time.count, timed.time.unit)
    clock = start.at(ws.clock.now().date(), ws.parameters)
    assert clock.overdue
    page._show(replace(page._followed, form=timed, clock=clock))
    asker.saved = str(tmp_path / "late.pdf")
    page.findChild(QPushButton, "letter.late").click()
    said = text_of(tmp_path / "late.pdf")
    assert "มาตรา 10" in said
    assert "ก.พ.ร." in said
    assert "RD-1" in said


def test_papers_asked_again_after_complete_offer_a_letter(opened, queued, ws, asker, tmp_path, received):
    case = received(queued)
    ws.cases.apply(CaseEvent("1", _AT, "complete", case.id, queued.id))
    ws.cases.apply(CaseEvent("2", _AT, "correction", case.id, queued.id, "ขอภาพเพิ่ม", ("threshold_on",)))
    page: TrackingPage = opened(TrackingPage, case=case.id)
    asker.saved = str(tmp_path / "again.pdf")
    page.findChild(QPushButton, "letter.asked-again").click()
    said = text_of(tmp_path / "again.pdf")
    assert "มาตรา 8" in said
    assert "ขอภาพเพิ่ม" in said
