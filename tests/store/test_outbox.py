"""Submissions keep their order and their id; agencies are heard once."""

import pytest

from chutdiao.app.ports import Attempt, Case, CaseEvent
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.domain.submission import CaseState, DraftState, FileRef, SubmissionState
from chutdiao.domain.text import LocalText

NOW = "2026-11-23T12:00:00+07:00"


def code_of(raised):
    return raised.value.problems[0].code


def a_case(name="c1"):
    return Case(name, "b", "commercial-registration", "dbd", CaseState.REVIEWING, "", (), ())


def test_append_gives_the_next_number_and_locks_the_draft(store, drafted, submitted):
    store.drafts.save(drafted("d1", "b"))
    files = (FileRef("card", "f" * 64, "a.pdf", 3, "application/pdf"),)
    first = store.outbox.append(submitted("s1", "d1", "b", files=files, sequence=99))
    second = store.outbox.append(submitted("s2", "d2", "b"))
    assert (first.sequence, second.sequence) == (1, 2)
    assert store.outbox.get("s1") == first
    assert store.drafts.get("d1").state is DraftState.LOCKED


def test_append_twice_is_once_and_never_another_content(store, submitted):
    once = store.outbox.append(submitted("s1", "d1", "b"))
    assert store.outbox.append(submitted("s1", "d1", "b")) == once
    with pytest.raises(ChutdiaoError) as raised:
        store.outbox.append(submitted("s1", "d1", "b", digest="e" * 64))
    assert code_of(raised) == "outbox.id-used"
    assert len(store.outbox.all()) == 1


def test_a_sent_draft_is_not_changed_by_a_late_autosave(store, drafted, submitted):
    store.drafts.save(drafted("d1", "b"))
    store.outbox.append(submitted("s1", "d1", "b"))
    store.drafts.save(drafted("d1", "b", place="capital"))
    assert store.drafts.get("d1").state is DraftState.LOCKED
    with pytest.raises(ChutdiaoError) as raised:
        store.drafts.save(drafted("d1", "b", answers={"trade_name": "อื่น"}))
    assert code_of(raised) == "draft.locked"
    with pytest.raises(ChutdiaoError) as raised:
        store.drafts.discard("d1")
    assert code_of(raised) == "draft.locked"
    store.outbox.stop("s1", [Problem("x")])
    store.drafts.save(drafted("d1", "b", answers={"trade_name": "อื่น"}))


def test_due_names_what_waits_for_the_wire_in_order(store, submitted):
    for name, due_at, channel in (
        ("s1", "", "api"),
        ("s2", "2026-11-23T12:00:01+07:00", "api"),
        ("s3", "2026-11-23T05:00:00Z", "api"),
        ("s4", "", "paper"),
    ):
        store.outbox.append(submitted(name, "", "b", due_at=due_at, channel=channel))
    assert [one.id for one in store.outbox.due(NOW)] == ["s1", "s3"]


def test_a_try_that_fails_waits_with_its_words(store, submitted):
    store.outbox.append(submitted("s1", "d1", "b"))
    store.outbox.begin("s1")
    assert store.outbox.due(NOW) == []
    attempt = Attempt(NOW, "captive-portal", 200, "<html>เข้าสู่ระบบ")
    store.outbox.attempted("s1", attempt, "2026-11-23T12:05:00+07:00")
    kept = store.outbox.get("s1")
    assert kept.state is SubmissionState.QUEUED
    assert kept.attempts == (attempt,)
    assert store.outbox.due(NOW) == []
    assert len(store.outbox.due("2026-11-23T12:05:00+07:00")) == 1


def test_stopped_keeps_its_problems_and_may_be_tried_again(store, submitted):
    store.outbox.append(submitted("s1", "d1", "b"))
    problem = Problem("p", "a[r1].b", {"x": "1"}, Level.WARN, LocalText("ก", "a"), "ม.1", {"m": ["1"]})
    store.outbox.begin("s1")
    store.outbox.stop("s1", [problem], Attempt(NOW, "refused", 422, "no"))
    assert store.outbox.get("s1").problems == (problem,)
    store.outbox.retry("s1")
    assert store.outbox.get("s1").problems == ()
    assert [one.id for one in store.outbox.due(NOW)] == ["s1"]


