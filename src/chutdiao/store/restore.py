"""Brings a backup back, beside and proven first, and keeps what was there."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store import keys
from chutdiao.store.backup import DATABASE, Manifest, check_digests, read_manifest, stamp, unpack
from chutdiao.store.connection import Database
from chutdiao.store.disk import make_private, sha256_file
from chutdiao.store.header import COPY, NAME, Header, proof_of, read_header
from chutdiao.store.keeper import KEPT, StoreKeeper
from chutdiao.store.lock import ProfileLock
from chutdiao.store.migrate import refuse_newer
from chutdiao.store.swap import finish_swap, is_unfinished, swap
from chutdiao.store.trouble import of_disk
from chutdiao.store.unlock import Secrets, find_key, hold_again

_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", NAME, COPY, keys.KEY_FILE)


def restore(
    path: Path,
    folder: Path,
    *,
    passphrase: str | None,
    use_keyring: bool,
    recovery_code: str | None = None,
    own_key: bool = False,
    keyring: keys.Keyring | None = None,
) -> Mapping[str, str]:
    """Put the backup at ``path`` in place of the profile in ``folder``; what was read and what was kept.

    The backup is checked by digest, opened and read through before anything moves.
    """
    given = Secrets(passphrase, recovery_code, use_keyring, own_key, keyring or keys.Keyring())
    manifest = read_manifest(path)
    check_digests(path, manifest)
    try:
        make_private(folder)
    except OSError as error:
        raise of_disk(error, folder) from error
    lock = ProfileLock(folder)
    staged: Path | None = None
    try:
        finish_swap(folder)
        staged = unpack(path, manifest, folder)
        _prove(staged, folder, given)
        kept = _put_in_place(staged, folder)
    finally:
        if staged is not None and not is_unfinished(folder):
            shutil.rmtree(staged, ignore_errors=True)
        lock.release()
    return _told(path, manifest, folder, kept)


def _prove(staged: Path, folder: Path, given: Secrets) -> None:
    header = read_header(staged)
    if header is None:
        raise ChutdiaoError(Problem("store.header-missing", values={"path": str(staged)}))
    key = find_key(folder, header, given)
    if proof_of(key) != header.proof:
        raise ChutdiaoError(Problem("restore.other-key", values={"path": str(folder)}))
    database = Database(staged / DATABASE, key)
    try:
        refuse_newer(database)
        StoreKeeper(staged, database, header, database.close).inspect()
    finally:
        database.close()
    _keep_reachable(staged, header, key, given)


def _keep_reachable(staged: Path, header: Header, key: bytes, given: Secrets) -> None:
    reached_by_code = bool(given.recovery_code) and (given.own_key or given.use_keyring or given.passphrase)
    if reached_by_code or header.holder == "file":
        hold_again(staged, header, key, given)


def _put_in_place(staged: Path, folder: Path) -> Path | None:
    kept = Path(KEPT) / stamp()
    old = [(name, str(kept / name)) for name in _FILES if (folder / name).exists()]
    new = [(f"{staged.name}/{name}", name) for name in _FILES if (staged / name).exists()]
    if old:
        try:
            make_private(folder / KEPT)
        except OSError as error:
            raise of_disk(error, folder / KEPT) from error
    swap(folder, [*old, *new])
    return folder / kept if old else None


def _told(path: Path, manifest: Manifest, folder: Path, kept: Path | None) -> Mapping[str, str]:
    digest = ""
    with suppress(OSError):  # the stick may be out by now; the profile is in place all the same
        digest = sha256_file(path)
    return {
        "path": str(path),
        "sha256": digest,
        "store_sha256": manifest.sha256[DATABASE],
        "store": manifest.store,
        "made_at": manifest.made_at,
        "profile": str(folder),
        "kept": str(kept) if kept else "",
    }
