"""Real stores in a folder of their own, empty and filled."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chutdiao.app.ports import (
    Attempt,
    Business,
    Case,
    CaseEvent,
    Document,
    Draft,
    FactValue,
    GivenSignature,
    Submission,
)
from chutdiao.domain.problem import Problem
from chutdiao.domain.submission import CaseState, DraftState, FileRef, SubmissionState
from chutdiao.store.profile import Store, open_profile

OpenStore = Callable[..., Store]


def make_draft(draft: str, business: str, **changes: object) -> Draft:
    """A draft with plain values where none are given."""
    values: dict[str, object] = {
        "id": draft,
        "business": business,
        "step": "commercial-registration",
        "form": "dbd/tp",
        "version": "2568-01",
        "digest": "d" * 64,
        "answers": {"trade_name": "กาแฟดอย", "rows": [{"_row": "r1", "held": "1.50"}]},
        "unsure": frozenset({"capital"}),
        "drawer": {"old": "kept"},
        "state": DraftState.EDITING,
        "revision": 1,
        "place": "trade_name",
        "updated_at": "2026-11-23T10:00:00+07:00",
    }
    return Draft(**(values | changes))  # type: ignore[arg-type]


def make_submission(submission: str, draft: str, business: str, **changes: object) -> Submission:
    """A queued submission with plain values where none are given."""
    values: dict[str, object] = {
        "id": submission,
        "sequence": 0,
        "business": business,
        "draft": draft,
        "step": "commercial-registration",
        "form": "dbd/tp",
        "version": "2568-01",
        "agency": "dbd",
        "channel": "api",
        "state": SubmissionState.QUEUED,
        "envelope": f'{{"id":"{submission}"}}',
        "digest": submission[0] * 64,
        "files": (),
        "queued_at": "2026-11-23T10:00:00+07:00",
        "due_at": "",
    }
    return Submission(**(values | changes))  # type: ignore[arg-type]


def fill(store: Store, business: str, name: str = "ร้านกาแฟดอยสะเก็ด") -> None:
    """One business with a row in every table."""
    interview = {"sells_food": True, "area_m2": "60"}
    store.businesses.save(
        Business(
            business, name, "coffee-shop", interview, frozenset({"turnover"}), "2026-11-23T09:00:00+07:00"
        )
    )
    owner = store.facts.new_subject(business, "person")
    premises = store.facts.new_subject(business, "premises")
    store.facts.set_role(business, "business.owner", [owner])
    store.facts.set_role(business, "business.premises", [premises])
    name_value = {"title": "นาย", "first": "สมชาย", "last": "ใจดี"}
    store.facts.write(FactValue("person.name", name_value, "card", "2026-11-23", "สมชาย", owner))
    store.facts.write(FactValue("premises.area", "60", "typed", "2026-11-23", "", premises))
    scan = store.files.put(f"%PDF-1.7 {business} {name}".encode())
    kept = {"sha256": scan, "name": "บัตร.pdf", "size": 10, "type": "application/pdf"}
    store.drafts.save(make_draft(f"{business}-d1", business, answers={"owner": owner, "card": [kept]}))
    store.drafts.save(make_draft(f"{business}-d2", business))
    drawn = store.files.put(f"PNG {business}".encode())
    at = "2026-11-23T09:50:00+07:00"
    store.drafts.sign(
        GivenSignature(f"{business}-d2", "promoter", "r1", "drawn", "สมชาย", at, drawn, "a" * 64)
    )
    files = (FileRef("card", scan, "บัตร.pdf", 10, "application/pdf"),)
    store.outbox.append(make_submission(f"{business}-s1", f"{business}-d1", business, files=files))
    store.outbox.begin(f"{business}-s1")
    attempt = Attempt("2026-11-23T10:00:05+07:00", "server-down", 503, "ปิดปรับปรุง")
    store.outbox.attempted(f"{business}-s1", attempt, "2026-11-23T10:01:00+07:00")
    store.outbox.begin(f"{business}-s1")
    case = Case(f"{business}-c1", business, "commercial-registration", "dbd", CaseState.REVIEWING, "", (), ())
    store.outbox.received(f"{business}-s1", "a.b.c", "RC-1", case)
    store.cases.apply(
        CaseEvent("7", "2026-11-24T09:00:00+07:00", "correction", f"{business}-c1", f"{business}-s1",
                  "ชื่อไม่ตรงบัตร", ("trade_name",), (("officer", "7"),))
    )  # fmt: skip
    store.outbox.append(make_submission(f"{business}-s2", f"{business}-d2", business))
    store.outbox.stop(f"{business}-s2", [Problem("check.dbd.1", "trade_name", {"n": "1"})])
    store.files.add(
        Document(f"{business}-f1", business, "บัตรประชาชน", "attachment", scan, "บัตร.pdf", 10,
                 "application/pdf", added_at="2026-11-23", used_by=(f"{business}-d1",))
    )  # fmt: skip


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[OpenStore]:
    """Open profiles by name; all are closed at the end."""
    opened: list[Store] = []

    def open_(name: str = "profile", **ways: object) -> Store:
        given: dict[str, object] = {"passphrase": None, "use_keyring": False, "own_key": True}
        store = open_profile(tmp_path / name, **(given | ways))  # type: ignore[arg-type]
        opened.append(store)
        return store

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    """An empty open store with a key of its own."""
    return open_store()


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with two businesses, ``one`` and ``two``."""
    fill(store, "one")
    fill(store, "two", "ร้านก๋วยเตี๋ยวเรือ")
    return store


@pytest.fixture
def drafted() -> Callable[..., Draft]:
    return make_draft


@pytest.fixture
def submitted() -> Callable[..., Submission]:
    return make_submission


@pytest.fixture
def fill_store() -> Callable[..., None]:
    return fill
