"""A form filled, checked, signed, queued, followed and corrected through its pages."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import Attempt, CaseEvent
from chutdiao.domain.problem import Problem
from chutdiao.domain.submission import SubmissionState
from chutdiao.ui.pages import answers
from chutdiao.ui.pages.form import FormPage
from chutdiao.ui.pages.outbox import OutboxPage
from chutdiao.ui.pages.paper import PaperPage
from chutdiao.ui.pages.portal import PortalPage
from chutdiao.ui.pages.preview import PreviewPage
from chutdiao.ui.pages.review import ReviewPage
from chutdiao.ui.pages.sign import SignPage
from chutdiao.ui.pages.tracking import TrackingPage

_SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
_AT = "2026-11-23T15:00:00+07:00"


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_what_is_typed_is_kept_and_the_same_place_comes_back(opened, draft, ws, qtbot):
    page: FormPage = opened(FormPage, draft=draft.id)
    page.show_section("premises")
    edit = page.findChild(QWidget, "field.premises_name")
    edit.setText("ร้านสมมติ")
    edit.textEdited.emit("ร้านสมมติ")
    assert ws.drafts.get(draft.id).answers["premises_name"] == "ร้านสมมติ"
    again: FormPage = opened(FormPage, draft=draft.id)
    assert again._now == "premises"
    assert again.findChild(QWidget, "field.premises_name").text() == "ร้านสมมติ"


def test_next_and_back_walk_the_sections_and_then_the_review(opened, draft):
    page: FormPage = opened(FormPage, draft=draft.id)
    seen = [page._now]
    for _ in range(20):
        page.findChild(QPushButton, "next").click()
        if page.went.to:
            break
        seen.append(page._now)
    assert page.went.to == [("review", {"draft": draft.id})]
    assert seen == [section.id for section in answers.sections(page._opened)]
    page.findChild(QPushButton, "back").click()
    assert page._now == seen[-2]


def test_missing_answers_are_said_only_after_the_section_was_left(opened, draft):
    page: FormPage = opened(FormPage, draft=draft.id)
    first = page._now
    widgets = page._panels[first].widgets
    assert not any(w.problem_line.text() for w in widgets.values())
    page.findChild(QPushButton, "next").click()
    page.show_section(first)
    assert any(w.problem_line.text() for w in widgets.values())


def test_other_answers_show_and_hide_fields(opened, draft):
    page: FormPage = opened(FormPage, draft=draft.id)
    page.show_section("operator")
    birth = page._panels["operator"].widgets["birth_date"]
    assert birth.isHidden()
    page.findChild(QWidget, "choice.kind.natural").click()
    assert not birth.isHidden()


def test_rows_are_added_through_the_session(opened, whole, ws):
    page: FormPage = opened(FormPage, draft=whole.id, place="activities")
    page.findChild(QPushButton, "add-row.activities").click()
    assert len(ws.drafts.get(whole.id).answers["activities"]) == 3
    table = page._panels["activities"].widgets["activities"]
    table.view.setCurrentIndex(table.model.index(2, 0))
    page.findChild(QPushButton, "remove-row.activities").click()
    assert len(ws.drafts.get(whole.id).answers["activities"]) == 2


def test_not_sure_yet_is_kept(opened, draft, ws):
    page: FormPage = opened(FormPage, draft=draft.id, place="premises_name")
    page.findChild(QWidget, "unsure.premises_name").click()
    assert "premises_name" in ws.drafts.get(draft.id).unsure
    assert not page._panels["premises"].widgets["premises_name"].unsure_chip.isHidden()


def test_a_correction_opens_only_the_fields_named(opened, whole, ws):
    ws.drafts.save(replace(whole, open_fields=("threshold_on",), place="threshold_on"))
    page: FormPage = opened(FormPage, draft=whole.id)
    assert page._now == "registration"
    assert not page.findChild(QWidget, "field.threshold_on").isReadOnly()
    assert not page._panels["registration"].widgets["liability"].editor.isEnabled()
    page.show_section("premises")
    assert page.findChild(QWidget, "field.premises_name").isReadOnly()


def test_review_says_what_is_missing_and_leads_there(opened, draft):
    page: ReviewPage = opened(ReviewPage, draft=draft.id)
    assert not page.sign.isEnabled()
    page.findChild(QPushButton, "change.premises_name").click()
    assert page.went.to == [("form", {"draft": draft.id, "place": "premises_name"})]


def test_review_of_a_whole_form_lets_it_be_signed(opened, whole):
    page: ReviewPage = opened(ReviewPage, draft=whole.id)
    assert page.sign.isEnabled()
    assert "ร้านกาแฟสมมติ" in texts(page)
    page.findChild(QPushButton, "next").click()
    assert page.went.to == [("sign", {"draft": whole.id})]


def test_answers_become_facts_and_prefill_the_next_form(opened, whole, ws, business, desk):
    page: ReviewPage = opened(ReviewPage, draft=whole.id)
    page.findChild(QPushButton, "profile.apply").click()
    other = open_draft(ws, business.id, "registration", "tp", desk.today())
    assert other.answers
    form: FormPage = opened(FormPage, draft=other.id, place="owner_name")
    chip = form._panels["owner"].widgets["owner_name"].source_chip
    assert not chip.isHidden()
    assert "จากข้อมูลธุรกิจ" in chip.text()
    assert "2569" in chip.text()


def test_drawing_is_needed_where_drawing_was_chosen(opened, whole):
    page: SignPage = opened(SignPage, draft=whole.id)
    page.findChild(QWidget, "method.operator.drawn").click()
    assert not page.send.isEnabled()
    card = page.cards[0]
    from PySide6.QtCore import QPointF

    card.area._strokes.append([QPointF(10, 10), QPointF(90, 60)])
    card.area.drawn.emit()
    assert page.send.isEnabled()
    assert card.signed().picture.startswith(b"\x89PNG")


def test_sending_without_a_connection_waits_and_says_so(opened, queued):
    assert queued.state is SubmissionState.QUEUED
    page: TrackingPage = opened(TrackingPage, submission=queued.id)
    assert page.state.text() == "รอส่ง"
    assert "ยังไม่ถึงหน่วยงาน" in texts(page)


def test_a_draft_that_cannot_go_says_why(opened, whole):
    page: SignPage = opened(SignPage, draft=whole.id)
    page.send.click()
    assert not page.said.isHidden()
    assert not page.went.to


def test_a_correction_asked_is_answered_from_tracking(opened, queued, ws, desk, received):
    case = received(queued)
    ws.cases.apply(CaseEvent("1", _AT, "complete", case.id, queued.id))
    asked = CaseEvent("2", _AT, "correction", case.id, queued.id, "วันที่ไม่ตรงกับบัญชี", ("threshold_on",))
    ws.cases.apply(asked)
    page: TrackingPage = opened(TrackingPage, case=case.id)
    assert "วันที่ไม่ตรงกับบัญชี" in texts(page)
    page.findChild(QPushButton, "correct").click()
    name, arguments = page.went.to[-1]
    assert name == "form"
    assert ws.drafts.get(arguments["draft"]).open_fields == ("threshold_on",)


def test_tracking_follows_what_is_written(opened, queued, ws, desk, received):
    page: TrackingPage = opened(TrackingPage, submission=queued.id)
    received(queued)
    desk.bus.changed.emit(frozenset({"outbox", "cases"}))
    assert "RD-1" in page.subtitle.said
    assert page.state.text() == "กำลังพิจารณา"


def test_outbox_shows_words_of_attempts_and_retries(opened, queued, ws, asker, tmp_path):
    ws.outbox.begin(queued.id)
    problem = Problem("submit.no-channel", values={"agency": "rd"})
    ws.outbox.stop(queued.id, (problem,), Attempt(_AT, "refused", 422, "no"))
    page: OutboxPage = opened(OutboxPage)
    assert "422 no" in texts(page)
    asker.saved = str(tmp_path / "out.json")
    page.findChild(QPushButton, f"export.{queued.id}").click()
    assert Path(asker.saved).read_text("utf-8") == queued.envelope
    assert "422" in (tmp_path / "out-attempts.json").read_text("utf-8")
    page.findChild(QPushButton, f"retry.{queued.id}").click()
    assert ws.outbox.get(queued.id).state is SubmissionState.QUEUED
    page.findChild(QPushButton, f"open.{queued.id}").click()
    assert page.went.to == [("tracking", {"submission": queued.id})]


def test_outbox_says_a_success_in_plain_words(opened, queued, ws):
    ws.outbox.begin(queued.id)
    ws.outbox.attempted(queued.id, Attempt(_AT, "accepted", 201, '{"receipt": "eyJhbGciOi"}'), "")
    page: OutboxPage = opened(OutboxPage)
    assert "รับแล้ว" in texts(page)
    assert "eyJhbGciOi" not in texts(page)


def test_an_empty_outbox_says_what_to_do(opened):
    page: OutboxPage = opened(OutboxPage)
    assert "ยังไม่มีคำขอ" in texts(page)


def test_portal_copies_answers_and_records_the_number(opened, whole, ws, asker):
    page: PortalPage = opened(PortalPage, draft=whole.id)
    page.findChild(QPushButton, "copy.premises_name").click()
    assert QGuiApplication.clipboard().text() == "ร้านกาแฟสมมติ"
    page.record.save.click()
    assert not page.record.said.isHidden()
    page.record.number.setText("RD-2569-1")
    asker.opened = [str(_SAMPLES / "map.pdf")]
    page.record.choose.click()
    page.record.save.click()
    name, arguments = page.went.to[-1]
    sent = ws.outbox.get(arguments["submission"])
    assert name == "tracking"
    assert (sent.state, sent.number, sent.channel) == (SubmissionState.RECORDED, "RD-2569-1", "portal")
    tracking: TrackingPage = opened(TrackingPage, submission=sent.id)
    assert "คุณบันทึกเลขรับเอง" in texts(tracking)


def test_paper_pack_is_saved_to_a_folder(opened, whole, asker, tmp_path):
    page: PaperPage = opened(PaperPage, draft=whole.id)
    asker.saved = str(tmp_path / "pp01.pdf")
    page.findChild(QPushButton, "save").click()
    made = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert made == ["pp01-cover.pdf", "pp01-power-of-attorney.pdf", "pp01.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.glob("*.pdf"))


def test_preview_turns_pages(opened, whole):
    page: PreviewPage = opened(PreviewPage, draft=whole.id)
    assert not page.picture.pixmap().isNull()
    page.later.click()
    assert page._page == 1


@pytest.mark.parametrize("form", ["pp01", "tp", "food-notification", "boj5"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_section_of_every_form_is_named_for_all(opened, ws, business, desk, form, language):
    desk.wording.language = language
    made = open_draft(ws, business.id, form, form, desk.today())
    page: FormPage = opened(FormPage, draft=made.id)
    for section in answers.sections(page._opened):
        page.show_section(section.id)
        for widget in page._panels[section.id].widgets.values():
            part = widget.focus_widget()
            assert part.objectName()
            assert part.accessibleName(), part.objectName()
