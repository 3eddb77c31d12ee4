"""Turns what the disk and the database say into problems a user can mend."""

import errno

from chutdiao.domain.problem import ChutdiaoError, Problem

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


class NotHereError(ChutdiaoError, KeyError):
    """Raised where a row is asked for by an id the store does not hold."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(Problem("store.no-such", values={"kind": kind, "id": name}))


def of_database(error: Exception, path: str) -> ChutdiaoError:
    """The problem behind an error of the database."""
    words = str(error)
    values = {"path": path, "words": words}
    if "is full" in words:
        return ChutdiaoError(Problem("store.full", values=values))
    if "not a database" in words or "malformed" in words or "corrupt" in words:
        return ChutdiaoError(Problem("store.damaged", values=values))
    if "closed database" in words:
        return ChutdiaoError(Problem("store.closed", values=values))
    return ChutdiaoError(Problem("store.disk", values=values))


def of_disk(error: OSError, path: object, *, code: str = "store.disk") -> ChutdiaoError:
    """The problem behind an error of the file system; ``code`` names it where no cause is known."""
    values = {"path": str(path), "words": error.strerror or str(error)}
    if error.errno in _FULL:
        return ChutdiaoError(Problem("store.full", values=values))
    if error.errno in _DENIED:
        return ChutdiaoError(Problem("store.denied", values=values))
    return ChutdiaoError(Problem(code, values=values))
