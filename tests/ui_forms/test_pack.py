"""The pack of a company: every form reached from the plan, its state told, all of it printed."""

import json
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from chutdiao.app.drafts import open_draft
from chutdiao.app.filing import record_filing
from chutdiao.app.roadmap import roadmap
from chutdiao.paths import resources_dir
from chutdiao.ui.pages import answers
from chutdiao.ui.pages.form import FormPage
from chutdiao.ui.pages.pack import PackPage
from chutdiao.ui.pages.roadmap import RoadmapPage

STEP = "company-registration"


@pytest.fixture
def company(ws, business):
    answers = {
        "entity": "company", "place": "own", "activities": ["food"],
        "turnover": "1000000", "wants_vat": False, "employees": "0", "area_m2": "100",
        "start_date": "2027-02-01",
    }  # fmt: skip
    made = replace(business, journey="restaurant", interview=answers)
    ws.businesses.save(made)
    return made


def begin(ws, company, form: str, **changes: str):
    draft = open_draft(ws, company.id, STEP, form, date(2026, 11, 23))
    answers = json.loads((resources_dir() / "samples" / f"{form}.json").read_text("utf-8"))
    ws.drafts.save(replace(draft, answers={**answers, **changes}))
    return ws.drafts.get(draft.id)


def chip(page: PackPage, form: str) -> str:
    return page.findChild(QLabel, f"pack.{form}.state").text()


def test_the_plan_leads_to_the_pack(desk, qtbot, ws, company):
    assert len(roadmap(ws, company.id).step(STEP).pack) == 15
    page = RoadmapPage(desk)
    qtbot.addWidget(page)
    went = []
    page.go.connect(lambda name, arguments: went.append((name, arguments)))
    page.open(business=company.id)
    page._wanted(STEP, "fill")
    assert went == [("pack", {"business": company.id, "step": STEP})]


def test_each_form_tells_how_far_it_is(opened, ws, company):
    begin(ws, company, "boj2")
    open_draft(ws, company.id, STEP, "boj3", date(2026, 11, 23))
    page: PackPage = opened(PackPage, business=company.id, step=STEP)
    assert chip(page, "boj2") == "ครบแล้ว"
    assert chip(page, "boj3").startswith("ยังต้องแก้")
    assert chip(page, "articles") == "เฉพาะบางกรณี"
    assert chip(page, "ssch1") == "ยังไม่เริ่ม"


def test_a_form_is_begun_from_the_pack(opened, ws, company):
    page: PackPage = opened(PackPage, business=company.id, step=STEP)
    page.findChild(QPushButton, "pack.objects.open").click()
    name, arguments = page.went.to[-1]
    assert name == "form"
    assert ws.drafts.get(arguments["draft"]).form == "objects"
    assert roadmap(ws, company.id).step(STEP).state == "started"


def test_papers_that_differ_are_told(opened, ws, company):
    begin(ws, company, "boj2")
    begin(ws, company, "boj3")
    page: PackPage = opened(PackPage, business=company.id, step=STEP)
    assert page.findChild(QLabel, "pack.differs.title") is None
    begin(ws, company, "boj3", capital="2000000.00", common="20000")
    page = opened(PackPage, business=company.id, step=STEP)
    said = page.findChild(QLabel, "pack.differs.0").text()
    assert "บอจ.2: 1,000,000.00" in said.replace("\u200b", "")
    assert "บอจ.3: 2,000,000.00" in said.replace("\u200b", "")
    assert page.findChild(QLabel, "pack.differs.1") is None


def test_only_the_application_files_the_step(ws, company):
    record_filing(ws, begin(ws, company, "boj2").id, "portal", "B2-1", "2026-11-23")
    assert roadmap(ws, company.id).step(STEP).state != "filed"
    record_filing(ws, begin(ws, company, "boj1").id, "portal", "B1-1", "2026-11-23")
    assert roadmap(ws, company.id).step(STEP).state == "filed"


def test_the_whole_pack_is_one_file_with_what_is_begun(opened, ws, company, asker, tmp_path):
    for form in ("boj1", "boj2", "share-payment", "power-of-attorney"):
        begin(ws, company, form)
    target = tmp_path / "pack.pdf"
    asker.saved = str(target)
    page: PackPage = opened(PackPage, business=company.id, step=STEP)
    page.print.click()
    assert str(target) in page.said.text()
    document = pypdfium2.PdfDocument(target)
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    for said in ("ใบนำส่ง", "หนังสือบริคณห์สนธิ", "หลักฐานการรับชำระค่าหุ้น", "หนังสือมอบอำนาจ"):
        assert "".join(said.split()) in "".join(text.split()), said
    assert "ข้อบังคับนี้เรียกว่า" not in text


@pytest.mark.parametrize("form", ["boj1", "boj3", "objects"])
def test_no_section_is_wider_than_its_card(opened, ws, company, form):
    page: FormPage = opened(FormPage, draft=begin(ws, company, form).id)
    for section in answers.sections(page._opened):
        page.show_section(section.id)
        assert page.scroll.horizontalScrollBar().maximum() == 0, section.id
