"""From the outbox to a verified receipt, a correction and a licence in the vault."""

from dataclasses import replace
from pathlib import Path

import pytest
from wire_desk import SIGNED, Desk, MovingClock, new_draft, open_practice

from chutdiao.app.correction import asked_for, open_correction
from chutdiao.app.deliver import _as_file_name, deliver_once
from chutdiao.app.ports import Submission
from chutdiao.app.submit import record, submit
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.receipts import ReceiptFacts, verify_document, verify_receipt
from chutdiao.contracts.signatures import new_key, thumbprint
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import CaseState, DraftState, SubmissionState


def queue(ws: Workspace, **changes) -> Submission:
    found = submit(ws, new_draft(ws, **changes), SIGNED)
    assert isinstance(found, Submission), found
    return found


def test_submit_freezes_and_locks(ws: Workspace) -> None:
    draft = new_draft(ws)
    held = submit(ws, draft, SIGNED)
    assert isinstance(held, Submission) and held.state is SubmissionState.QUEUED
    assert ws.drafts.get(draft).state is DraftState.LOCKED
    again = submit(ws, draft, SIGNED)
    assert isinstance(again, tuple) and [p.code for p in again] == ["submit.locked"]


def test_submit_says_everything_that_stops_it(ws: Workspace) -> None:
    found = submit(ws, new_draft(ws, premises_name=None), ())
    assert isinstance(found, tuple)
    assert {"required", "sign.missing"} <= {p.code for p in found}
    assert ws.outbox.all() == []


def test_without_an_intake_there_is_no_api_channel(ws: Workspace) -> None:
    found = submit(replace(ws, connectors={}), new_draft(ws), SIGNED)
    assert isinstance(found, tuple) and [p.code for p in found] == ["submit.no-channel"]


def test_a_missing_file_is_told_before_sending(ws: Workspace) -> None:
    gone = [{"sha256": "0" * 64, "name": "lease.pdf", "size": 9, "type": "application/pdf"}]
    found = submit(ws, new_draft(ws, lease_document=gone), SIGNED)
    assert isinstance(found, tuple) and [p.code for p in found] == ["file.gone"]


def test_receipt_is_verified_and_kept_with_the_words(ws: Workspace, desk: Desk) -> None:
    held = queue(ws)
    heard: list[tuple[str, str]] = []
    report = deliver_once(ws, lambda kind, item: heard.append((kind, item)))
    assert (report.sent, report.received, report.waiting, report.stopped) == (1, 1, 0, ())
    now = ws.outbox.get(held.id)
    assert now.state is SubmissionState.RECEIVED and now.number.startswith("PRACTICE-")
    facts = verify_receipt(now.receipt, now.digest, now.id, {desk.thumbprint}, True)
    assert isinstance(facts, ReceiptFacts)
    assert [a.outcome for a in now.attempts] == ["accepted"] and "receipt" in now.attempts[0].words
    assert heard[:2] == [("sending", held.id), ("received", held.id)]
    assert ws.cases.get(now.case).state is CaseState.REVIEWING


