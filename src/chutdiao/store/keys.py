"""Where a store's key is kept: the system's keyring, or a file where the profile holds its own."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store.disk import write_whole
from chutdiao.store.trouble import of_disk

SERVICE = "chutdiao"
KEY_FILE = "key"
WAIT_SECONDS = 30.0
PASSPHRASE_VARIABLE = "CHUTDIAO_PASSPHRASE_FILE"
# Every other backend may keep what it is given in plain text (keyrings.alt does).
ALLOWED = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.Windows",
        "keyring.backends.macOS",
    }
)
T = TypeVar("T")


class Keyring:
    """The system's keyring, asked in a thread of its own so that a prompt nobody sees cannot hang us."""

    def __init__(self, wait: float = WAIT_SECONDS) -> None:
        self._wait = wait

    def read(self, store: str) -> bytes | None:
        """The key of a store, ``None`` where the keyring holds none."""
        text = self._ask(lambda backend: backend.get_password(SERVICE, store))
        return bytes.fromhex(text) if isinstance(text, str) else None

    def write(self, store: str, key: bytes) -> None:
        """Hold the key of a store and prove that it can be read back."""
        self._ask(lambda backend: backend.set_password(SERVICE, store, key.hex()))
        if self.read(store) != key:
            raise ChutdiaoError(Problem("keyring.refused", values={"words": "read back"}))

    def forget(self, store: str) -> None:
        """Drop the key of a store."""
        self._ask(lambda backend: backend.delete_password(SERVICE, store))

    def name(self) -> str:
        """The backend in use; raises where there is none that may be trusted."""
        return str(self._ask(lambda backend: backend.__class__.__module__))

    def _ask(self, question: Callable[..., object]) -> object:
        answers: list[object] = []
        failures: list[Exception] = []

        def work() -> None:
            try:
                answers.append(question(_trusted_backend()))
            except Exception as error:  # noqa: BLE001 - backends raise whatever their system library raises
                failures.append(error)

        thread = threading.Thread(target=work, name="keyring", daemon=True)
        thread.start()
        thread.join(self._wait)
        if failures:
            raise _problem(failures[0])
        if thread.is_alive():
            raise ChutdiaoError(Problem("keyring.timeout", values={"seconds": f"{self._wait:g}"}))
        return answers[0]


def _trusted_backend() -> object:
    import keyring
    from keyring.backends import chainer
    from keyring.errors import NoKeyringError

    backend = keyring.get_keyring()
    within = list(backend.backends) if isinstance(backend, chainer.ChainerBackend) else [backend]
    for one in within:
        if type(one).__module__ in ALLOWED:
            return one
    raise NoKeyringError(type(backend).__module__)


def _problem(error: Exception) -> ChutdiaoError:
    from keyring import errors

    if isinstance(error, ChutdiaoError):
        return error
    code = "keyring.refused"
    if isinstance(error, errors.NoKeyringError):
        code = "keyring.none"
    elif isinstance(error, errors.KeyringLocked):
        code = "keyring.locked"
    return ChutdiaoError(Problem(code, values={"words": str(error)}))


def read_key_file(folder: Path) -> bytes | None:
    """The key a profile keeps beside its own store, ``None`` where the file is gone."""
    try:
        return bytes.fromhex((folder / KEY_FILE).read_text("ascii").strip())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise of_disk(error, folder / KEY_FILE) from error
    except ValueError:
        return b""


def write_key_file(folder: Path, key: bytes) -> None:
    """Keep the key beside the store, readable by its owner only."""
    try:
        write_whole(folder / KEY_FILE, key.hex().encode())
    except OSError as error:
        raise of_disk(error, folder / KEY_FILE) from error


def read_passphrase(path: str | None) -> str | None:
    """The passphrase in a file, named here or by ``CHUTDIAO_PASSPHRASE_FILE``."""
    chosen = path or os.environ.get(PASSPHRASE_VARIABLE)
    if not chosen:
        return None
    try:
        return Path(chosen).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        values = {"path": chosen, "words": str(error)}
        raise ChutdiaoError(Problem("store.passphrase-file", values=values)) from error
