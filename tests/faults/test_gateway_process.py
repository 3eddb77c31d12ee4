"""A real gateway process: it announces itself, dies with its parent, and is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from wire_desk import SIGNED, MovingClock, new_draft

from chutdiao import gateway_process
from chutdiao.app.deliver import deliver_once
from chutdiao.app.ports import Submission
from chutdiao.app.submit import submit
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import CaseState, SubmissionState

SERVE = [sys.executable, "-m", "chutdiao", "gateway", "serve"]


def port_of(running: gateway_process.RunningGateway) -> int:
    return int(running.address.rsplit(":", 1)[1])


def alive(address: str) -> bool:
    try:
        return requests.get(f"{address}/v1/health", timeout=2).status_code == 200
    except requests.RequestException:
        return False


def test_killed_after_accepting_and_started_again(tmp_path: Path) -> None:
    clock = MovingClock()
    running = gateway_process.start(data_dir=tmp_path / "agency", faults="drop:1", officer="scripted:approve")
    desk: Any = running
    ws = open_practice_of(tmp_path, desk, clock)
    try:
        held = submit(ws, new_draft(ws), SIGNED)
        assert isinstance(held, Submission)
        assert deliver_once(ws).received == 0
        running.kill()
        clock.forward(hours=1)
        report = deliver_once(ws)
        assert (report.state, report.waiting) == ("server-down", 1)
        running = gateway_process.start(
            port=port_of(running), data_dir=tmp_path / "agency", officer="scripted:approve"
        )
        clock.forward(hours=1)
        assert deliver_once(ws).received == 1
        now = ws.outbox.get(held.id)
        assert now.state is SubmissionState.RECEIVED
        assert [a.outcome for a in now.attempts] == ["server-down", "server-down", "accepted"]
        end = time.monotonic() + 20
        while ws.cases.get(now.case).state is not CaseState.ISSUED and time.monotonic() < end:
            deliver_once(ws)
            time.sleep(0.1)
        assert ws.cases.get(now.case).state is CaseState.ISSUED
        assert {"licence", "signature"} <= {d.kind for d in ws.files.documents()}
    finally:
        ws.keeper.close()
        running.stop()


def open_practice_of(tmp_path: Path, running: Any, clock: MovingClock) -> Any:
    from dataclasses import replace

    from chutdiao.bootstrap import open_workspace

    return replace(open_workspace("practice", str(tmp_path / "data"), gateway=running), clock=clock)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_child_dies_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import sys, time; from chutdiao import gateway_process as g;"
        f"r = g.start(data_dir={str(tmp_path)!r}); print(r.address, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    address = parent.stdout.readline().strip()
    assert alive(address)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 10
    while alive(address) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(address)


def test_announcement_is_one_line_of_json(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "chutdiao",
        "gateway",
        "serve",
        "--with-parent",
        "--data-dir",
        str(tmp_path),
    ]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None and child.stdout is not None
    said = json.loads(child.stdout.readline())
    assert {"address", "thumbprint", "token"} <= said.keys() and alive(said["address"])
    child.stdin.close()
    assert child.wait(10) == 0
    child.stdout.close()


@pytest.mark.parametrize(
    "options", [["--faults", "nonsense"], ["--officer", "robot"], ["--port", "99999999"]]
)
def test_wrong_options_cannot_run(tmp_path: Path, options: list[str]) -> None:
    command = [*SERVE, "--data-dir", str(tmp_path), *options]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    assert done.returncode == 2 and done.stderr and b"Traceback" not in done.stderr


def test_a_child_that_cannot_start_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ChutdiaoError, match=r"gateway\.not-started"):
        gateway_process.start(data_dir=tmp_path, faults="nonsense")


def test_sync_once_answers_in_json(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chutdiao", "sync", "--once", "--json", "--profile", "practice"]
    done = subprocess.run(
        [*command, "--data-dir", str(tmp_path)], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"sent": 0, "received": 0, "waiting": 0, "stopped": []}
