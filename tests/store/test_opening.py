"""Every way a store may not open is a problem, and none of them loses the store."""

import json
import os
import shutil
import stat
import time

import keyring
import keyring.backend
import pytest
from keyring.errors import (
    InitError,
    KeyringLocked,
    NoKeyringError,
    PasswordSetError,
)

from chutdiao.domain.problem import ChutdiaoError
from chutdiao.store import crypt, keys, migrations, recovery
from chutdiao.store.header import read_header
from chutdiao.store.profile import open_profile

PASSPHRASE = "ดอยสะเก็ด-กาแฟ-เช้า"
BY_PASSPHRASE = {"passphrase": PASSPHRASE, "own_key": False}


def refused(open_store, *arguments, **ways):
    with pytest.raises(ChutdiaoError) as raised:
        open_store(*arguments, **ways)
    return raised.value.problems[0].code


def snapshot(folder):
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "lock"
    }


def test_nothing_is_readable_without_the_key(filled, tmp_path):
    filled.close()
    for path in (tmp_path / "profile").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert "กาแฟ".encode() not in data and b"SQLite format" not in data


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_the_folder_and_its_files_are_the_owners_alone(store, tmp_path):
    store.close()
    folder = tmp_path / "profile"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("store.db", "header.json", "key"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_create_false_makes_nothing(open_store, tmp_path):
    assert refused(open_store, "p", create=False) == "store.none"
    assert not (tmp_path / "p").exists()


def test_a_passphrase_opens_and_a_wrong_one_does_not(open_store):
    store = open_store("p", **BY_PASSPHRASE)
    store.settings.write("a", "b")
    store.close()
    assert refused(open_store, "p", passphrase="another one", own_key=False) == "store.passphrase-wrong"
    assert refused(open_store, "p", own_key=False) == "store.passphrase-needed"
    assert open_store("p", **BY_PASSPHRASE).settings.read("a") == "b"


def test_a_short_passphrase_and_no_way_at_all_make_no_store(open_store, tmp_path):
    assert refused(open_store, "p", passphrase="1234567", own_key=False) == "store.passphrase-short"
    assert refused(open_store, "p", own_key=False) == "store.passphrase-needed"
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["lock"]


def test_the_recovery_code_opens_when_the_key_is_gone(open_store, tmp_path):
    store = open_store("p")
    store.settings.write("a", "b")
    code = store.keeper.recovery_code()
    store.close()
    before = snapshot(tmp_path / "p")
    (tmp_path / "p" / "key").unlink()
    assert refused(open_store, "p") == "store.key-missing"
    assert snapshot(tmp_path / "p") == {name: data for name, data in before.items() if name != "key"}
    assert refused(open_store, "p", recovery_code=recovery.new_code()) == "recovery.wrong"
    assert refused(open_store, "p", recovery_code=code[:-1] + "?") == "recovery.misread"
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    again = open_store("p", recovery_code=typed)
    assert again.settings.read("a") == "b"
    again.close()
    assert open_store("p").settings.read("a") == "b"


def test_a_forgotten_passphrase_is_replaced_through_the_recovery_code(open_store):
    store = open_store("p", **BY_PASSPHRASE)
    code = store.keeper.recovery_code()
    store.close()
    new = "รหัสใหม่กว่าเดิม"
    open_store("p", passphrase=new, own_key=False, recovery_code=code).close()
    open_store("p", passphrase=new, own_key=False).close()
    assert refused(open_store, "p", **BY_PASSPHRASE) == "store.passphrase-wrong"


def test_one_misread_symbol_in_the_recovery_code_is_told_apart():
    code = recovery.new_code()
    wrong = 0
    for at, symbol in enumerate(code):
        if symbol == "-":
            continue
        other = "7" if symbol != "7" else "8"
        try:
            recovery.read_code(code[:at] + other + code[at + 1 :])
        except ChutdiaoError:
            wrong += 1
    assert wrong >= 28  # one symbol in 32 matches by chance


def test_a_key_of_another_store_is_a_wrong_key(open_store, tmp_path):
    open_store("p").close()
    open_store("q").close()
    shutil.copy(tmp_path / "q" / "key", tmp_path / "p" / "key")
    assert refused(open_store, "p") == "store.key-wrong"
    (tmp_path / "p" / "key").write_text("not hexadecimal")
    assert refused(open_store, "p") == "store.key-wrong"


def test_a_missing_database_or_header_is_never_replaced(open_store, tmp_path):
    open_store("p").close()
    folder = tmp_path / "p"
    (folder / "store.db").rename(tmp_path / "aside.db")
    assert refused(open_store, "p") == "store.gone"
    assert not (folder / "store.db").exists()
    (tmp_path / "aside.db").rename(folder / "store.db")
    (folder / "header.json").unlink()
    open_store("p").close()
    (folder / "header.copy.json").unlink()
    assert refused(open_store, "p") == "store.header-missing"


def test_a_damaged_header_falls_back_on_its_copy(open_store, tmp_path):
    open_store("p").close()
    (tmp_path / "p" / "header.json").write_text("{")
    open_store("p").close()
    (tmp_path / "p" / "header.copy.json").write_bytes(b"\xff\xfe")
    assert refused(open_store, "p") == "store.header-damaged"


@pytest.mark.parametrize("at", [0, 20, 5000])
def test_a_damaged_store_is_told_and_left_alone(open_store, tmp_path, at):
    open_store("p").close()
    path = tmp_path / "p" / "store.db"
    data = bytearray(path.read_bytes())
    data[at : at + 64] = bytes(64)
    path.write_bytes(data)
    try:
        store = open_store("p")
    except ChutdiaoError as error:
        assert error.problems[0].code == "store.damaged"
    else:
        with pytest.raises(ChutdiaoError) as raised:
            store.keeper.inspect()
        assert raised.value.problems[0].code == "store.damaged"
        store.close()
    assert path.read_bytes() == bytes(data)


def test_a_newer_store_is_told_and_left_alone(open_store, tmp_path):
    store = open_store("p")
    store.database.run("PRAGMA user_version = 99")
    store.close()
    before = snapshot(tmp_path / "p")
    assert refused(open_store, "p") == "store.newer"
    assert snapshot(tmp_path / "p") == before
    header = json.loads((tmp_path / "p" / "header.json").read_text())
    (tmp_path / "p" / "header.json").write_text(json.dumps(header | {"format": "chutdiao/store/2"}))
    assert refused(open_store, "p") == "store.newer"


def test_a_first_start_cut_short_is_finished_by_the_next(open_store, tmp_path, monkeypatch):
    from chutdiao.store import profile

    def cut(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(profile, "sync_folder", cut)
    with pytest.raises(KeyboardInterrupt):
        open_store("p")
    monkeypatch.undo()
    (tmp_path / "p" / "store.db").rename(tmp_path / "p" / "store.new.db")
    assert open_store("p").keeper.recovery_code()


def test_a_weak_wrap_is_made_again_with_more_work(open_store, tmp_path, monkeypatch):
    open_store("p", **BY_PASSPHRASE).close()
    assert read_header(tmp_path / "p").wraps["passphrase"]["rounds"] == 1
    monkeypatch.setattr(crypt, "ROUNDS", 3)
    open_store("p", **BY_PASSPHRASE).close()
    assert read_header(tmp_path / "p").wraps["passphrase"]["rounds"] == 3
    open_store("p", **BY_PASSPHRASE).close()


def one_more(monkeypatch, *statements):
    """A program with one step of the schema more than this one."""
    steps = {len(migrations.STEPS) + 1: statements}
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, "9999_later"))
    monkeypatch.setattr(migrations, "statements", steps.__getitem__)


