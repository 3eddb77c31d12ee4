"""What each book keeps comes back as it was, in order, and what does not load is set aside."""

import json
import threading
from dataclasses import replace

import pytest

from chutdiao.app.ports import Business, FactValue
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import DraftState
from chutdiao.store.trouble import NotHereError


def test_a_business_comes_back_whole(store):
    shop = Business("b1", "ร้านกาแฟ", "coffee-shop", {"a": ["1", None, True]}, frozenset({"q"}), "2026-11-23")
    store.businesses.save(shop)
    store.businesses.save(replace(shop, name="ร้านกาแฟใหม่"))
    assert store.businesses.all() == [replace(shop, name="ร้านกาแฟใหม่")]


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.businesses.get("x"),
        lambda s: s.drafts.get("x"),
        lambda s: s.outbox.get("x"),
        lambda s: s.cases.get("x"),
        lambda s: s.files.read("0" * 64),
        lambda s: s.drafts.quarantined_bytes("x"),
        lambda s: s.facts.write(FactValue("f", "1", "typed", "", "", "x")),
        lambda s: s.facts.set_role("b", "business.owner", ["x"]),
        lambda s: s.businesses.erase("x"),
    ],
)
def test_what_is_not_there_is_a_problem(store, ask):
    with pytest.raises(NotHereError) as raised:
        ask(store)
    assert raised.value.problems[0].code == "store.no-such"


def test_roles_keep_their_order_and_facts_their_source(store):
    first, second = store.facts.new_subject("b", "person"), store.facts.new_subject("b", "person")
    store.facts.set_role("b", "business.shareholders", [second, first, second])
    assert store.facts.subjects("b", "business.shareholders") == [second, first]
    value = FactValue("person.name", {"first": "สมหญิง"}, "card", "2026-01-02", "สมหญิง", first)
    store.facts.write(replace(value, source="typed"))
    store.facts.write(value)
    assert store.facts.read(first) == {"person.name": value}
    store.facts.set_role("b", "business.shareholders", [])
    assert store.facts.read(first)


def test_a_draft_comes_back_whole(store, drafted):
    draft = drafted("d1", "b", amends="s0", open_fields=("a", "t[r1].c"), state=DraftState.READY)
    store.drafts.save(draft)
    assert store.drafts.get("d1") == draft
    assert store.drafts.for_business("b") == [draft]
    store.drafts.discard("d1")
    assert store.drafts.for_business("b") == []


def test_a_late_save_does_not_undo_a_newer_one(store, drafted):
    store.drafts.save(drafted("d1", "b", revision=5))
    with pytest.raises(ChutdiaoError) as raised:
        store.drafts.save(drafted("d1", "b", revision=4, answers={}))
    assert raised.value.problems[0].code == "draft.older"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("answers", "{broken"),
        ("answers", '["not", "an object"]'),
        ("state", "vanished"),
        ("unsure", "[1]"),
        ("place", b"\xff"),
        ("revision", "many"),
    ],
)
def test_a_draft_that_does_not_load_is_set_aside_with_its_bytes(store, drafted, column, value):
    store.drafts.save(drafted("good", "b"))
    store.drafts.save(drafted("bad", "b"))
    with store.database.change():
        store.database.run(f"UPDATE draft SET {column} = ? WHERE id = 'bad'", (value,))
    assert [draft.id for draft in store.drafts.for_business("b")] == ["good"]
    ((draft, reason),) = store.drafts.quarantined()
    assert draft == "bad" and reason
    kept = json.loads(store.drafts.quarantined_bytes("bad"))
    assert kept[column] == (value.hex() if isinstance(value, bytes) else value)
    assert kept["form"] == "dbd/tp"


def test_files_are_kept_once_and_checked(store):
    digest = store.files.put(b"abc")
    assert store.files.put(b"abc") == digest
    assert store.files.read(digest) == b"abc"
    with store.database.change():
        store.database.run("UPDATE blob SET data = ?", (b"abd",))
    with pytest.raises(ChutdiaoError) as raised:
        store.files.read(digest)
    assert raised.value.problems[0].code == "store.damaged"


def test_settings_take_any_json(store):
    assert store.settings.read("none", "default") == "default"
    for value in ("ก", 1, True, None, ["a"], {"b": {"c": []}}):
        store.settings.write("key", value)
        assert store.settings.read("key", "x") == value


def test_books_serve_many_threads_at_once(store, drafted):
    failures: list[Exception] = []

    def work(number: int) -> None:
        try:
            for revision in range(25):
                store.drafts.save(drafted(f"d{number}", "b", revision=revision, answers={"n": str(revision)}))
                assert store.drafts.get(f"d{number}").answers == {"n": str(revision)}
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.drafts.for_business("b")) == 6


def test_a_change_that_fails_leaves_nothing_behind(store, drafted):
    def fail_midway() -> None:
        with store.database.change():
            store.drafts.save(drafted("d1", "b"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail_midway()
    assert store.drafts.for_business("b") == []
    store.drafts.save(drafted("d1", "b"))
    assert store.drafts.get("d1")


def test_every_commit_reaches_the_disk(store):
    assert store.database.number("PRAGMA synchronous") == 2
    assert store.database.one("PRAGMA journal_mode") == {"journal_mode": "wal"}


def test_a_full_disk_is_a_problem_and_loses_nothing(store, drafted):
    store.drafts.save(drafted("d1", "b"))
    store.database.run(f"PRAGMA max_page_count = {store.database.number('PRAGMA page_count')}")
    with pytest.raises(ChutdiaoError) as raised:
        store.drafts.save(drafted("d2", "b", answers={"long": "ก" * 2_000_000}))
    assert raised.value.problems[0].code == "store.full"
    assert [draft.id for draft in store.drafts.for_business("b")] == ["d1"]
    store.database.run("PRAGMA max_page_count = 1000000")
    store.drafts.save(drafted("d2", "b"))


def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(ChutdiaoError) as raised:
        store.businesses.all()
    assert raised.value.problems[0].code == "store.closed"
