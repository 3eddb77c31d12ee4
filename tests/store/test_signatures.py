"""Signatures kept with a draft, documents dropped from the vault, and packages of an older schema."""

from dataclasses import replace

import pytest

from chutdiao.app.ports import GivenSignature
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.store import exchange, migrations, package
from chutdiao.store.trouble import NotHereError

AT = "2026-11-23T10:00:00+07:00"


def drawn(draft: str, image: str, row: str = "") -> GivenSignature:
    return GivenSignature(draft, "promoter", row, "drawn", "สมชาย ใจดี", AT, image, "b" * 64)


def gone(store, digest: str) -> bool:
    try:
        store.files.read(digest)
    except NotHereError:
        return True
    return False


def test_a_signature_takes_the_place_of_the_one_before(store, drafted):
    store.drafts.save(drafted("d", "b"))
    first, second = store.files.put(b"first"), store.files.put(b"second")
    store.drafts.sign(drawn("d", first, "r1"))
    store.drafts.sign(drawn("d", first, "r2"))
    store.drafts.sign(drawn("d", second, "r1"))
    assert [(s.row, s.image) for s in store.drafts.signatures("d")] == [("r2", first), ("r1", second)]
    assert not gone(store, first)
    store.drafts.unsign("d", "promoter", "r2")
    assert gone(store, first)
    store.drafts.discard("d")
    assert store.drafts.signatures("d") == []
    assert gone(store, second)


def test_a_signature_stays_with_a_draft_that_is_saved_again(store, drafted):
    store.drafts.save(drafted("d", "b"))
    store.drafts.sign(replace(drawn("d", ""), kind="paper"))
    store.drafts.save(drafted("d", "b", answers={"trade_name": "อื่น"}, revision=2))
    assert [s.kind for s in store.drafts.signatures("d")] == ["paper"]


def test_a_document_goes_with_its_bytes_unless_something_names_them(filled):
    (document,) = filled.files.documents("one")
    filled.files.remove(document.id)
    assert filled.files.documents("one") == []
    assert not gone(filled, document.sha256)
    alone = filled.files.put(b"alone")
    filled.files.add(replace(document, id="x", sha256=alone, used_by=()))
    filled.files.remove("x")
    assert gone(filled, alone)
    with pytest.raises(NotHereError):
        filled.files.remove("x")


def test_erasing_a_business_takes_its_signatures(filled):
    (signature,) = filled.drafts.signatures("one-d2")
    filled.businesses.erase("one")
    assert filled.drafts.signatures("one-d2") == []
    assert gone(filled, signature.image)
    assert len(filled.drafts.signatures("two-d2")) == 1


def test_a_package_of_the_first_schema_is_still_read(filled, open_store, tmp_path, monkeypatch):
    collect = package.collect

    def as_it_was(database, business):
        rows = collect(database, business)
        rows["document"] = [{k: v for k, v in row.items() if k != "replaced_by"} for row in rows["document"]]
        return rows

    with monkeypatch.context() as older:
        older.setattr(package, "collect", as_it_was)
        older.setattr(package, "PARTS", tuple(part for part in package.PARTS if part.since == 1))
        older.setattr(migrations, "STEPS", migrations.STEPS[:1])
        exchange.export_business(filled.database, "one", tmp_path / "old.cdx", "รหัสผ่านยาวพอ")
    other = open_store("other")
    read = exchange.import_business(other.database, tmp_path / "old.cdx", "รหัสผ่านยาวพอ")
    assert read["copy"] == "no"
    assert other.files.documents("one")[0].replaced_by == ""
    assert other.drafts.signatures("one-d2") == []


def test_a_package_with_a_signature_comes_back_whole(filled, open_store, tmp_path):
    exchange.export_business(filled.database, "one", tmp_path / "new.cdx", "รหัสผ่านยาวพอ")
    other = open_store("other")
    exchange.import_business(other.database, tmp_path / "new.cdx", "รหัสผ่านยาวพอ")
    assert other.drafts.signatures("one-d2") == filled.drafts.signatures("one-d2")
    assert other.files.read(other.drafts.signatures("one-d2")[0].image)
    again = exchange.import_business(filled.database, tmp_path / "new.cdx", "รหัสผ่านยาวพอ")
    assert again["copy"] == "yes"
    (copied,) = [d for d in filled.drafts.for_business(again["business"]) if filled.drafts.signatures(d.id)]
    with pytest.raises(ChutdiaoError):
        filled.drafts.discard("one-d1")
    filled.drafts.discard(copied.id)
    assert len(filled.drafts.signatures("one-d2")) == 1
