"""The ways to a store's key, by what the opener was given."""

from dataclasses import dataclass, replace
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store import crypt, keys, recovery
from chutdiao.store.header import Header

SHORTEST_PASSPHRASE = 8


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the opener was given to reach the key."""

    passphrase: str | None
    recovery_code: str | None
    use_keyring: bool
    own_key: bool
    keyring: keys.Keyring


def hold_key(folder: Path, header: Header, key: bytes, given: Secrets) -> Header:
    """Put the key where the opener wants it kept, and say so in the header."""
    if given.own_key:
        keys.write_key_file(folder, key)
        return replace(header, holder="file")
    if given.passphrase is not None:
        if len(given.passphrase) < SHORTEST_PASSPHRASE:
            raise ChutdiaoError(Problem("store.passphrase-short", values={"least": str(SHORTEST_PASSPHRASE)}))
        wraps = {**header.wraps, "passphrase": crypt.wrap(key, given.passphrase, header.about)}
        return replace(header, holder="passphrase", wraps=wraps)
    if given.use_keyring:
        given.keyring.write(header.store, key)
        return replace(header, holder="keyring")
    raise ChutdiaoError(Problem("store.passphrase-needed", values={"path": str(folder)}))


def find_key(folder: Path, header: Header, given: Secrets) -> bytes:
    """The key by the way the opener was given; each way that fails says why."""
    if given.recovery_code:
        return _unwrap(header, "recovery", recovery.read_code(given.recovery_code), "recovery.wrong")
    if given.own_key and header.holder == "file":
        key = keys.read_key_file(folder)
    elif given.passphrase is not None:
        return _unwrap(header, "passphrase", given.passphrase, "store.passphrase-wrong")
    elif header.holder == "passphrase":
        raise ChutdiaoError(Problem("store.passphrase-needed", values={"path": str(folder)}))
    elif header.holder == "file":
        key = keys.read_key_file(folder)
    else:
        key = given.keyring.read(header.store)
    if key is None:
        raise ChutdiaoError(Problem("store.key-missing", values={"path": str(folder)}))
    return key


def _unwrap(header: Header, way: str, secret: str, code: str) -> bytes:
    wrapped = header.wraps.get(way)
    if wrapped is None:
        raise ChutdiaoError(Problem("store.no-way", values={"way": way, "holder": header.holder}))
    try:
        return crypt.unwrap(wrapped, secret, header.about)
    except crypt.CannotOpenError as error:
        raise ChutdiaoError(Problem(code, values={"way": way})) from error


def hold_again(folder: Path, header: Header, key: bytes, given: Secrets) -> Header:
    """Keep the key again after the recovery code reached it; a keyring that is still away may stay so."""
    try:
        held = hold_key(folder, header, key, given)
    except ChutdiaoError as error:
        if error.problems[0].code.startswith("keyring."):
            return header
        raise
    held.write(folder)
    return held
