"""The recovery code: 31 random symbols and one that catches misreading, in groups of four."""

import hashlib
import secrets

from chutdiao.domain.problem import ChutdiaoError, Problem

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("OILU", "011V")
_LENGTH = 32


def _last(symbols: str) -> str:
    return _SYMBOLS[hashlib.sha256(symbols.encode()).digest()[0] % 32]


def new_code() -> str:
    """A fresh code of 155 random bits as it is printed."""
    symbols = "".join(secrets.choice(_SYMBOLS) for _ in range(_LENGTH - 1))
    whole = symbols + _last(symbols)
    return "-".join(whole[at : at + 4] for at in range(0, _LENGTH, 4))


def read_code(typed: str) -> str:
    """The code as it is used for sealing; raises where it was misread."""
    symbols = "".join(c for c in typed.upper() if c.isalnum()).translate(_LOOKS_LIKE)
    if (
        len(symbols) != _LENGTH
        or any(c not in _SYMBOLS for c in symbols)
        or _last(symbols[:-1]) != symbols[-1]
    ):
        raise ChutdiaoError(Problem("recovery.misread", values={"length": str(len(symbols))}))
    return symbols


def secret_of(typed: str) -> str:
    """What to seal with: a recovery code in its plain form, anything else as it stands."""
    try:
        return read_code(typed)
    except ChutdiaoError:
        return typed
