"""Copies of everything, one business out and in again, and its erasure to the last byte."""

import contextlib
import dataclasses
import errno
import os
import shutil
import zipfile

import pytest

from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import SubmissionState
from chutdiao.store import package
from chutdiao.store.disk import sha256_file
from chutdiao.store.restore import restore
from chutdiao.store.trouble import NotHereError

OWN = {"passphrase": None, "use_keyring": False, "own_key": True}
SECRET = "รหัสสำหรับส่งต่อ"


def code_of(raised):
    return raised.value.problems[0].code


def contents(store):
    return {one.id: package.collect(store.database, one.id) for one in store.businesses.all()}


def decrypted(store, path):
    """Every byte of the store in the clear, as its owner would see it."""
    with store.database.alone():
        store.database.run(f"ATTACH DATABASE '{path}' AS clear KEY ''")
        store.database.run("SELECT sqlcipher_export('clear')")
        store.database.run("DETACH DATABASE clear")
    return path.read_bytes()


def test_a_backup_brings_everything_back_and_keeps_what_was_there(filled, open_store, tmp_path):
    before = contents(filled)
    written = filled.keeper.backup(str(tmp_path / "copy.bak"))
    assert written["sha256"] == sha256_file(tmp_path / "copy.bak")
    filled.businesses.erase("one")
    filled.close()
    read = restore(tmp_path / "copy.bak", tmp_path / "profile", **OWN)
    assert read["sha256"] == written["sha256"] and read["store_sha256"] == written["store_sha256"]
    again = open_store("profile")
    assert contents(again) == before
    again.close()
    shutil.copytree(read["kept"], tmp_path / "old")
    assert [one.id for one in open_store("old").businesses.all()] == ["two"]
    assert not list((tmp_path / "profile").glob(".restore-*"))


def test_a_backup_opens_elsewhere_with_the_recovery_code_alone(filled, open_store, tmp_path):
    before = contents(filled)
    code = filled.keeper.recovery_code()
    filled.keeper.backup(str(tmp_path / "copy.bak"))
    with pytest.raises(ChutdiaoError) as raised:
        restore(tmp_path / "copy.bak", tmp_path / "new", **OWN)
    assert code_of(raised) == "store.key-missing"
    open_store("other").close()
    with pytest.raises(ChutdiaoError) as raised:
        restore(tmp_path / "copy.bak", tmp_path / "other", **OWN)
    assert code_of(raised) == "restore.other-key"
    read = restore(tmp_path / "copy.bak", tmp_path / "new", recovery_code=code, **OWN)
    assert read["kept"] == ""
    assert contents(open_store("new")) == before


def test_a_restored_profile_opens_by_its_passphrase(open_store, fill_store, tmp_path):
    ways = {"passphrase": "หนึ่งสองสามสี่", "own_key": False}
    store = open_store("p", **ways)
    fill_store(store, "one")
    store.keeper.backup(str(tmp_path / "copy.bak"))
    store.close()
    given = {**OWN, **ways}
    with pytest.raises(ChutdiaoError) as raised:
        restore(tmp_path / "copy.bak", tmp_path / "q", **(given | {"passphrase": "ไม่ใช่รหัสนี้"}))
    assert code_of(raised) == "store.passphrase-wrong"
    restore(tmp_path / "copy.bak", tmp_path / "q", **given)
    assert open_store("q", **ways).businesses.get("one")


@pytest.mark.parametrize("harm", ["cut", "changed", "other", "text", "bomb"])
def test_a_backup_that_is_not_whole_changes_nothing(filled, open_store, tmp_path, harm):
    path = tmp_path / "copy.bak"
    filled.keeper.backup(str(path))
    before = contents(filled)
    filled.close()
    data = path.read_bytes()
    if harm == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif harm == "changed":
        at = len(data) // 2
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    elif harm == "text":
        path.write_text("สวัสดี")
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            if harm == "bomb":
                archive.writestr("header.json", b"0" * (5 << 20))
                archive.writestr("manifest.json", "{}")
                archive.writestr("store.db", "")
            else:
                archive.writestr("../../evil", "x")
    with pytest.raises(ChutdiaoError) as raised:
        restore(path, tmp_path / "profile", **OWN)
    assert code_of(raised) in ("backup.not-ours", "backup.damaged")
    assert contents(open_store("profile")) == before


def test_a_restore_cut_at_any_move_is_finished_at_the_next_opening(filled, open_store, tmp_path, monkeypatch):
    from pathlib import Path

    filled.keeper.backup(str(tmp_path / "copy.bak"))
    before = contents(filled)
    filled.businesses.erase("two")
    filled.close()
    shutil.copytree(tmp_path / "profile", tmp_path / "start")
    real = Path.replace
    for survive in range(1, 8):
        folder = tmp_path / f"cut{survive}"
        shutil.copytree(tmp_path / "start", folder)
        left = [survive]

        def replace(self, target, left=left, folder=folder):
            if "restoring" not in str(target) and self.parent != folder / "kept":
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt
            return real(self, target)

        monkeypatch.setattr(Path, "replace", replace)
        with contextlib.suppress(KeyboardInterrupt):
            restore(tmp_path / "copy.bak", folder, **OWN)
        monkeypatch.undo()
        names = sorted(contents(open_store(folder.name)))
        assert names in (sorted(before), ["one"]), survive
        assert not [path for path in folder.iterdir() if path.name.startswith((".restore-", "restoring"))]