def test_every_migration_is_taken_after_a_backup(open_store, tmp_path, monkeypatch):
    store = open_store("p")
    store.settings.write("a", "b")
    store.close()
    one_more(monkeypatch, "CREATE TABLE later (id TEXT)")
    again = open_store("p")
    assert again.database.number("PRAGMA user_version") == len(migrations.STEPS)
    again.close()
    (backup,) = (tmp_path / "p" / "backups").iterdir()
    assert f"before-version-{len(migrations.STEPS)}" in backup.name
    open_store("p").close()
    assert len(list((tmp_path / "p" / "backups").iterdir())) == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(open_store, monkeypatch):
    open_store("p").close()
    one_more(monkeypatch, "CREATE TABLE later (id TEXT)", "CREATE TABLE later (id TEXT)")
    with pytest.raises(ChutdiaoError):
        open_store("p")
    monkeypatch.undo()
    assert open_store("p").database.number("SELECT count(*) FROM sqlite_master WHERE name = 'later'") == 0


class Silent(keyring.backend.KeyringBackend):
    """A keyring whose prompt nobody answers."""

    priority = 1

    def get_password(self, service, username):
        time.sleep(5)

    def set_password(self, service, username, password):
        time.sleep(5)


class Plain(keyring.backend.KeyringBackend):
    """A keyring that is not on the list: it may keep keys in plain text."""

    priority = 1
    asked = 0

    def get_password(self, service, username):
        Plain.asked += 1

    def set_password(self, service, username, password):
        Plain.asked += 1


