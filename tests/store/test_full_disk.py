"""A disk that is really full takes nothing more and loses nothing it took."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OWN_MOUNTS = ["unshare", "--user", "--map-root-user", "--mount"]
MOUNT = 'mount -t tmpfs -o size=700k tmpfs "$0" && exec "$@"'


def may_mount() -> bool:
    """Whether this machine lets a user mount a file system of their own."""
    if not shutil.which("unshare"):
        return False
    return (
        subprocess.run([*OWN_MOUNTS, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode
        == 0
    )


@pytest.mark.skipif(not may_mount(), reason="needs Linux user namespaces")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    small, stick = tmp_path / "small", tmp_path / "stick"
    small.mkdir()
    stick.mkdir()
    session = Path(__file__).with_name("full_disk_session.py")
    command = [*OWN_MOUNTS, "sh", "-c", MOUNT, small, sys.executable, session, small, stick]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("kept ")
