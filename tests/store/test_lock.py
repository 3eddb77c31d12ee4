"""One profile, one opener; the second is told and may call the first."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from chutdiao.store.lock import ProfileInUseError, ring

HOLD = """
import sys, pathlib, threading
from chutdiao.store.profile import open_profile
store = open_profile(pathlib.Path(sys.argv[1]), passphrase=None, use_keyring=False, own_key=True)
rung = threading.Event()
store.answer(rung.set)
print("open", flush=True)
rung.wait(30)
print("rung", flush=True)
sys.stdin.read()
store.close()
"""


@pytest.fixture
def holder(tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "p")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout.readline() == "open\n"
    yield child
    child.kill()
    child.communicate()


def test_the_second_opener_is_told_and_may_ring(open_store, holder, tmp_path):
    with pytest.raises(ProfileInUseError) as raised:
        open_store("p")
    (problem,) = raised.value.problems
    assert (problem.code, problem.values["process"]) == ("store.in-use", str(holder.pid))
    assert ring(raised.value.folder)
    assert holder.stdout.readline() == "rung\n"


def test_closing_lets_the_next_one_in(open_store, holder, tmp_path):
    assert ring(tmp_path / "p")
    holder.communicate("")
    assert holder.returncode == 0
    open_store("p")


def test_a_killed_holder_leaves_no_lock(open_store, holder, tmp_path):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert not ring(tmp_path / "p")
    open_store("p")


def test_a_bell_that_is_not_there_is_silent(tmp_path, open_store):
    assert not ring(tmp_path)
    open_store("p")
    assert not ring(tmp_path / "p")


def test_a_stranger_cannot_ring(open_store, tmp_path):
    rung = threading.Event()
    store = open_store("p")
    store.answer(rung.set)
    told = (tmp_path / "p" / "lock").read_text()
    (tmp_path / "q").mkdir()
    import json

    (tmp_path / "q" / "lock").write_text(json.dumps(json.loads(told) | {"bell": "00" * 16}))
    assert not ring(tmp_path / "q")
    assert not rung.is_set()
    assert ring(tmp_path / "p")
    assert rung.wait(3)
    store.close()
    assert "address" not in (tmp_path / "p" / "lock").read_text()
