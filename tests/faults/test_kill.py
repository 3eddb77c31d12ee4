"""A program killed while someone types loses nothing it had taken."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chutdiao.store.profile import Store, open_profile

# Types into one draft field by field and says each value once the store has taken it;
# every tenth value is also sent, which must leave one whole submission.
TYPIST = """
import sys
from dataclasses import replace
from pathlib import Path
from chutdiao.app.ports import Draft, Submission
from chutdiao.domain.submission import DraftState, SubmissionState
from chutdiao.store.profile import open_profile

store = open_profile(Path(sys.argv[1]), passphrase=None, use_keyring=False, own_key=True)
start = int(sys.argv[2])
draft = Draft("d", "b", "step", "form", "1", "0", {}, frozenset(), {}, DraftState.EDITING, 0, "", "")
if store.drafts.for_business("b"):
    draft = store.drafts.get("d")
for number in range(start, start + 100000):
    answers = {**draft.answers, f"field{number % 150}": f"ค่าที่ {number}"}
    draft = replace(draft, answers=answers, revision=draft.revision + 1, place=f"field{number % 150}")
    store.drafts.save(draft)
    print("typed", number, flush=True)
    if number % 10 == 0:
        store.outbox.append(
            Submission(f"s{number}", 0, "b", f"sent{number}", "step", "form", "1", "agency", "api",
                       SubmissionState.QUEUED, "{}", "0", (), "2026-11-23T10:00:00+07:00", "")
        )
        print("queued", number, flush=True)
"""


def read_back(folder: Path) -> Store:
    return open_profile(folder, passphrase=None, use_keyring=False, own_key=True, create=False)


def kill_once(folder: Path, start: int, chance: random.Random) -> tuple[int, list[int]]:
    """Let one typist work for a random while and kill it; the last value and the queued it said."""
    command = [sys.executable, "-c", TYPIST, str(folder), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline()]
        time.sleep(chance.uniform(0, 0.2))
        child.send_signal(signal.SIGKILL)
        said += [line for line in child.stdout if line.endswith("\n")]
    words = [line.split() for line in said]
    typed = [int(number) for word, number in words if word == "typed"]
    return typed[-1], [int(number) for word, number in words if word == "queued"]


def kill_many(folder: Path, times: int) -> None:
    chance = random.Random(2569)
    acknowledged: dict[str, int] = {}
    queued: list[int] = []
    start = 0
    for _ in range(times):
        last, sent = kill_once(folder, start, chance)
        acknowledged |= {f"field{number % 150}": number for number in range(start, last + 1)}
        queued += sent
        store = read_back(folder)
        answers = store.drafts.get("d").answers
        for field, number in acknowledged.items():
            held = int(str(answers[field]).removeprefix("ค่าที่ "))
            assert held == number or held == last + 1, field
        rows = store.outbox.all()
        assert {f"s{number}" for number in queued} <= {row.id for row in rows}
        assert [row.sequence for row in rows] == sorted({row.sequence for row in rows})
        store.keeper.inspect()
        start = last + 2
        acknowledged |= {f"field{(last + 1) % 150}": held for held in _taken_unsaid(answers, last + 1)}
        store.close()


def _taken_unsaid(answers: dict[str, object], number: int) -> list[int]:
    """The value that was saved but not said before the kill, if it was."""
    return [number] if answers.get(f"field{number % 150}") == f"ค่าที่ {number}" else []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_twenty_kills_lose_no_field(tmp_path: Path) -> None:
    kill_many(tmp_path / "profile", 20)


@pytest.mark.faults
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_five_hundred_kills_lose_no_field(tmp_path: Path) -> None:
    kill_many(tmp_path / "profile", 500)