class Failing(keyring.backend.KeyringBackend):
    """A keyring that answers with an error."""

    priority = 1

    def __init__(self, error):
        self.error = error

    def get_password(self, service, username):
        raise self.error

    set_password = delete_password = lambda self, *_: self.get_password("", "")


@pytest.fixture
def chosen_keyring():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_keyring_that_does_not_answer_is_left_after_a_while(open_store, chosen_keyring, monkeypatch):
    chosen_keyring(Silent())
    monkeypatch.setattr(keys, "ALLOWED", frozenset({Silent.__module__}))
    started = time.monotonic()
    ways = {"own_key": False, "use_keyring": True, "keyring": keys.Keyring(wait=0.3)}
    assert refused(open_store, "p", **ways) == "keyring.timeout"
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyringLocked("locked"), "keyring.locked"),
        (InitError("Prompt dismissed"), "keyring.refused"),
        (PasswordSetError("denied"), "keyring.refused"),
        (OSError("the bus is gone"), "keyring.refused"),
        (NoKeyringError("none"), "keyring.none"),
    ],
)
def test_what_a_keyring_says_is_told_apart(open_store, chosen_keyring, monkeypatch, error, code):
    chosen_keyring(Failing(error))
    monkeypatch.setattr(keys, "ALLOWED", frozenset({Failing.__module__}))
    assert refused(open_store, "p", own_key=False, use_keyring=True) == code


def test_a_keyring_that_may_keep_plain_text_is_never_given_a_key(open_store, chosen_keyring):
    chosen_keyring(Plain())
    assert refused(open_store, "p", own_key=False, use_keyring=True) == "keyring.none"
    assert Plain.asked == 0


def test_no_keyring_is_told_and_the_recovery_code_still_opens(open_store, chosen_keyring, tmp_path):
    from keyring.backends import fail

    chosen_keyring(fail.Keyring())
    assert refused(open_store, "p", own_key=False, use_keyring=True) == "keyring.none"
    store = open_store("p", **BY_PASSPHRASE)
    store.settings.write("a", "b")
    code = store.keeper.recovery_code()
    store.close()
    header = json.loads((tmp_path / "p" / "header.json").read_text())
    for name in ("header.json", "header.copy.json"):
        (tmp_path / "p" / name).write_text(json.dumps(header | {"holder": "keyring"}))
    assert refused(open_store, "p", own_key=False, use_keyring=True) == "keyring.none"
    again = open_store("p", own_key=False, use_keyring=True, recovery_code=code)
    assert again.settings.read("a") == "b"


def test_the_passphrase_file_may_be_named_by_the_environment(tmp_path, monkeypatch):
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    assert keys.read_passphrase(str(path)) == PASSPHRASE
    monkeypatch.setenv(keys.PASSPHRASE_VARIABLE, str(path))
    assert keys.read_passphrase(None) == PASSPHRASE
    with pytest.raises(ChutdiaoError) as raised:
        keys.read_passphrase(str(tmp_path / "none"))
    assert raised.value.problems[0].code == "store.passphrase-file"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ChutdiaoError) as raised:
        open_profile(tmp_path / "p", passphrase=None, use_keyring=False, own_key=True)
    tmp_path.chmod(0o700)
    assert raised.value.problems[0].code == "store.denied"
