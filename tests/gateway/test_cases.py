"""Corrections, decisions, the feed and the licence."""

from wire_desk import Desk, answers, envelope, serve_on_thread

from chutdiao.contracts.receipts import verify_document
from chutdiao.contracts.signatures import new_key, thumbprint
from chutdiao_gateway.console.officer import ScriptedOfficer, parse_script


def accepted(desk: Desk) -> tuple[dict, str]:
    desk.put_samples()
    sent = envelope()
    answer = desk.post(sent)
    assert answer.status_code == 201, answer.text
    return sent, answer.json()["case"]


def kinds(desk: Desk) -> list[str]:
    return [event["kind"] for event in desk.ask("GET", "/v1/feed").json()["events"]]


def amendment(sent: dict, case: str, **changes: object) -> dict:
    return envelope(answers=answers(**changes), amends=sent["id"], case=case)


def test_correction_opens_exactly_the_fields_named(desk: Desk) -> None:
    sent, case = accepted(desk)
    assert desk.decide(case, "correction", {"fields": ["hours"], "reason": "ดูเวลา"}).status_code == 200
    too_much = desk.post(amendment(sent, case, hours="09.00–18.00 น.", line_id="other"))
    assert too_much.status_code == 422
    assert [(p["code"], p["place"]) for p in too_much.json()["problems"]] == [("amendment.closed", "line_id")]
    right = desk.post(amendment(sent, case, hours="09.00–18.00 น."))
    assert right.status_code == 201 and right.json()["case"] == case
    assert kinds(desk) == ["received", "correction", "resubmitted"]


def test_correction_must_be_asked_for_and_amend_the_latest(desk: Desk) -> None:
    sent, case = accepted(desk)
    early = desk.post(amendment(sent, case, hours="x"))
    assert early.json()["problems"][0]["code"] == "amendment.not-asked"
    desk.decide(case, "correction", {"fields": ["hours"], "reason": ""})
    other = desk.post(envelope(answers=answers(hours="y"), amends="another-id", case=case))
    assert other.json()["problems"][0]["code"] == "amendment.other"


def test_part_of_an_address_can_be_opened(desk: Desk) -> None:
    sent, case = accepted(desk)
    desk.decide(case, "correction", {"fields": ["address.house"], "reason": "เลขที่"})
    address = dict(answers()["address"])
    closed = desk.post(amendment(sent, case, address={**address, "moo": "9"}))
    assert closed.json()["problems"][0]["place"] == "address.moo"
    assert desk.post(amendment(sent, case, address={**address, "house": "100"})).status_code == 201


def test_asking_again_after_complete_is_marked(desk: Desk) -> None:
    _, case = accepted(desk)
    assert desk.decide(case, "complete").status_code == 200
    desk.decide(case, "correction", {"fields": ["hours"], "reason": ""})
    last = desk.ask("GET", "/v1/feed").json()["events"][-1]
    assert last["details"] == {"after_complete": "yes"}


def test_officer_cannot_do_what_the_state_forbids(desk: Desk) -> None:
    _, case = accepted(desk)
    assert desk.decide(case, "issue").status_code == 409
    assert desk.decide(case, "correction", {"fields": ["nothing"], "reason": ""}).status_code == 422
    assert desk.decide(case, "correction", {"fields": [], "reason": ""}).status_code == 422
    assert desk.decide("nowhere", "approve").status_code == 404
    assert desk.decide(case, "reject", {"reason": "ไม่ครบ"}).status_code == 200
    assert desk.decide(case, "approve").status_code == 409


def test_licence_carries_a_detached_signature(desk: Desk) -> None:
    _, case = accepted(desk)
    assert desk.ask("GET", f"/v1/cases/{case}/licence").status_code == 404
    desk.decide(case, "approve")
    assert desk.decide(case, "issue").json()["state"] == "issued"
    answer = desk.ask("GET", f"/v1/cases/{case}/licence")
    signature = answer.headers["Licence-Signature"]
    assert answer.content.startswith(b"%PDF") and signature.split(".")[1] == ""
    assert verify_document(signature, answer.content, {desk.thumbprint}) is None
    changed = verify_document(signature, answer.content + b" ", {desk.thumbprint})
    assert changed is not None and changed.code == "receipt.bad-signature"
    stranger = verify_document(signature, answer.content, {thumbprint(new_key())})
    assert stranger is not None and stranger.code == "receipt.unknown-key"
    assert kinds(desk) == ["received", "complete", "approved", "issued"]


def test_feed_goes_on_behind_its_cursor(desk: Desk) -> None:
    _, case = accepted(desk)
    desk.decide(case, "approve")
    first = desk.ask("GET", "/v1/feed?limit=1").json()
    assert first["more"] and len(first["events"]) == 1
    rest = desk.ask("GET", f"/v1/feed?after={first['cursor']}").json()
    assert [e["kind"] for e in rest["events"]] == ["complete", "approved"] and not rest["more"]
    again = desk.ask("GET", f"/v1/feed?after={rest['cursor']}").json()
    assert again == {"events": [], "cursor": rest["cursor"], "more": False}
    assert desk.ask("GET", "/v1/feed?after=abc").status_code == 422


def test_scripted_officer_corrects_once_then_approves_and_issues(desk: Desk) -> None:
    sent, case = accepted(desk)
    officer = ScriptedOfficer(desk.serving.gateway, parse_script("scripted:correct=hours,approve"))
    officer.look_once()
    officer.look_once()
    assert kinds(desk) == ["received", "correction"]
    assert desk.post(amendment(sent, case, hours="10.00–11.00 น.")).status_code == 201
    officer.look_once()
    officer.look_once()
    assert kinds(desk)[2:] == ["resubmitted", "complete", "approved", "issued"]


def test_keys_and_cases_survive_a_restart(desk: Desk, tmp_path) -> None:
    sent, _ = accepted(desk)
    again, end = serve_on_thread(desk.data_dir)
    try:
        assert again.thumbprint == desk.thumbprint
        assert again.post(sent).status_code == 201
        assert len(again.serving.gateway.database.rows("select * from cases")) == 1
    finally:
        end()