def test_correction_approval_and_licence(ws: Workspace, desk: Desk) -> None:
    first = queue(ws)
    deliver_once(ws)
    case = ws.outbox.get(first.id).case
    desk.decide(case, "correction", {"fields": ["hours"], "reason": "ดูเวลา"})
    deliver_once(ws)
    asked = asked_for(ws.cases.get(case))
    assert asked is not None and (asked.fields, asked.reason) == (("hours",), "ดูเวลา")
    draft = open_correction(ws, case)
    assert open_correction(ws, case).id == draft.id and draft.open_fields == ("hours",)
    ws.drafts.save(replace(draft, answers={**draft.answers, "hours": "09.00", "line_id": "other"}))
    closed = submit(ws, draft.id, SIGNED)
    assert isinstance(closed, tuple) and [p.place for p in closed] == ["line_id"]
    ws.drafts.save(replace(draft, revision=2, answers={**draft.answers, "hours": "09.00"}))
    second = submit(ws, draft.id, SIGNED)
    assert isinstance(second, Submission) and second.case == case
    assert deliver_once(ws).received == 1
    desk.decide(case, "approve")
    desk.decide(case, "issue")
    report = deliver_once(ws)
    found = ws.cases.get(case)
    assert found.state is CaseState.ISSUED and found.submissions == (first.id, second.id)
    assert report.stopped == ()
    papers = {d.kind: ws.files.read(d.sha256) for d in ws.files.documents()}
    assert verify_document(papers["signature"].decode(), papers["licence"], {desk.thumbprint}) is None
    count = len(ws.files.documents())
    deliver_once(ws)
    assert len(ws.files.documents()) == count
    (premises,) = ws.facts.subjects(found.business, "business.premises")
    fact = ws.facts.read(premises)["premises.food_certificate"]
    assert fact.value == dict(found.events[-1].details)["licence_number"]
    assert (fact.source, fact.confirmed_by) == ("register", found.agency)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("other-digest", "receipt.other-digest"),
        ("other-key", "receipt.unknown-key"),
        ("replay", "receipt.replayed"),
    ],
)
def test_a_wrong_receipt_stops_the_item_and_never_counts(
    ws: Workspace, desk: Desk, fault: str, code: str
) -> None:
    bad, good = queue(ws), queue(ws)
    desk.faults(f"{fault}:1")
    report = deliver_once(ws)
    assert [p.code for p in report.stopped] == [code]
    stopped = ws.outbox.get(bad.id)
    assert stopped.state is SubmissionState.STOPPED and stopped.receipt == ""
    assert ws.outbox.get(good.id).state is SubmissionState.RECEIVED
    ws.outbox.retry(bad.id)
    assert deliver_once(ws).received == 1


def test_key_is_never_learned_from_the_server(ws: Workspace) -> None:
    queue(ws)
    other = replace(ws, pinned_keys=dict.fromkeys(ws.connectors, frozenset({thumbprint(new_key())})))
    assert [p.code for p in deliver_once(other).stopped] == ["receipt.unknown-key"]


def test_refused_item_keeps_the_agencys_problems_and_blocks_nobody(ws: Workspace, desk: Desk) -> None:
    bad, good = queue(ws), queue(ws)
    with desk.serving.gateway.database.transaction() as connection:
        connection.execute("insert into intake values (?, 'somebody', 'other', 422, '{}')", (bad.id,))
    report = deliver_once(ws)
    assert [p.code for p in report.stopped] == ["envelope.key-reused"]
    assert report.received == 1 and ws.outbox.get(good.id).state is SubmissionState.RECEIVED


def test_a_late_receipt_does_not_take_the_case_back(ws: Workspace, desk: Desk, clock: MovingClock) -> None:
    """The receipt was lost, the feed told of the case and of the correction asked; then the receipt came."""
    held = queue(ws)
    desk.faults("drop:1")
    deliver_once(ws)
    (case,) = ws.cases.all()
    desk.decide(case.id, "correction", {"fields": ["hours"], "reason": "ดูเวลา"})
    desk.faults("refuse:1")
    clock.forward(hours=1)
    deliver_once(ws)
    assert ws.cases.get(case.id).state is CaseState.CORRECTION
    clock.forward(hours=1)
    assert deliver_once(ws).received == 1
    found = ws.cases.get(case.id)
    assert (found.state, found.number) == (CaseState.CORRECTION, ws.outbox.get(held.id).number)


def test_a_correction_names_its_case_before_the_first_receipt(
    ws: Workspace, desk: Desk, clock: MovingClock
) -> None:
    """The case is known from the feed alone; the correction must say which case it answers."""
    first = queue(ws)
    desk.faults("other-key:1")
    deliver_once(ws)
    assert ws.outbox.get(first.id).state is SubmissionState.STOPPED
    (case,) = ws.cases.all()
    desk.decide(case.id, "correction", {"fields": ["hours"], "reason": "ดูเวลา"})
    deliver_once(ws)
    draft = open_correction(ws, case.id)
    ws.drafts.save(replace(draft, answers={**draft.answers, "hours": "09.00"}))
    second = submit(ws, draft.id, SIGNED)
    assert isinstance(second, Submission) and second.case == case.id
    report = deliver_once(ws)
    assert (report.received, report.stopped) == (1, ())
    ws.outbox.retry(first.id)
    clock.forward(hours=1)
    assert deliver_once(ws).received == 1
    assert ws.cases.get(case.id).state is CaseState.REVIEWING


