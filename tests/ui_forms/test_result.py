"""How an agency answered, where only the person heard it: written down once, and used from then on."""

import json
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton

from chutdiao.app.decided import record_result
from chutdiao.app.drafts import open_draft
from chutdiao.app.filing import record_filing
from chutdiao.app.following import follow
from chutdiao.app.prefill import prefill
from chutdiao.app.roadmap import roadmap
from chutdiao.paths import resources_dir
from chutdiao.ui.pages.result_card import ResultCard
from chutdiao.ui.pages.tracking import TrackingPage

STEP, NUMBER, DAY = "company-registration", "0105599999016", "2026-11-23"


@pytest.fixture
def filed(ws, business):
    """A company's application, filed at the agency's site and written down."""
    answers = {
        "entity": "company", "place": "own", "activities": ["food"],
        "turnover": "1000000", "wants_vat": False, "employees": "0", "area_m2": "100",
        "start_date": "2027-02-01",
    }  # fmt: skip
    ws.businesses.save(replace(business, journey="restaurant", interview=answers))
    draft = open_draft(ws, business.id, STEP, "boj1", date(2026, 11, 23))
    sample = json.loads((resources_dir() / "samples" / "boj1.json").read_text("utf-8"))
    ws.drafts.save(replace(draft, answers=sample))
    return record_filing(ws, draft.id, "portal", "B1-1", DAY)


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def test_what_is_missing_or_cannot_be_is_said_and_nothing_is_written(ws, filed):
    assert codes(record_result(ws, filed.id, "issued", " ", DAY)) == ["result.no-number"]
    assert codes(record_result(ws, filed.id, "issued", NUMBER, "")) == ["result.no-day"]
    assert codes(record_result(ws, filed.id, "issued", NUMBER, "2026-11-22")) == ["result.day"]
    assert codes(record_result(ws, filed.id, "issued", NUMBER, "2099-01-01")) == ["result.day"]
    assert follow(ws, filed.id).answer_unwritten


def test_a_number_that_is_none_is_not_taken_for_a_companys(ws, filed):
    assert codes(record_result(ws, filed.id, "issued", "0105599999010", DAY)) == ["id.check-digit"]
    assert follow(ws, filed.id).answer_unwritten


def test_a_refusal_needs_no_number_and_the_step_can_be_begun_anew(ws, filed):
    assert record_result(ws, filed.id, "rejected", "", DAY) == ()
    assert roadmap(ws, filed.business).step(STEP).state == "rejected"


def test_the_number_is_in_the_next_form_and_the_paper_in_the_vault(opened, ws, filed, asker, tmp_path):
    paper = resources_dir() / "samples" / "lease.pdf"
    asker.files = [str(paper)]
    page: TrackingPage = opened(TrackingPage, submission=filed.id)
    page.findChild(QLineEdit, "result.number").setText("0-1055-99999-01-6")
    page.findChild(QLineEdit, "result.date").setText("23/11/2569")
    page.findChild(ResultCard).path = str(paper)
    page.findChild(QPushButton, "result.save").click()
    assert roadmap(ws, filed.business).step(STEP).state == "issued"
    held = ws.businesses.get(filed.business)
    assert prefill(ws, held, ws.shelf.load("food-licence"))[0]["company_number"] == NUMBER
    kept = [d for d in ws.files.documents(filed.business) if d.kind == "company-certificate"]
    assert [d.issued_on for d in kept] == [DAY]
    assert not follow(ws, filed.id).answer_unwritten


def test_news_takes_nothing_away_from_who_is_typing(opened, ws, filed, desk):
    page: TrackingPage = opened(TrackingPage, submission=filed.id)
    page.findChild(QLineEdit, "result.number").setText("0105")
    desk.bus.changed.emit(frozenset({"cases"}))
    assert page.findChild(QLineEdit, "result.number").text() == "0105"


def test_a_refusal_asks_for_no_number(opened, filed):
    page: TrackingPage = opened(TrackingPage, submission=filed.id)
    page.findChild(QRadioButton, "result.rejected").click()
    assert page.findChild(QLineEdit, "result.number").isHidden() or not page.findChild(
        QLineEdit, "result.number"
    ).isVisibleTo(page)
    assert page.findChild(QLabel, "result.problem").isHidden()
