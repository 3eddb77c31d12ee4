"""Intake: once, whole, and only what keeps the law."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from wire_desk import SAMPLES, Desk, answers, envelope

from chutdiao.contracts.canonical import canonical, digest, digest_of
from chutdiao.contracts.receipts import ReceiptFacts, verify_receipt
from chutdiao_gateway.storage.intake import claim


def codes(answer: requests.Response) -> set[str]:
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code and body["type"] and body["title"]
    return {problem["code"] for problem in body["problems"]}


def test_receipt_names_exactly_what_was_sent(desk: Desk) -> None:
    desk.put_samples()
    sent = envelope()
    answer = desk.post(sent)
    assert answer.status_code == 201, answer.text
    facts = verify_receipt(answer.json()["receipt"], digest(sent), str(sent["id"]), {desk.thumbprint}, True)
    assert isinstance(facts, ReceiptFacts)
    assert facts.case == answer.json()["case"] and facts.agency == "local-authority" and facts.practice


def test_same_key_and_body_get_the_same_answer(desk: Desk) -> None:
    desk.put_samples()
    sent = envelope()
    first, second = desk.post(sent), desk.post(sent)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert len(desk.ask("GET", "/v1/feed").json()["events"]) == 1


def test_same_key_with_another_body_is_refused(desk: Desk) -> None:
    desk.put_samples()
    sent = envelope()
    assert desk.post(sent).status_code == 201
    again = desk.post({**sent, "authority": "เทศบาลอื่น"})
    assert again.status_code == 422 and codes(again) == {"envelope.key-reused"}


def test_a_key_in_flight_is_409(desk: Desk) -> None:
    desk.put_samples()
    sent = envelope()
    database = desk.serving.gateway.database
    assert claim(database, str(sent["id"]), "applicant", digest(sent)) is None
    answer = desk.post(sent)
    assert answer.status_code == 409 and answer.json()["type"].endswith("in-flight")


def test_many_at_once_register_one(desk: Desk) -> None:
    desk.put_samples()
    sent = envelope()
    barrier = threading.Barrier(6)

    def post(_: int) -> int:
        barrier.wait()
        headers = {"Authorization": f"Bearer {desk.token}", "Idempotency-Key": str(sent["id"])}
        return requests.post(
            f"{desk.address}/v1/submissions", canonical(sent), headers=headers, timeout=10
        ).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = set(pool.map(post, range(6)))
    assert 201 in statuses and statuses <= {201, 409}
    assert len(desk.serving.gateway.database.rows("select * from submission")) == 1


def test_files_travel_first(desk: Desk) -> None:
    sent = envelope()
    early = desk.post(sent)
    assert early.status_code == 424 and codes(early) == {"envelope.file-missing"}
    desk.put_samples()
    assert desk.post(sent).status_code == 201


def test_file_under_another_digest_is_refused(desk: Desk) -> None:
    data = (SAMPLES / "lease.pdf").read_bytes()
    assert desk.ask("PUT", f"/v1/files/{'0' * 64}", data=data).status_code == 422
    assert desk.ask("PUT", f"/v1/files/{digest_of(data)}", data=data).status_code == 200
    assert desk.ask("PUT", f"/v1/files/{digest_of(data)}", data=data).status_code == 200


def test_form_is_checked_with_the_applicants_own_law(desk: Desk) -> None:
    desk.put_samples()
    wrong = envelope()
    wrong["answers"] = {**wrong["answers"], "notifier_identity": "9999900001016"}
    answer = desk.post(wrong)
    assert answer.status_code == 422 and any(code.startswith("id.") for code in codes(answer))
    assert desk.post(wrong).content == answer.content


def test_a_forged_computed_value_is_refused(desk: Desk) -> None:
    desk.put_samples()
    wrong = envelope()
    wrong["answers"] = {**wrong["answers"], "notifier_age": "99"}
    assert codes(desk.post(wrong)) == {"envelope.not-as-computed"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"practice": False}, "envelope.practice"),
        ({"channel": "paper"}, "envelope.channel"),
        ({"agency": "nobody"}, "envelope.agency"),
        ({"form": {"id": "nothing", "version": "1", "digest": "0"}}, "envelope.unknown-form"),
        ({"form": {"id": "food-notification", "version": "2569.1", "digest": "0"}}, "envelope.other-form"),
        ({"amends": "x", "case": "nowhere"}, "amendment.case"),
        ({"schema": "other/1"}, "envelope.schema"),
        ({"created_at": "yesterday"}, "envelope.wrong"),
        ({"surprise": "x"}, "envelope.wrong"),
        ({"files": []}, "envelope.files"),
    ],
)
def test_what_is_not_ours_is_refused(desk: Desk, changes: dict, code: str) -> None:
    desk.put_samples()
    answer = desk.post(envelope() | changes)
    assert answer.status_code == 422 and code in codes(answer), answer.text


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"id": 1.5}', b'{"id":"a","id":"b"}', b"[" * 2000])
def test_broken_bodies_are_problems(desk: Desk, body: bytes) -> None:
    answer = desk.ask("POST", "/v1/submissions", data=body, headers={"Idempotency-Key": "12345678"})
    assert answer.status_code == 422 and codes(answer)


def test_key_must_be_the_submissions_id(desk: Desk) -> None:
    assert codes(desk.post(envelope(), key="another-key")) == {"envelope.key"}


def test_no_session_no_entry(desk: Desk) -> None:
    assert desk.ask("GET", "/v1/feed", "wrong").status_code == 401
    assert desk.ask("DELETE", "/v1/session").status_code == 204
    assert desk.ask("GET", "/v1/feed").status_code == 401
    assert desk.ask("GET", "/v1/officer/cases", desk.new_holder()).status_code == 403


def test_another_holder_sees_nothing(desk: Desk) -> None:
    desk.put_samples()
    case = desk.post(envelope()).json()["case"]
    stranger = desk.new_holder()
    assert desk.ask("GET", "/v1/feed", stranger).json()["events"] == []
    assert desk.ask("GET", f"/v1/cases/{case}/licence", stranger).status_code == 404


def test_unfinished_work_is_free_after_a_restart(desk: Desk) -> None:
    from chutdiao_gateway.storage.database import Database

    sent = envelope()
    path = desk.data_dir / "gateway.sqlite"
    claim(desk.serving.gateway.database, str(sent["id"]), "applicant", digest(sent))
    again = Database(path)
    assert claim(again, str(sent["id"]), "applicant", digest(sent)) is None
    again.close()


def test_canonical_text_is_what_is_kept(desk: Desk) -> None:
    desk.put_samples()
    sent = envelope(answers=answers(line_id="กาแฟ é"))
    headers = {"Idempotency-Key": str(sent["id"])}
    spaced = json.dumps(sent, indent=3).encode()
    answer = desk.ask("POST", "/v1/submissions", data=spaced, headers=headers)
    assert answer.status_code == 201 and answer.json()["digest"] == digest(sent)
