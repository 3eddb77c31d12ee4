"""One profile, one window: a lock the system drops when its holder dies, and a bell to ring there."""

import json
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store.trouble import of_disk

NAME = "lock"
_HELD_BYTE = 1 << 20  # far behind the text, so that others may read it on Windows too
_RING = b"show"


class ProfileInUseError(ChutdiaoError):
    """Another process holds the profile; ``ring`` its folder to bring that window to the front."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(Problem("store.in-use", values={"path": str(folder), "process": holder}))
        self.folder = folder


class ProfileLock:
    """Held from construction to ``release``; raises ProfileInUseError where another holds it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise of_disk(error, self.path) from error
        self._file: IO[bytes] = os.fdopen(handle, "r+b", buffering=0)
        self._listener: Any = None
        try:
            _hold(self._file)
        except OSError as error:
            self._file.close()
            raise ProfileInUseError(folder, str(_told(folder).get("pid", ""))) from error
        self._tell({"pid": str(os.getpid())})

    def answer(self, rung: Callable[[], None]) -> None:
        """Call ``rung``, on a thread of its own, whenever a second opener rings."""
        from multiprocessing.connection import Listener

        password = secrets.token_bytes(16)
        self._listener = Listener(authkey=password)
        self._tell({"pid": str(os.getpid()), "address": str(self._listener.address), "bell": password.hex()})
        threading.Thread(target=self._wait, args=(self._listener, rung), name="bell", daemon=True).start()

    def release(self) -> None:
        """Let the next one open the profile; harmless when released already."""
        if self._file.closed:
            return
        listener, self._listener = self._listener, None
        if listener is not None:
            ring(self.path.parent, b"stop")
            listener.close()
        self._tell({})
        self._file.close()

    def _tell(self, words: dict[str, str]) -> None:
        # The lock holds without its words, which a full disk does not take.
        with suppress(OSError):
            self._file.seek(0)
            self._file.truncate()
            self._file.write(json.dumps(words).encode())

    def _wait(self, listener: Any, rung: Callable[[], None]) -> None:
        from multiprocessing import AuthenticationError

        while self._listener is listener:
            try:
                with listener.accept() as caller:
                    if caller.recv_bytes(16) == _RING:
                        caller.send_bytes(b"ok")
                        rung()
            except (OSError, EOFError, AuthenticationError):
                continue


def ring(folder: Path, word: bytes = _RING) -> bool:
    """Ask the holder of a profile to show its window; whether it answered."""
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    told = _told(folder)
    if "address" not in told:
        return False
    try:
        with Client(told["address"], authkey=bytes.fromhex(told["bell"])) as holder:
            holder.send_bytes(word)
            return word != _RING or (holder.poll(3) and holder.recv_bytes(16) == b"ok")
    except (OSError, EOFError, ValueError, KeyError, AuthenticationError):
        return False


def _told(folder: Path) -> dict[str, str]:
    try:
        words = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in words.items()} if isinstance(words, dict) else {}


if os.name == "nt":
    import msvcrt

    def _hold(file: IO[bytes]) -> None:
        file.seek(_HELD_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]

else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