def test_received_only_from_sending_and_only_once(store, submitted):
    store.outbox.append(submitted("s1", "d1", "b"))
    with pytest.raises(ChutdiaoError) as raised:
        store.outbox.received("s1", "a.b.c", "1", a_case())
    assert code_of(raised) == "outbox.state"
    store.outbox.begin("s1")
    store.outbox.received("s1", "a.b.c", "RC-1", a_case())
    store.outbox.received("s1", "x.y.z", "RC-2", a_case("c2"))
    kept = store.outbox.get("s1")
    assert (kept.receipt, kept.number, kept.case) == ("a.b.c", "RC-1", "c1")
    assert [case.id for case in store.cases.all("b")] == ["c1"]
    assert store.cases.get("c1").submissions == ("s1",)


def test_recover_puts_back_what_a_crash_left(open_store, submitted):
    store = open_store("p")
    store.outbox.append(submitted("s1", "d1", "b"))
    store.outbox.begin("s1")
    store.close()
    again = open_store("p")
    assert again.outbox.get("s1").state is SubmissionState.QUEUED
    assert again.outbox.recover() == 0


def test_recorded_by_the_user_is_never_received(store, submitted):
    store.outbox.append(submitted("s1", "d1", "b", channel="paper"))
    scan = store.files.put(b"%PDF-1.4 scan")
    store.outbox.record("s1", "ทพ. 12/2569", "2026-11-23", scan)
    kept = store.outbox.get("s1")
    assert (kept.state, kept.number, kept.receipt) == (SubmissionState.RECORDED, "ทพ. 12/2569", "")
    case = store.cases.get(kept.case)
    assert case.recorded_by_user and case.number == "ทพ. 12/2569"
    (document,) = store.files.documents("b")
    assert (document.kind, document.sha256, document.used_by) == ("scan", scan, ("s1",))


def event(cursor, kind, **more):
    return CaseEvent(cursor, NOW, kind, "c1", "s1", **more)


def test_events_are_heard_once_and_move_the_case(store, submitted):
    store.outbox.append(submitted("s1", "d1", "b"))
    store.outbox.begin("s1")
    store.outbox.received("s1", "a.b.c", "1", a_case())
    ask = event("1", "correction", reason="ชื่อ", fields=("trade_name",))
    assert store.cases.apply(ask)
    assert not store.cases.apply(ask)
    assert store.cases.get("c1").state is CaseState.CORRECTION
    store.outbox.append(submitted("s2", "d2", "b"))
    store.outbox.begin("s2")
    store.outbox.received("s2", "d.e.f", "", a_case())
    assert store.cases.get("c1").state is CaseState.REVIEWING
    assert store.cases.get("c1").submissions == ("s1", "s2")
    store.cases.apply(event("2", "approved"))
    store.cases.apply(event("3", "issued", details=(("licence_number", "L-1"),)))
    case = store.cases.get("c1")
    assert (case.state, case.number) == (CaseState.ISSUED, "L-1")
    store.cases.apply(event("4", "correction"))
    assert store.cases.get("c1").state is CaseState.ISSUED
    assert [one.cursor for one in store.cases.get("c1").events] == ["1", "2", "3", "4"]


def test_the_feed_may_come_before_the_receipt(store, submitted):
    store.outbox.append(submitted("s1", "d1", "b"))
    store.outbox.begin("s1")
    assert store.cases.apply(event("1", "correction"))
    assert store.cases.get("c1").business == "b"
    store.outbox.received("s1", "a.b.c", "RC-1", a_case())
    assert store.cases.get("c1").submissions == ("s1",)


def test_words_about_what_is_not_ours_are_not_kept(store):
    assert not store.cases.apply(event("1", "approved"))
    assert store.database.number("SELECT count(*) FROM event") == 0


def test_each_agency_has_its_own_place_in_the_feed(store):
    store.cases.set_cursor("dbd", "5")
    store.cases.set_cursor("rd", "9")
    store.cases.set_cursor("dbd", "6")
    assert (store.cases.cursor("dbd"), store.cases.cursor("rd"), store.cases.cursor("x")) == ("6", "9", "")
