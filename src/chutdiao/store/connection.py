"""The one connection to a profile's encrypted database."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store.trouble import of_database

APPLICATION_ID = 0x43485544  # "CHUD"
Row = dict[str, Any]


class Database:
    """One SQLCipher connection behind one lock; what ``change`` wraps is on the disk when it returns."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open or make the file at ``path``; raises a problem where the key does not fit it."""
        import sqlcipher3

        self.path = path
        self._lock = threading.RLock()
        self._errors: type[Exception] = sqlcipher3.Error
        self._closed = False
        try:
            self._connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False)
        except sqlcipher3.Error as error:
            raise of_database(error, str(path)) from error
        try:
            self._prepare(key)
        except ChutdiaoError:
            self._connection.close()
            raise

    def _prepare(self, key: bytes) -> None:
        self.run("PRAGMA cipher_log_level = NONE")
        self.run(f"PRAGMA key = \"x'{key.hex()}'\"")
        self.run("PRAGMA cipher_memory_security = OFF")
        self.run("SELECT count(*) FROM sqlite_master")
        self.run("PRAGMA journal_mode = WAL")
        # FULL everywhere: a pulled plug must not lose a typed field, and autosave commits once a second.
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")
        self.run("PRAGMA secure_delete = ON")
        self.run("PRAGMA busy_timeout = 5000")

    def run(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Execute one statement and return its rows as dicts."""
        with self._lock:
            if self._closed:
                raise ChutdiaoError(Problem("store.closed", values={"path": str(self.path), "words": ""}))
            try:
                cursor = self._connection.execute(sql, tuple(values))
                if cursor.description is None:
                    return []
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            except self._errors as error:
                raise of_database(error, str(self.path)) from error

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row, or ``None``."""
        rows = self.run(sql, values)
        return rows[0] if rows else None

    def number(self, sql: str, values: Sequence[object] = ()) -> int:
        """The first column of the first row as a number."""
        row = self.one(sql, values)
        return int(next(iter(row.values())) or 0) if row else 0

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction, committed to the disk on the way out; an inner one joins the outer."""
        with self._lock:
            if not self._closed and self._connection.in_transaction:
                yield
                return
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other thread out, without a transaction."""
        with self._lock:
            yield

    def settle(self) -> None:
        """Write the log back into the file, so that the file alone is the whole store."""
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Settle where the disk has room for it and close; harmless when closed already."""
        with self._lock:
            if self._closed:
                return
            with suppress(ChutdiaoError):  # what is not settled stays in the log, whole
                self.settle()
            self._closed = True
            self._connection.close()
