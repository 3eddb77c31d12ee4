"""Bytes by their digest inside the encrypted store, and the documents that name them."""

from collections.abc import Iterable, Sequence

from chutdiao.app.ports import Document
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store.connection import Database
from chutdiao.store.disk import sha256 as digest_of
from chutdiao.store.rows import of_business
from chutdiao.store.shapes import DOCUMENT
from chutdiao.store.trouble import NotHereError


class Files:
    """Implements ``FileVault``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, data: bytes) -> str:
        """Keep bytes once and return their digest."""
        digest = digest_of(data)
        with self._database.change():
            self._database.run("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", (digest, len(data), data))
        return digest

    def read(self, sha256: str) -> bytes:
        """The bytes of a digest, checked; raises NotHereError."""
        row = self._database.one("SELECT data FROM blob WHERE sha256 = ?", (sha256,))
        if row is None:
            raise NotHereError("file", sha256)
        data = bytes(row["data"])
        if digest_of(data) != sha256:
            values = {"path": str(self._database.path), "words": sha256}
            raise ChutdiaoError(Problem("store.damaged", values=values))
        return data

    def add(self, document: Document) -> None:
        """Write a document, new or known, over bytes that were put before."""
        with self._database.change():
            if self._database.one("SELECT size FROM blob WHERE sha256 = ?", (document.sha256,)) is None:
                raise NotHereError("file", document.sha256)
            self._database.run(DOCUMENT.upsert, DOCUMENT.values(document))

    def remove(self, document: str) -> None:
        """Drop a document, and its bytes where nothing else names them; raises NotHereError."""
        with self._database.change():
            row = self._database.one("SELECT sha256 FROM document WHERE id = ?", (document,))
            if row is None:
                raise NotHereError("document", document)
            self._database.run("DELETE FROM document WHERE id = ?", (document,))
            drop_unnamed(self._database, [str(row["sha256"])])

    def documents(self, business: str = "") -> Sequence[Document]:
        """The documents of a business, or of all, in the order they were added."""
        where, values = of_business(business)
        rows = self._database.run(f"SELECT * FROM document{where} ORDER BY added_at, rowid", values)
        return [DOCUMENT.build(row) for row in rows]


def drop_unnamed(database: Database, digests: Iterable[str]) -> None:
    """Delete those bytes that no row of any table names any more."""
    tables = [str(row["name"]) for row in database.run("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for digest in filter(None, digests):
        if not any(_names(database, table, digest) for table in tables if table != "blob"):
            database.run("DELETE FROM blob WHERE sha256 = ?", (digest,))


def _names(database: Database, table: str, digest: str) -> bool:
    columns = [str(row["name"]) for row in database.run(f'PRAGMA table_info("{table}")')]
    named = " OR ".join(f'instr("{column}", ?1)' for column in columns)
    return database.one(f'SELECT 1 AS found FROM "{table}" WHERE {named} LIMIT 1', (digest,)) is not None