def test_the_one_in_use_is_not_restored_over(filled, tmp_path):
    filled.keeper.backup(str(tmp_path / "copy.bak"))
    with pytest.raises(ChutdiaoError) as raised:
        restore(tmp_path / "copy.bak", tmp_path / "profile", **OWN)
    assert code_of(raised) == "store.in-use"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EIO, "keep.target-gone"), (errno.ENOSPC, "store.full"), (errno.EROFS, "store.denied")],
)
@pytest.mark.parametrize("way", ["backup", "export"])
def test_a_stick_that_fails_leaves_the_old_copy_whole(filled, tmp_path, monkeypatch, number, code, way):
    target = tmp_path / "stick" / "copy"
    target.parent.mkdir()
    target.write_bytes(b"the copy of last week")

    def fail(handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ChutdiaoError) as raised:
        if way == "backup":
            filled.keeper.backup(str(target))
        else:
            filled.keeper.export("one", str(target), SECRET)
    monkeypatch.undo()
    assert code_of(raised) == code
    assert target.read_bytes() == b"the copy of last week"
    assert list(target.parent.iterdir()) == [target]
    assert filled.businesses.get("one")


def test_a_stick_that_is_out_is_told(filled, tmp_path):
    gone = tmp_path / "stick" / "copy"
    for act in (
        lambda: filled.keeper.backup(str(gone)),
        lambda: filled.keeper.export("one", str(gone), SECRET),
    ):
        with pytest.raises(ChutdiaoError) as raised:
            act()
        assert code_of(raised) == "keep.target-gone"
    with pytest.raises(ChutdiaoError) as raised:
        filled.keeper.import_(str(gone), SECRET)
    assert code_of(raised) == "keep.source-gone"
    with pytest.raises(ChutdiaoError) as raised:
        restore(gone, tmp_path / "new", **OWN)
    assert code_of(raised) == "keep.source-gone"


def test_the_inside_copies_are_few(filled, tmp_path):
    for _ in range(8):
        filled.keeper.back_up_inside("test")
    assert len(list((tmp_path / "profile" / "backups").iterdir())) == 5


def test_an_exported_business_is_equal_elsewhere(filled, open_store, tmp_path):
    written = filled.keeper.export("one", str(tmp_path / "one.out"), SECRET)
    assert written["sha256"] == sha256_file(tmp_path / "one.out")
    assert "ร้าน".encode() not in (tmp_path / "one.out").read_bytes()
    other = open_store("other")
    read = other.keeper.import_(str(tmp_path / "one.out"), SECRET)
    assert (read["content_sha256"], read["copy"]) == (written["content_sha256"], "no")
    assert other.businesses.all() == [filled.businesses.get("one")]
    assert other.drafts.for_business("one") == filled.drafts.for_business("one")
    assert other.cases.all("one") == filled.cases.all("one")
    assert other.files.documents("one") == filled.files.documents("one")
    for mine, theirs in zip(filled.outbox.all("one"), other.outbox.all("one"), strict=True):
        assert dataclasses.replace(mine, sequence=0) == dataclasses.replace(theirs, sequence=0)
    (owner,) = other.facts.subjects("one", "business.owner")
    assert other.facts.read(owner) == filled.facts.read(owner)
    digest = other.files.documents("one")[0].sha256
    assert other.files.read(digest) == filled.files.read(digest)
    other.keeper.inspect()


def test_an_import_beside_its_original_is_an_equal_copy_that_sends_nothing(filled, submitted, tmp_path):
    filled.outbox.append(submitted("one-s3", "one-d2", "one", agency="rd"))
    filled.keeper.export("one", str(tmp_path / "one.out"), SECRET)
    before = contents(filled)
    read = filled.keeper.import_(str(tmp_path / "one.out"), SECRET)
    assert read["copy"] == "yes"
    now = contents(filled)
    assert {name: now[name] for name in before} == before
    assert len(filled.businesses.all()) == 3
    copy = filled.outbox.all(read["business"])
    assert [one.state for one in copy] == [
        SubmissionState.RECEIVED,
        SubmissionState.STOPPED,
        SubmissionState.STOPPED,
    ]
    assert copy[2].problems[0].code == "import.copy-not-sent"
    (owner,) = filled.facts.subjects(read["business"], "business.owner")
    drafts = filled.drafts.for_business(read["business"])
    assert drafts[0].answers["owner"] == owner
    assert copy[0].envelope == filled.outbox.get("one-s1").envelope
    filled.businesses.erase("one")
    assert filled.facts.read(owner)["person.name"].source == "card"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("business", "interview", "[]"),
        ("business", "name", None),
        ("submission", "state", "sent"),
        ("submission", "problems", '[{"code": "x"}]'),
        ("agency_case", "state", "lost"),
        ("event", "fields", "{}"),
        ("fact", "value", "{"),
        ("document", "surprise", "x"),
        ("draft", "id", ["x"]),
    ],
)
def test_an_export_that_holds_rows_we_do_not_write_is_refused_whole(
    filled, open_store, tmp_path, monkeypatch, table, column, value
):
    collect = package.collect

    def harmed(database, business):
        rows = collect(database, business)
        rows[table][0][column] = value
        return rows

    monkeypatch.setattr(package, "collect", harmed)
    filled.keeper.export("one", str(tmp_path / "one.out"), SECRET)
    monkeypatch.undo()
    other = open_store("other")
    with pytest.raises(ChutdiaoError) as raised:
        other.keeper.import_(str(tmp_path / "one.out"), SECRET)
    assert code_of(raised) in ("import.damaged", "import.unknown")
    assert other.database.number("SELECT (SELECT count(*) FROM blob) + (SELECT count(*) FROM draft)") == 0


