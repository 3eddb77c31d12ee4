"""backup, restore, export, import, erase and doctor as a machine runs them."""

import json
import re
from pathlib import Path

import pytest

from chutdiao.bootstrap import problem_texts
from chutdiao.cli import run
from chutdiao.cli.frame import DONE, FAILED, MEND
from chutdiao.store.disk import sha256_file
from chutdiao.store.profile import open_profile

PASSPHRASE = "รหัสผ่านของเครื่อง"


class Machine:
    """One data folder and the command line over it."""

    def __init__(self, folder: Path, capsys) -> None:
        self.folder = folder
        self.real = folder / "profiles" / "real"
        self._capsys = capsys
        self.passphrase = folder / "passphrase"
        folder.mkdir()
        self.passphrase.write_text(PASSPHRASE + "\n", "utf-8")

    def __call__(self, *words: object, code: int = DONE):
        self._capsys.readouterr()
        where = ("--data-dir", str(self.folder), "--passphrase-file", str(self.passphrase))
        assert run([*map(str, words), "--json", *where]) == code
        return json.loads(self._capsys.readouterr().out)

    def open(self):
        return open_profile(self.real, passphrase=PASSPHRASE, use_keyring=False)


@pytest.fixture
def machine(tmp_path, capsys, fill_store) -> Machine:
    machine = Machine(tmp_path / "data", capsys)
    store = machine.open()
    fill_store(store, "one")
    fill_store(store, "two", "ร้านก๋วยเตี๋ยวเรือ")
    store.close()
    return machine


def codes(result):
    return [problem["code"] for problem in result["problems"]]


def test_backup_then_restore(machine, tmp_path):
    written = machine("backup", tmp_path / "copy.bak")
    assert written["sha256"] == sha256_file(tmp_path / "copy.bak")
    machine("erase", "one")
    read = machine("restore", tmp_path / "copy.bak")
    assert read["sha256"] == written["sha256"] and Path(read["kept"]).is_dir()
    store = machine.open()
    assert [one.id for one in store.businesses.all()] == ["one", "two"]
    store.close()


def test_export_by_name_then_import_elsewhere(machine, tmp_path, capsys):
    secret = tmp_path / "secret"
    secret.write_text("ความลับของไฟล์")
    written = machine("export", "ร้านกาแฟดอยสะเก็ด", tmp_path / "one.out", "--secret-file", secret)
    assert (written["business"], written["sealed_with"]) == ("one", "passphrase")
    other = Machine(tmp_path / "other", capsys)
    read = other("import", tmp_path / "one.out", "--secret-file", secret)
    assert read["content_sha256"] == written["content_sha256"]
    assert codes(other("import", tmp_path / "one.out", code=FAILED)) == ["import.wrong-secret"]


def test_export_with_the_recovery_code_of_the_profile(machine, tmp_path):
    written = machine("export", "two", tmp_path / "two.out")
    assert written["sealed_with"] == "recovery-code"
    assert machine("erase", "two")["drafts"] == 2
    read = machine("import", tmp_path / "two.out")
    assert (read["business"], read["copy"]) == ("two", "no")
    assert read["content_sha256"] == written["content_sha256"]


def test_a_lost_passphrase_and_a_recovery_code_file(machine, tmp_path):
    store = machine.open()
    (tmp_path / "code").write_text(store.keeper.recovery_code())
    store.close()
    machine.passphrase.write_text("รหัสใหม่ที่ตั้งแทน")
    assert codes(machine("backup", tmp_path / "x", code=FAILED)) == ["store.passphrase-wrong"]
    machine("backup", tmp_path / "x", "--recovery-code-file", tmp_path / "code")
    machine("backup", tmp_path / "y")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("backup", "{}/none/copy"), "keep.target-gone"),
        (("restore", "{}/none"), "keep.source-gone"),
        (("export", "ไม่มี", "{}/x"), "keep.no-business"),
        (("export", "one", "{}/x", "--secret-file", "{}/none"), "keep.secret-file"),
        (("import", "{}/none"), "keep.source-gone"),
        (("erase", "ไม่มี"), "keep.no-business"),
    ],
)
def test_what_cannot_run_says_why(machine, tmp_path, words, code):
    result = machine(*(word.format(tmp_path) for word in words), code=FAILED)
    assert codes(result) == [code]
    assert result["problems"][0]["cure"]


def test_a_passphrase_file_that_is_not_there(machine, tmp_path):
    machine.passphrase.unlink()
    assert codes(machine("backup", tmp_path / "x", code=FAILED)) == ["store.passphrase-file"]
    checks = {check["id"]: check for check in machine("doctor", code=MEND)["checks"]}
    assert not checks["passphrase"]["ok"]


@pytest.mark.parametrize("words", [("backup", "x"), ("export", "one", "x"), ("erase", "one")])
def test_no_profile_is_made_by_a_command_that_only_reads(tmp_path, capsys, words):
    machine = Machine(tmp_path / "data", capsys)
    assert codes(machine(*words, code=FAILED)) == ["store.none"]
    assert not machine.real.exists()


def test_doctor_finds_a_sound_machine(machine):
    checks = {check["id"]: check for check in machine("doctor", code=MEND)["checks"]}
    assert [name for name, check in checks.items() if not check["ok"]] == ["outbox-real"]
    assert {"data-folder", "clock", "keyring", "profile-real", "profile-practice", "forms", "fonts"} <= set(
        checks
    )
    assert all(check["detail"] and "." not in check["detail"].split()[0] for check in checks.values())


def test_doctor_finds_damage(machine):
    path = machine.real / "store.db"
    data = bytearray(path.read_bytes())
    data[9000:9100] = bytes(100)
    path.write_bytes(data)
    checks = {check["id"]: check for check in machine("doctor", code=MEND)["checks"]}
    assert not checks["profile-real"]["ok"] and checks["profile-real"]["cure"]


AREAS = "store|keyring|recovery|keep|backup|restore|export|import|doctor|outbox|draft"
NOT_PROBLEMS = {"store.db", "store.db-wal", "keep.last-backup", "store.recovery-code"}


def test_every_problem_of_the_store_has_its_sentences():
    source = Path(__file__).parents[2] / "src" / "chutdiao"
    files = [*source.glob("store/*.py"), source / "app/keep.py", *source.glob("cli/[dk]*.py")]
    pattern = re.compile(rf'"((?:{AREAS})\.[a-z][a-z-]+)"')
    used = {code for path in files for code in pattern.findall(path.read_text("utf-8"))} - NOT_PROBLEMS
    texts = problem_texts()
    assert len(used) > 45
    for language in ("th", "en"):
        assert used - texts.codes(language) == set()
