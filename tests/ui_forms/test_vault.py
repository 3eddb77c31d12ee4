"""One document used by many filings: its days, its versions, who used it, and how old an agency takes it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import Document
from chutdiao.app.vault import (
    Details,
    add_document,
    attach_document,
    describe_document,
    documents,
    held_for,
    offers,
    remove_document,
    replace_document,
)
from chutdiao.domain.form import FileLimits
from chutdiao.paths import resources_dir
from chutdiao.store.trouble import NotHereError
from chutdiao.ui.pages.form import FormPage
from chutdiao.ui.pages.vault import VaultPage

LEASE = str(resources_dir() / "samples" / "lease.pdf")
MAP = str(resources_dir() / "samples" / "map.pdf")
OLD, FRESH = date(2026, 4, 1), date(2026, 11, 1)


def kept(ws, kind="lease", path=LEASE, title="สัญญาเช่าร้าน", **days) -> Document:
    made = add_document(ws, "b1", path, Details(kind, title, **days))
    assert isinstance(made, Document), made
    return made


def codes(found) -> list[str]:
    return [problem.code for problem in found]


def file_field(ws, form="pp01", name="place_document"):
    return ws.shelf.load(form).field(name)


@pytest.fixture
def draft_of(ws, business, desk):
    return lambda form: open_draft(ws, business.id, form, form, desk.today())


def test_one_document_serves_two_forms_and_says_so(ws, business, draft_of):
    lease = kept(ws)
    entries = {}
    for form, name in (("pp01", "place_document"), ("tp", "place_document")):
        field = file_field(ws, form, name)
        (offered,) = offers(ws, business.id, field, "rd", [])
        assert offered.document.id == lease.id
        done = attach_document(ws, field, name, lease.id, [])
        assert not done.problems
        entries[form] = draft_of(form)
        ws.drafts.save(replace(entries[form], answers={name: list(done.files)}))
        assert offers(ws, business.id, field, "rd", done.files) == ()
    (held,) = documents(ws, business.id)
    assert {(use.kind, use.title.th) for use in held.uses} == {("draft", "ภ.พ.01"), ("draft", "ทพ.")}
    assert len(ws.files.documents(business.id)) == 1


def test_the_same_file_attached_again_is_the_same_document(ws, business):
    from chutdiao.app.attachments import attach_path

    for name in ("place_document", "map_document"):
        done = attach_path(ws, business.id, file_field(ws, name=name), name, LEASE, [])
        assert not done.problems
    (held,) = documents(ws, business.id)
    assert held.kind == "lease"
    assert codes(add_document(ws, "b1", LEASE, Details("lease", ""))) == ["paper.already"]


def test_a_certificate_older_than_the_agency_takes_is_told(ws, business):
    kept(ws, "company-certificate", title="หนังสือรับรอง", issued_on=OLD)
    (for_excise,) = documents(ws, business.id, "excise")
    assert codes(for_excise.notes) == ["paper.too-old-unverified"]
    said = ws.texts.message(for_excise.notes[0], "th")
    assert "6 เดือน" in said and "กรมสรรพสามิต" in said and "ยังไม่ยืนยัน" in said
    (for_rd,) = documents(ws, business.id, "rd")
    assert for_rd.notes == (), "no rule was found, so nothing is said"
    describe_document(ws, for_rd.document.id, Details("company-certificate", "", FRESH))
    assert documents(ws, business.id, "excise")[0].notes == ()
    describe_document(ws, for_rd.document.id, Details("company-certificate", ""))
    assert codes(documents(ws, business.id, "excise")[0].notes) == ["paper.no-date"]


@pytest.mark.parametrize(("issued", "old"), [(date(2026, 5, 23), False), (date(2026, 5, 22), True)])
def test_six_months_end_on_the_same_day_of_the_month(ws, business, issued, old):
    kept(ws, "company-certificate", issued_on=issued)
    (held,) = documents(ws, business.id, "excise")
    assert bool(held.notes) is old


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (date(2026, 11, 22), ["paper.expired"]),
        (date(2026, 11, 23), ["paper.expiring"]),
        (date(2026, 12, 23), ["paper.expiring"]),
        (date(2026, 12, 24), []),
    ],
)
def test_what_runs_out_is_told_in_time(ws, business, until, code):
    kept(ws, expires_on=until)
    assert codes(documents(ws, business.id)[0].notes) == code


def test_a_newer_version_takes_its_place_and_the_old_stays_with_its_filings(ws, business, draft_of):
    first = kept(ws, issued_on=OLD)
    field = file_field(ws)
    used = draft_of("pp01")
    done = attach_document(ws, field, "place_document", first.id, [])
    ws.drafts.save(replace(used, answers={"place_document": list(done.files)}))
    second = replace_document(ws, first.id, MAP, Details("lease", "สัญญาเช่าร้าน", FRESH))
    assert isinstance(second, Document)
    (held,) = documents(ws, business.id)
    assert held.document.id == second.id
    assert [one.id for one in held.earlier] == [first.id]
    assert [h.document.id for h in offers(ws, business.id, field, "rd", [])] == [second.id]
    assert codes(remove_document(ws, first.id)) == ["paper.in-use"]
    assert remove_document(ws, second.id) == ()
    assert [h.document.id for h in documents(ws, business.id)] == [first.id]


def test_a_document_in_use_is_not_deleted_and_one_that_is_not_goes_with_its_bytes(ws, business, draft_of):
    lease, plan = kept(ws), kept(ws, "map", MAP, "แผนที่")
    done = attach_document(ws, file_field(ws), "place_document", lease.id, [])
    used = draft_of("pp01")
    ws.drafts.save(replace(used, answers={"place_document": list(done.files)}))
    (problem,) = remove_document(ws, lease.id)
    assert "ภ.พ.01" in ws.texts.message(problem, "th")
    assert remove_document(ws, plan.id) == ()
    with pytest.raises(NotHereError):
        ws.files.read(plan.sha256)
    ws.drafts.discard(used.id)
    assert remove_document(ws, lease.id) == ()


def test_what_was_sent_counts_as_use(ws, queued, business):
    held = documents(ws, business.id)
    assert not held, "the sample's files have no document of their own"
    made = kept(ws)
    (used,) = documents(ws, business.id)
    assert [use.kind for use in used.uses] == ["submission"]
    assert codes(remove_document(ws, made.id)) == ["paper.in-use"]


def test_limits_of_the_field_hold_for_the_vault_too(ws, business):
    made = kept(ws)
    tight = replace(file_field(ws), limits=FileLimits(pages=0))
    done = attach_document(ws, tight, "place_document", made.id, [])
    assert codes(done.problems) == ["file.pages"]
    assert done.files == ()
    pictures = replace(file_field(ws), limits=FileLimits(types=("image/png",)))
    assert offers(ws, business.id, pictures, "rd", []) == ()


@pytest.mark.parametrize(
    ("path", "details", "code"),
    [
        ("gone.pdf", Details("lease", ""), "file.unreadable"),
        (LEASE, Details("lease", "", FRESH, OLD), "paper.dates"),
    ],
)
def test_what_cannot_be_kept_is_said(ws, business, path, details, code):
    assert codes(add_document(ws, business.id, path, details)) == [code]
    assert ws.files.documents(business.id) == []


def test_requirements_say_what_the_vault_holds(ws, business):
    kept(ws)
    assert held_for(ws, business.id, ["place-right", "map"]) == {"place-right": "สัญญาเช่าร้าน"}


def texts(widget: QWidget) -> str:
    shown = (label.text() for label in widget.findChildren(QLabel) if not label.isHidden())
    return "\n".join(shown).replace("\u200b", "")


def test_the_vault_adds_changes_renews_and_deletes(opened, ws, business, desk, asker):
    desk.business = business.id
    page: VaultPage = opened(VaultPage)
    page.add.click()
    page.form.keep.click()
    assert "ยังไม่ได้เลือกไฟล์" in page.form.said.said
    asker.opened = [LEASE]
    page.form.choose.click()
    assert page.form.name.text() == "lease"
    page.form.name.setText("สัญญาเช่าร้าน")
    page.form.kind.setCurrentIndex(page.form.kind.findData("lease"))
    page.form.issued.setText("32/13/2569")
    page.form.keep.click()
    assert not page.form.said.isHidden()
    page.form.issued.setText("1 พ.ย. 2569")
    page.form.expires.setText("30/11/2569")
    page.form.keep.click()
    assert page.form is None
    (held,) = documents(ws, business.id)
    assert (held.document.issued_on, held.document.expires_on) == ("2026-11-01", "2026-11-30")
    assert "จะหมดอายุ 30 พ.ย. 2569 (อีก 7 วัน)" in texts(page)
    assert "ยังไม่ได้ใช้" in texts(page)
    name = f"document.{held.document.id}"
    page.findChild(QAbstractButton, f"{name}.renew").click()
    asker.opened = [MAP]
    page.form.choose.click()
    page.form.keep.click()
    (newer,) = documents(ws, business.id)
    assert newer.document.title == "สัญญาเช่าร้าน"
    assert "ฉบับก่อน: lease.pdf" in texts(page)
    page.findChild(QAbstractButton, f"document.{newer.document.id}.edit").click()
    page.form.name.setText("สัญญาเช่า ปี 2570")
    page.form.keep.click()
    assert "สัญญาเช่า ปี 2570" in texts(page)
    page.findChild(QAbstractButton, f"document.{newer.document.id}.delete").click()
    assert [h.document.name for h in documents(ws, business.id)] == ["lease.pdf"]


def test_a_document_in_use_says_where_and_leads_there(opened, ws, business, desk, draft_of):
    lease = kept(ws)
    used = draft_of("pp01")
    done = attach_document(ws, file_field(ws), "place_document", lease.id, [])
    ws.drafts.save(replace(used, answers={"place_document": list(done.files)}))
    desk.business = business.id
    said = []
    desk.bus.notice.connect(lambda text, tone: said.append((text, tone)))
    page: VaultPage = opened(VaultPage)
    page.findChild(QAbstractButton, f"document.{lease.id}.delete").click()
    assert said[0][1] == "bad" and "ภ.พ.01" in said[0][0]
    page.findChild(QAbstractButton, f"document.{lease.id}.use.{used.id}").click()
    assert page.went.to == [("form", {"draft": used.id})]


def test_a_form_offers_what_the_vault_holds_once(opened, ws, business, draft_of, qtbot):
    certificate = kept(ws, "medical-certificate", MAP, "ใบรับรองแพทย์ นายสมมติ", issued_on=OLD)
    used = draft_of("food-licence")
    section = next(
        s for s in ws.shelf.load("food-licence").sections if any(f.id == "medical_document" for f in s.fields)
    )
    page: FormPage = opened(FormPage, draft=used.id, place="medical_document")
    assert page._now == section.id
    assert "มีในคลัง: ใบรับรองแพทย์ นายสมมติ" in texts(page)
    frame = page._panels[section.id].widgets["medical_document"]
    frame.vault.click()
    offered = frame.findChild(QWidget, f"offer.{certificate.id}")
    assert "เก่ากว่า 6 เดือน" in texts(offered), "an old one is offered, and said to be old"
    frame.findChild(QAbstractButton, f"offer.{certificate.id}.use").click()
    (entry,) = ws.drafts.get(used.id).answers["medical_document"]
    assert entry["sha256"] == certificate.sha256
    assert "เก่ากว่า 6 เดือน" in texts(frame), "and beside the field"
    assert len(ws.files.documents(business.id)) == 1
    frame.vault.click()
    qtbot.wait(20)  # new widgets are shown with the next turn of the loop
    assert "ยังไม่มีเอกสารที่ใช้ได้" in texts(frame)


def test_saved_and_opened_copies_are_the_bytes(opened, ws, business, desk, asker, tmp_path):
    made = kept(ws)
    desk.business = business.id
    page: VaultPage = opened(VaultPage)
    asker.saved = str(tmp_path / "copy.pdf")
    page.findChild(QAbstractButton, f"document.{made.id}.save").click()
    assert (tmp_path / "copy.pdf").read_bytes() == Path(LEASE).read_bytes()
    page.findChild(QAbstractButton, f"document.{made.id}.open").click()
    assert Path(asker.shown[0]).read_bytes() == Path(LEASE).read_bytes()
