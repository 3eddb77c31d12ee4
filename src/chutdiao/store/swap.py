"""Puts a restored store in place of another, keeping the other; a cut in between is finished later."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from chutdiao.store.disk import sync_folder, write_json
from chutdiao.store.trouble import of_disk

NAME = "restoring.json"
STAGED = ".restore-"


def swap(folder: Path, moves: Sequence[tuple[str, str]]) -> None:
    """Move each path within ``folder`` to another, all or, after a cut, all at the next opening."""
    try:
        write_json(folder / NAME, {"moves": [[source, target] for source, target in moves]})
    except OSError as error:
        raise of_disk(error, folder) from error
    finish_swap(folder)


def finish_swap(folder: Path) -> None:
    """Do what is left of a swap and clear what a cut left staged."""
    _finish_moves(folder)
    for staged in folder.glob(f"{STAGED}*"):
        shutil.rmtree(staged, ignore_errors=True)


def is_unfinished(folder: Path) -> bool:
    """Whether a swap was begun and must still be finished."""
    return (folder / NAME).exists()


def _finish_moves(folder: Path) -> None:
    try:
        moves = json.loads((folder / NAME).read_text("utf-8"))["moves"]
    except FileNotFoundError:
        return
    except OSError as error:
        raise of_disk(error, folder / NAME) from error
    try:
        for source, target in moves:
            # A target that is there was moved before the cut: old files go to a folder made for them.
            if (folder / source).exists() and not (folder / target).exists():
                (folder / target).parent.mkdir(parents=True, exist_ok=True)
                (folder / source).replace(folder / target)
                sync_folder((folder / target).parent)
        (folder / NAME).unlink()
        sync_folder(folder)
    except OSError as error:
        raise of_disk(error, folder) from error
