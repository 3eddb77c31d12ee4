"""A draft of an older version of its form says so, and moves on at one press."""

import json
from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QWidget

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import FactValue
from chutdiao.ui.pages.form import FormPage

from .conftest import SAMPLES

FORM, FIRST = "food-notification", "2569.1"


def test_the_card_moves_a_companys_draft_and_fills_what_is_known(opened, ws, business, desk, qtbot) -> None:
    subject = ws.facts.new_subject(business.id, "business")
    ws.facts.set_role(business.id, "business", (subject,))
    for fact, value in (("business.kind", "juristic"), ("business.legal_name", "บริษัท ครัวสมมติ จำกัด")):
        ws.facts.write(FactValue(fact, value, "interview", "2026-11-23", "", subject))
    first = ws.shelf.load(FORM, FIRST)
    answers = json.loads((SAMPLES / f"{FORM}.json").read_text("utf-8"))
    del answers["notifier_kind"]
    begun = open_draft(ws, business.id, "food-premises", FORM, desk.today())
    ws.drafts.save(replace(begun, version=FIRST, digest=first.digest, answers=answers))
    page: FormPage = opened(FormPage, draft=begun.id)
    card = page.findChild(QWidget, "update")
    qtbot.waitUntil(card.isVisible, timeout=2000)
    said = card.findChild(QWidget, "update.text").text()
    assert "2569.2" in said.replace("\u200b", "")
    assert page.findChild(QWidget, "field.company_name") is None
    card.findChild(QPushButton, "update.apply").click()
    qtbot.waitUntil(lambda: ws.drafts.get(begun.id).version == "2569.2", timeout=2000)
    assert page.went.to[-1] == ("form", {"draft": begun.id})
    moved: FormPage = opened(FormPage, draft=begun.id)
    assert moved.findChild(QWidget, "update").isHidden()
    moved.show_section("notifier")
    assert moved.findChild(QWidget, "field.company_name").isVisible()
    assert ws.drafts.get(begun.id).answers["company_name"] == "บริษัท ครัวสมมติ จำกัด"
