"""What every command promises: exit codes, JSON on problems, options on either side of the word."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from chutdiao import bootstrap
from chutdiao.__main__ import main


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data folders the window was opened on."""
    opened: list[str] = []

    def open_window(arguments) -> int:
        opened.append(arguments.data_dir)
        return 0

    monkeypatch.setattr(bootstrap, "open_window", open_window)
    return opened


def test_the_window_opens_on_a_chosen_folder(windows: list[str], tmp_path: Path) -> None:
    assert main(["--data-dir", str(tmp_path)]) == 0
    assert windows == [str(tmp_path)]


@pytest.mark.parametrize("words", [["--nonsense"], ["nonsense"], ["plan", "--nonsense", "x"], ["sync"]])
def test_wrong_usage_ends_with_two(windows: list[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2 and windows == []


@pytest.mark.parametrize("before", [True, False])
def test_options_stand_on_either_side_of_the_word(capsys, tmp_path: Path, before: bool) -> None:
    options = ["--data-dir", str(tmp_path), "--json"]
    code = main([*options, "doctor"] if before else ["doctor", *options])
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert {"id", "ok", "detail", "cure"} == set(checks[0])
    assert code == (0 if all(check["ok"] for check in checks) else 1)
    assert all(check["ok"] or check["cure"] for check in checks)


def test_a_problem_is_json_on_standard_output(capsys) -> None:
    assert main(["plan", "/nowhere/answers.yaml", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)["problems"][0]
    assert set(told) == {"code", "place", "message", "cure", "level"}


def test_a_passphrase_file_that_cannot_be_read(capsys, tmp_path: Path) -> None:
    words = ["--data-dir", str(tmp_path), "--passphrase-file", str(tmp_path / "none"), "--json"]
    assert main(["sync", "--once", *words]) == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "store.passphrase-file"


def test_sync_once_in_practice(capsys, tmp_path: Path) -> None:
    assert main(["sync", "--once", "--json", "--profile", "practice", "--data-dir", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == {"sent": 0, "received": 0, "waiting": 0, "stopped": []}


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another signal there")
def test_the_gateway_says_where_and_stops_with_control_c(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "chutdiao", "gateway", "serve", "--data-dir", str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as gateway:
        assert gateway.stdout is not None and gateway.stderr is not None
        first = json.loads(gateway.stdout.readline())
        assert first["address"].startswith("http://127.0.0.1:")
        # Any answer will do: it serves, and is no longer on its way up.
        assert requests.get(first["address"], timeout=15).status_code
        gateway.send_signal(signal.SIGINT)
        code = gateway.wait(15)
        assert "Traceback" not in gateway.stderr.read()
        assert code == 0
