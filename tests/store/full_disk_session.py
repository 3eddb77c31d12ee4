"""Run on a file system of 700 kB of its own, by test_full_disk.py."""

import sys
from collections.abc import Callable
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError
from chutdiao.store.profile import open_profile
from chutdiao.store.restore import restore

small, stick = Path(sys.argv[1]), Path(sys.argv[2])
WAYS = {"passphrase": None, "use_keyring": False, "own_key": True}


def refused(act: Callable[[], object]) -> None:
    try:
        act()
    except ChutdiaoError as error:
        assert error.problems[0].code == "store.full", error
        return
    raise AssertionError("there was room")


store = open_profile(small / "p", **WAYS)
taken = 0
try:
    while True:
        store.settings.write(f"k{taken}", "ก" * 2000)
        taken += 1
except ChutdiaoError as error:
    assert error.problems[0].code == "store.full", error
assert taken > 10
refused(lambda: store.files.put(b"x" * 900_000))
refused(lambda: store.settings.write("x", "y" * 99_999))
code = store.keeper.recovery_code()
written = store.keeper.backup(str(stick / "copy.bak"))
refused(lambda: store.keeper.backup(str(small / "copy.bak")))
assert not (small / "copy.bak").exists()
store.close()

again = open_profile(small / "p", **WAYS)
assert all(again.settings.read(f"k{number}") == "ก" * 2000 for number in range(taken))
again.close()
refused(lambda: open_profile(small / "q", **WAYS))
assert not (small / "q" / "store.db").exists()

restore(stick / "copy.bak", stick / "p", recovery_code=code, **WAYS)
brought = open_profile(stick / "p", **WAYS)
assert all(brought.settings.read(f"k{number}") == "ก" * 2000 for number in range(taken))
brought.keeper.inspect()
brought.close()

print("kept", taken, "of", taken)
