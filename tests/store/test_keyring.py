"""The real keyring daemon keeps, loses and locks a key."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
START = 'printf x | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null && exec "$@"'


@pytest.mark.keyring
@pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="needs dbus-run-session and gnome-keyring-daemon"
)
def test_a_real_keyring_keeps_the_key(tmp_path: Path) -> None:
    home, runtime = tmp_path / "home", tmp_path / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    session = Path(__file__).with_name("keyring_session.py")
    done = subprocess.run(
        [
            "dbus-run-session",
            "--",
            "bash",
            "-c",
            START,
            "-",
            sys.executable,
            str(session),
            str(tmp_path / "p"),
        ],
        env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the recovery code puts the key back" in done.stdout
    assert "a locked keyring is told" in done.stdout
