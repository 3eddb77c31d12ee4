"""Opens one profile: takes its lock, finds its key, brings its store up to date."""

import os
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store import crypt, keys, recovery
from chutdiao.store.businesses import Businesses
from chutdiao.store.cases import Cases
from chutdiao.store.connection import Database
from chutdiao.store.disk import make_private, sync_folder
from chutdiao.store.drafts import Drafts
from chutdiao.store.facts import Facts
from chutdiao.store.files import Files
from chutdiao.store.header import Header, proof_of, read_header
from chutdiao.store.keeper import RECOVERY_SETTING, StoreKeeper
from chutdiao.store.lock import ProfileLock
from chutdiao.store.migrate import migrate
from chutdiao.store.outbox import SubmissionRows
from chutdiao.store.settings import Settings
from chutdiao.store.swap import finish_swap
from chutdiao.store.trouble import of_disk
from chutdiao.store.unlock import Secrets, find_key, hold_again, hold_key

DATABASE = "store.db"
_UNBORN = "store.new.db"


class Store:
    """One open profile; every book may be used from any thread."""

    def __init__(self, folder: Path, database: Database, header: Header, lock: ProfileLock) -> None:
        self.folder = folder
        self.database = database
        self.header = header
        self._lock = lock
        self.settings = Settings(database)
        self.files = Files(database)
        self.facts = Facts(database)
        self.drafts = Drafts(database)
        self.cases = Cases(database)
        self.outbox = SubmissionRows(database, self.cases, self.files)
        self.keeper = StoreKeeper(folder, database, header, self.close)
        self.businesses = Businesses(database, self.keeper.forget)

    def answer(self, rung: Callable[[], None]) -> None:
        """Call ``rung`` on a thread of its own when a second opener rings (``store.lock.ring``)."""
        self._lock.answer(rung)

    def close(self) -> None:
        """Settle the store and let the next one open it; harmless when closed already."""
        try:
            self.database.close()
        finally:
            self._lock.release()


def open_profile(
    folder: Path,
    *,
    passphrase: str | None,
    use_keyring: bool,
    recovery_code: str | None = None,
    create: bool = True,
    own_key: bool = False,
    keyring: keys.Keyring | None = None,
) -> Store:
    """Open the store in ``folder``, making it only where none ever was.

    Raises ChutdiaoError with store, keyring or recovery problems; ProfileInUseError where it is open.
    """
    given = Secrets(passphrase, recovery_code, use_keyring, own_key, keyring or keys.Keyring())
    if not create and not _anything_in(folder):
        raise ChutdiaoError(Problem("store.none", values={"path": str(folder)}))
    try:
        make_private(folder)
    except OSError as error:
        raise of_disk(error, folder) from error
    lock = ProfileLock(folder)
    try:
        finish_swap(folder)
        if _is_unused(folder):
            _make(folder, given)
        header, database = _unlock(folder, given)
        try:
            return _ready(folder, header, database, lock)
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release()
        raise


def _ready(folder: Path, header: Header, database: Database, lock: ProfileLock) -> Store:
    store = Store(folder, database, header, lock)
    migrate(database, lambda version: store.keeper.back_up_inside(f"before-version-{version + 1}"))
    store.outbox.recover()
    return store


def _anything_in(folder: Path) -> bool:
    return any((folder / name).exists() for name in (DATABASE, _UNBORN, "header.json", "header.copy.json"))


def _is_unused(folder: Path) -> bool:
    header = read_header(folder)
    if (folder / DATABASE).exists():
        if header is None:
            raise ChutdiaoError(Problem("store.header-missing", values={"path": str(folder)}))
        return False
    if header is None:
        return True
    if not (folder / _UNBORN).exists():
        raise ChutdiaoError(Problem("store.gone", values={"path": str(folder / DATABASE)}))
    # A first start that was cut short after its header: the store beside it is whole.
    (folder / _UNBORN).replace(folder / DATABASE)
    return False


def _make(folder: Path, given: Secrets) -> None:
    """Make the store beside, then its header, then name it: a cut at any point loses nothing."""
    key, name, code = secrets.token_bytes(32), uuid4().hex, recovery.new_code()
    header = Header(name, "", proof_of(key))
    header = replace(header, wraps={"recovery": crypt.wrap(key, recovery.read_code(code), header.about)})
    header = hold_key(folder, header, key, given)
    for leftover in folder.glob(f"{_UNBORN}*"):
        leftover.unlink()
    database = Database(folder / _UNBORN, key)
    try:
        migrate(database, lambda _: None)
        Settings(database).write(RECOVERY_SETTING, code)
    finally:
        database.close()
    if os.name != "nt":
        (folder / _UNBORN).chmod(0o600)
    header.write(folder)
    (folder / _UNBORN).replace(folder / DATABASE)
    sync_folder(folder)


def _unlock(folder: Path, given: Secrets) -> tuple[Header, Database]:
    header = read_header(folder)
    assert header is not None
    key = find_key(folder, header, given)
    if proof_of(key) != header.proof:
        raise ChutdiaoError(Problem("store.key-wrong", values={"path": str(folder)}))
    database = Database(folder / DATABASE, key)
    wrapped = header.wraps.get("passphrase")
    held_again = given.recovery_code and (given.passphrase or given.use_keyring or given.own_key)
    if held_again or (given.passphrase and wrapped and crypt.is_weaker(wrapped)):
        try:
            header = hold_again(folder, header, key, given)
        except BaseException:
            database.close()
            raise
    return header, database