@pytest.mark.parametrize("fault", ["refuse", "drop", "500", "empty", "html", "logout", "duplicate"])
def test_each_trouble_ends_in_one_receipt(ws: Workspace, desk: Desk, clock: MovingClock, fault: str) -> None:
    held = queue(ws)
    desk.faults(f"{fault}:1")
    deliver_once(ws)
    clock.forward(hours=1)
    deliver_once(ws)
    now = ws.outbox.get(held.id)
    assert now.state is SubmissionState.RECEIVED
    assert len(now.attempts) == (1 if fault == "duplicate" else 2)
    assert len(desk.serving.gateway.database.rows("select id from submission")) == 1


def test_trouble_of_one_item_does_not_hold_the_next(ws: Workspace, desk: Desk) -> None:
    bad, good = queue(ws), queue(ws)
    desk.faults("500:1")
    report = deliver_once(ws)
    assert ws.outbox.get(bad.id).state is SubmissionState.QUEUED
    assert ws.outbox.get(good.id).state is SubmissionState.RECEIVED
    assert report.waiting == 1 and report.stopped == ()


def test_trouble_of_all_ends_the_run_after_the_first(ws: Workspace, desk: Desk) -> None:
    first, second = queue(ws), queue(ws)
    desk.ask("DELETE", "/v1/session")
    report = deliver_once(ws)
    assert (report.sent, report.waiting, report.state) == (1, 2, "logged-out")
    assert len(ws.outbox.get(first.id).attempts) == 1 and ws.outbox.get(second.id).attempts == ()


def test_file_trouble_waits_and_words_are_kept(ws: Workspace, desk: Desk, clock: MovingClock) -> None:
    held = queue(ws)
    desk.faults("500@files:1")
    deliver_once(ws)
    assert ws.outbox.get(held.id).attempts[0].words == "Internal Server Error"
    clock.forward(hours=1)
    assert deliver_once(ws).received == 1


def test_crash_while_sending_is_sent_again_once(
    ws: Workspace, desk: Desk, clock: MovingClock, tmp_path: Path
) -> None:
    held = queue(ws)
    ws.outbox.begin(held.id)
    connector = ws.connectors["local-authority"]
    for ref in held.files:
        connector.put_file(ref.sha256, ws.files.read(ref.sha256))
    connector.send(held)
    ws.keeper.close()
    again = open_practice(tmp_path / "data", desk, clock)
    try:
        assert deliver_once(again).received == 1
        assert again.outbox.get(held.id).state is SubmissionState.RECEIVED
    finally:
        again.keeper.close()
    assert len(desk.serving.gateway.database.rows("select id from submission")) == 1


def test_recorded_by_the_user_never_counts_as_received(ws: Workspace) -> None:
    held = record(ws, new_draft(ws), "paper", "123/2569", "2026-11-23")
    assert held.state is SubmissionState.RECORDED and held.receipt == ""
    assert ws.cases.get(held.case).recorded_by_user
    assert deliver_once(ws).sent == 0
    with pytest.raises(ChutdiaoError):
        record(ws, new_draft(ws), "paper", " ", "2026-11-23")


@pytest.mark.parametrize(
    ("number", "name"),
    [("ฝึก-1/2569", "ฝึก-1-2569"), ("../../etc/x", "etc-x"), ("", "licence"), ("a" * 500, "a" * 80)],
)
def test_a_number_from_the_wire_leaves_no_folder(number: str, name: str) -> None:
    assert _as_file_name(number) == name
