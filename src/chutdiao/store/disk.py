"""Writes beside, syncs and swaps, so that a power cut leaves the old file or the new one whole."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from chutdiao.domain.problem import Json


def sync_folder(folder: Path) -> None:
    """Make renames inside ``folder`` durable where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write ``data`` at ``path`` in one step, readable by its owner only."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_json(path: Path, value: Mapping[str, Json]) -> None:
    """Write ``value`` as indented JSON in one step."""
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=2).encode())


def make_private(folder: Path) -> None:
    """Make ``folder`` with its parents, closed to other users."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.name != "nt":
        folder.chmod(0o700)


def sha256(data: bytes) -> str:
    """The digest of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """The digest of a file, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
