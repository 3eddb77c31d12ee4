"""One SQLite file, one connection, one lock; each change is one transaction."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
create table if not exists session (token_digest text primary key, holder text not null, role text not null);
create table if not exists intake (
  key text primary key, holder text not null, body_digest text not null,
  status integer not null default 0, answer text not null default '');
create table if not exists counter (name text primary key, value integer not null);
create table if not exists file (
  sha256 text not null, holder text not null, data blob not null, primary key (sha256, holder));
create table if not exists submission (
  id text primary key, holder text not null, case_id text not null, digest text not null,
  envelope text not null, number text not null, received_at text not null, amends text not null);
create table if not exists cases (
  id text primary key, holder text not null, state text not null, number text not null, agency text not null,
  submission text not null, open_fields text not null default '[]', complete integer not null default 0,
  licence blob, signature text not null default '');
create table if not exists event (
  sequence integer primary key autoincrement, holder text not null, at text not null, kind text not null,
  case_id text not null, submission text not null, reason text not null, fields text not null,
  details text not null);
"""


class Database:
    """The gateway's store."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = full")
        self._connection.executescript(_SCHEMA)
        # An intake that never answered registered nothing, so its key is free again.
        self._connection.execute("delete from intake where status = 0")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside happens, or nothing."""
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def rows(self, query: str, *values: object) -> Sequence[sqlite3.Row]:
        """Read rows."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> sqlite3.Row | None:
        """Read the first row, if any."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
