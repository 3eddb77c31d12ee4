"""Several people sign one after another; what they signed may not change under them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import Draft
from chutdiao.app.signing import SignedBy, sign, signing
from chutdiao.contracts.canonical import read_json
from chutdiao.domain.form import Signatory
from chutdiao.domain.text import LocalText
from chutdiao.ui.pages.form import FormPage
from chutdiao.ui.pages.review import ReviewPage
from chutdiao.ui.pages.sign import SignPage

_SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
_EACH = Signatory("holder", LocalText("ผู้ถือหุ้น", "Shareholder"), "name", each="shareholders")


class Shelf:
    """The shelf, with a list of shareholders that each of them and a director signs."""

    def __init__(self, shelf):
        self._shelf = shelf

    def __getattr__(self, name):
        return getattr(self._shelf, name)

    def load(self, form, version=""):
        spec = self._shelf.load(form, version)
        return replace(spec, signatories=(_EACH, *spec.signatories)) if form == "boj5" else spec


@pytest.fixture
def listed(ws, desk, business) -> Draft:
    """A whole list of shareholders of a company."""
    desk.workspace = replace(ws, shelf=Shelf(ws.shelf), connectors={"dbd": object()})
    draft = open_draft(desk.workspace, business.id, "shareholders", "boj5", desk.today())
    answers = json.loads((_SAMPLES / "boj5.json").read_text("utf-8"))
    ws.drafts.save(replace(draft, answers=answers.get("answers", answers)))
    return ws.drafts.get(draft.id)


def draw(card) -> None:
    card.panel.findChild(QWidget, f"method.{card.who.key}.drawn").click()
    card.area._strokes.append([QPointF(10, 10), QPointF(90, 60)])
    card.area.drawn.emit()


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def opened_cards(page: SignPage) -> list[str]:
    return [card.who.key for card in page.cards if card.panel is not None]


def test_each_row_signs_in_turn_and_the_draft_remembers(opened, listed, desk):
    page: SignPage = opened(SignPage, draft=listed.id)
    people = len(listed.answers["shareholders"])
    keys = [card.who.key for card in page.cards]
    assert keys[-1] == "director"
    assert len(keys) == people + 1 > 2
    assert page.count.text() == f"ลงนามแล้ว 0 จาก {people + 1} คน"
    assert opened_cards(page) == keys[:1]
    assert not page.send.isEnabled()
    draw(page.cards[0])
    page.cards[0].keep.click()
    assert page.count.text() == f"ลงนามแล้ว 1 จาก {people + 1} คน"
    assert opened_cards(page) == [keys[1]]
    again: SignPage = opened(SignPage, draft=listed.id)
    first = again.cards[0]
    assert first.given.kind == "drawn"
    assert not first.findChild(QLabel, f"picture.{keys[0]}").pixmap().isNull()
    assert first.findChild(QLabel, f"given.{keys[0]}").said.startswith(first.given.name)
    second = again.cards[1]
    second.panel.findChild(QWidget, f"method.{keys[1]}.paper").click()
    second.keep.click()
    assert signing(desk.workspace, listed.id).given[keys[1]].kind == "paper"


def test_sending_takes_all_signatures_along(opened, listed, desk):
    page: SignPage = opened(SignPage, draft=listed.id)
    draw(page.cards[0])
    page.cards[0].keep.click()
    page.all_paper.click()
    assert page.send.isEnabled()
    page.send.click()
    name, arguments = page.went.to[-1]
    assert name == "tracking", page.said.text()
    sent = read_json(desk.workspace.outbox.get(arguments["submission"]).envelope.encode())
    kinds = [signature["kind"] for signature in sent["signatures"]]
    assert kinds == ["drawn"] + ["paper"] * (len(page.cards) - 1)
    keys = {signature["role"] for signature in sent["signatures"]}
    assert {f"holder[{row['_row']}]" for row in sent["answers"]["shareholders"]} | {"director"} == keys
    drawn = [file for file in sent["files"] if file["field"].startswith("signature:")]
    assert [file["sha256"] for file in drawn] == [sent["signatures"][0]["image"]]


def test_the_last_one_signs_and_sends_in_one_press(opened, listed, desk):
    page: SignPage = opened(SignPage, draft=listed.id)
    for key in [card.who.key for card in page.cards[:-1]]:
        assert not isinstance(sign(desk.workspace, listed.id, SignedBy(key, "paper", "สมมติ")), tuple)
    page = opened(SignPage, draft=listed.id)
    assert page.send.text() == "ลงนามและส่งคำขอ"
    page.send.click()
    assert page.went.to[-1][0] == "tracking"


def test_nobody_is_passed_over(listed, desk):
    from chutdiao.app.filing import send

    found = send(desk.workspace, listed.id)
    missing = [problem for problem in found if problem.code == "sign.missing"]
    assert len(missing) == len(listed.answers["shareholders"]) + 1
    assert "ใจดี" in desk.workspace.texts.message(missing[0], "th")


@pytest.mark.parametrize(
    ("key", "method", "name", "picture", "code"),
    [
        ("director", "drawn", "สมมติ", b"", "sign.missing"),
        ("director", "paper", "  ", b"", "sign.missing"),
        ("director", "stamp", "สมมติ", b"", "sign.method"),
        ("holder[none]", "paper", "สมมติ", b"", "sign.nobody"),
    ],
)
def test_a_signature_that_is_none_is_refused(listed, desk, key, method, name, picture, code):
    found = sign(desk.workspace, listed.id, SignedBy(key, method, name, picture))
    assert [problem.code for problem in found] == [code]
    assert not signing(desk.workspace, listed.id).given


def test_a_changed_answer_voids_what_was_signed_and_says_so(opened, listed, desk, ws):
    for key in ("director", signing(desk.workspace, listed.id).signers[0].key):
        sign(desk.workspace, listed.id, SignedBy(key, "paper", "สมมติ ใจดี"))
    said = []
    desk.bus.notice.connect(lambda text, tone: said.append((text, tone)))
    form: FormPage = opened(FormPage, draft=listed.id)
    assert "มีผู้ลงนามแล้ว 2 คน" in form.signed.words.said
    form._answered("company_name", "บริษัท อื่น จำกัด")
    assert said == [("คำตอบเปลี่ยนหลังลงนาม ลายมือชื่อ 2 คนใช้ไม่ได้แล้ว", "warn")]
    assert "ใช้ไม่ได้แล้ว" in form.signed.words.said
    page: SignPage = opened(SignPage, draft=listed.id)
    assert page.count.text().startswith("ลงนามแล้ว 0 จาก")
    assert "แต่คำตอบเปลี่ยนหลังจากนั้น" in texts(page)
    form._answered("company_name", listed.answers["company_name"])
    assert len(signing(desk.workspace, listed.id).given) == 2
    assert form.signed.words.said.startswith("มีผู้ลงนามแล้ว 2 คน")


def test_what_follows_from_the_day_voids_nothing(listed, desk):
    key = signing(desk.workspace, listed.id).signers[0].key
    sign(desk.workspace, listed.id, SignedBy(key, "paper", "สมมติ ใจดี"))
    rows = [{**row, "from_no": "999"} for row in listed.answers["shareholders"]]
    desk.workspace.drafts.save(replace(listed, answers={**listed.answers, "shareholders": rows}))
    assert list(signing(desk.workspace, listed.id).given) == [key]


def test_a_removed_person_need_not_sign(listed, desk):
    everybody = signing(desk.workspace, listed.id)
    gone = everybody.signers[0]
    sign(desk.workspace, listed.id, SignedBy(gone.key, "paper", "สมมติ ใจดี"))
    rows = [row for row in listed.answers["shareholders"] if row["_row"] != gone.row]
    desk.workspace.drafts.save(replace(listed, answers={**listed.answers, "shareholders": rows}))
    now = signing(desk.workspace, listed.id)
    assert gone.key not in {who.key for who in now.signers}
    assert not now.given
    assert not now.void


def test_a_signature_is_taken_back(opened, listed, desk):
    sign(desk.workspace, listed.id, SignedBy("director", "typed", "สมมติ ใจดี"))
    page: SignPage = opened(SignPage, draft=listed.id)
    page.findChild(QPushButton, "anew.director").click()
    assert "director" not in signing(desk.workspace, listed.id).given
    assert page.cards[-1].given is None


def test_a_form_for_paper_alone_collects_signatures_too(opened, ws, business, desk):
    draft = open_draft(ws, business.id, "vat-branch", "pp01-2", desk.today())
    review: ReviewPage = opened(ReviewPage, draft=draft.id)
    assert review.sign.text() == "ให้ผู้ลงนามลงชื่อ"
    page: SignPage = opened(SignPage, draft=draft.id)
    page.cards[0].name.setText("สมมติ ใจดี")
    assert page.send.text() == "ลงนามและกลับไปตรวจคำตอบ"
    page.send.click()
    assert page.went.to == [("review", {"draft": draft.id})]
    assert list(signing(ws, draft.id).given) == ["operator"]


def test_very_many_signers_come_in_turn_and_all_may_sign_on_paper(opened, listed, desk):
    rows = [{**listed.answers["shareholders"][0], "_row": f"m{n}"} for n in range(130)]
    desk.workspace.drafts.save(replace(listed, answers={**listed.answers, "shareholders": rows}))
    page: SignPage = opened(SignPage, draft=listed.id)
    assert page.count.text() == "ลงนามแล้ว 0 จาก 131 คน"
    assert len(page.cards) == 60
    assert page.findChild(QLabel, "sign.more").said.startswith("และอีก 71 คน")
    page.cards[0].keep.click()
    assert page.cards[0].who.key == "holder[m1]"
    page.all_paper.click()
    assert page.count.text() == "ลงนามแล้ว 131 จาก 131 คน"


def test_of_several_signatures_all_are_kept_or_none(listed, desk):
    first = signing(desk.workspace, listed.id).signers[0].key
    found = sign(desk.workspace, listed.id, SignedBy(first, "paper", "สมมติ"), SignedBy("ghost", "paper", "x"))
    assert [problem.code for problem in found] == ["sign.nobody"]
    assert not signing(desk.workspace, listed.id).given


def test_promoters_and_witnesses_of_a_memorandum_sign_in_turn(opened, ws, business, desk):
    draft = open_draft(ws, business.id, "company", "boj2", desk.today())
    answers = json.loads((_SAMPLES / "boj2.json").read_text("utf-8"))
    ws.drafts.save(replace(draft, answers=answers.get("answers", answers)))
    keys = [who.role for who in signing(ws, draft.id).signers]
    assert keys.count("promoter") >= 2
    assert keys.count("witness") == 2
    page: SignPage = opened(SignPage, draft=draft.id)
    page.cards[0].keep.click()
    page.all_paper.click()
    assert not page.findChild(QWidget, "progress") or page.count.text()
    page.send.click()
    assert page.went.to == [("review", {"draft": draft.id})]
    assert len(signing(ws, draft.id).given) == len(keys)