def test_the_recovery_code_seals_and_opens_however_it_is_typed(filled, open_store, tmp_path):
    code = filled.keeper.recovery_code()
    filled.keeper.export("one", str(tmp_path / "one.out"), code)
    other = open_store("other")
    assert other.keeper.import_(str(tmp_path / "one.out"), code.lower().replace("-", ""))["business"] == "one"


def test_a_short_secret_or_an_unknown_business_writes_nothing(filled, tmp_path):
    for business, secret, code in (("one", "1234567", "export.secret-short"), ("x", SECRET, "store.no-such")):
        with pytest.raises(ChutdiaoError) as raised:
            filled.keeper.export(business, str(tmp_path / "out"), secret)
        assert code_of(raised) == code
    assert not (tmp_path / "out").exists()


def test_an_import_is_all_or_nothing(filled, open_store, tmp_path):
    path = tmp_path / "one.out"
    filled.keeper.export("one", str(path), SECRET)
    other = open_store("other")
    data = path.read_bytes()
    for harmed, code in (
        (data[:-1] + bytes([data[-1] ^ 1]), "import.wrong-secret"),
        (data[: len(data) // 2], "import.wrong-secret"),
        (b"PK\x03\x04", "import.not-ours"),
        (b"", "import.not-ours"),
        (data.replace(b'"memory_kib": ', b'"memory_kib": 99999'), "import.wrong-secret"),
        (data.replace(b'"rounds": 1', b'"rounds": [1]'), "import.wrong-secret"),
    ):
        path.write_bytes(harmed)
        with pytest.raises(ChutdiaoError) as raised:
            other.keeper.import_(str(path), SECRET)
        assert code_of(raised) == code
    path.write_bytes(data)
    with pytest.raises(ChutdiaoError) as raised:
        other.keeper.import_(str(path), "another secret")
    assert code_of(raised) == "import.wrong-secret"
    assert other.businesses.all() == [] and other.database.number("SELECT count(*) FROM blob") == 0


def test_erase_leaves_no_byte_of_the_business(filled, tmp_path):
    filled.settings.write("window.business", "one")
    filled.settings.write("window.theme", "dark")
    filled.keeper.back_up_inside("earlier")
    kept = contents(filled)["two"]
    traces = [b"one-d1", b"one-s1", b"one-c1", "ดอยสะเก็ด".encode(), b"%PDF-1.7 one"]
    before = decrypted(filled, tmp_path / "before.db")
    assert all(trace in before for trace in traces)
    assert filled.businesses.erase("one") > 10
    clear = decrypted(filled, tmp_path / "after.db")
    assert [trace for trace in traces if trace in clear] == []
    assert filled.database.number("PRAGMA freelist_count") == 0
    assert b"%PDF-1.7 two" in clear
    assert contents(filled) == {"two": kept}
    assert filled.settings.read("window.business") is None
    assert filled.settings.read("window.theme") == "dark"
    with pytest.raises(NotHereError):
        filled.businesses.get("one")
    filled.keeper.inspect()


def test_erase_reaches_the_copies_the_profile_keeps(filled, open_store, tmp_path):
    filled.keeper.back_up_inside("earlier")
    filled.businesses.erase("one")
    code = filled.keeper.recovery_code()
    copies = list((tmp_path / "profile" / "backups").iterdir())
    assert len(copies) == 1
    restore(copies[0], tmp_path / "new", recovery_code=code, **OWN)
    assert [one.id for one in open_store("new").businesses.all()] == ["two"]


def test_a_person_shared_with_another_business_stays_there(filled):
    (owner,) = filled.facts.subjects("one", "business.owner")
    filled.facts.set_role("two", "business.shareholders", [owner])
    facts = filled.facts.read(owner)
    filled.businesses.erase("one")
    assert filled.facts.read(owner) == facts
    assert filled.facts.subjects("two", "business.shareholders") == [owner]


def test_a_file_shared_with_another_business_stays_there(filled, drafted):
    digest = filled.files.documents("one")[0].sha256
    filled.drafts.save(drafted("two-d9", "two", answers={"card": [{"sha256": digest}]}))
    filled.businesses.erase("one")
    assert filled.files.read(digest)
    filled.businesses.erase("two")
    assert filled.database.number("SELECT count(*) FROM blob") == 0
