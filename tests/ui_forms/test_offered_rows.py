"""Ready rows of a table are added by one button, and only what is missing."""

from PySide6.QtWidgets import QPushButton

from chutdiao.app.drafts import open_draft
from chutdiao.ui.pages.form import FormPage


def test_standard_objects_come_by_a_button(opened, ws, business, desk):
    draft = open_draft(ws, business.id, "company-registration", "objects", desk.today())
    page: FormPage = opened(FormPage, draft=draft.id)
    page._answered("sets", ["restaurant"])
    button = page.findChild(QPushButton, "offer-rows.objects")
    assert not button.isHidden()
    button.click()
    table = page._panels[page._now].widgets["objects"]
    assert table.model.rowCount() == 6
    button.click()
    assert table.model.rowCount() == 6
    saved = ws.drafts.get(draft.id).answers["objects"]
    assert len(saved) == 6


def test_a_table_without_ready_rows_has_no_such_button(opened, ws, business, desk):
    draft = open_draft(ws, business.id, "company-registration", "boj2", desk.today())
    page: FormPage = opened(FormPage, draft=draft.id, place="promoters")
    assert page.findChild(QPushButton, "add-row.promoters") is not None
    assert page.findChild(QPushButton, "offer-rows.promoters").isHidden()
