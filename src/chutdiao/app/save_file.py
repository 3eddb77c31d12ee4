"""Write a file the person asked for: beside its place, synced, then swapped in."""

import os
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError, Problem


def save_bytes(path: str, data: bytes) -> str:
    """Write bytes whole or not at all and return the path; raises ChutdiaoError when it cannot."""
    target = Path(path)
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise ChutdiaoError(Problem("file.unwritable", values={"path": path, "reason": reason})) from error
    return path
