"""Removes a business so that no byte of it stays in the store."""

import re

from chutdiao.store.connection import Database
from chutdiao.store.package import bound

_DIGEST = re.compile(rb"[0-9a-f]{64}")
_CASES = "(SELECT id FROM agency_case WHERE business = :b)"
_STEPS = (
    # A person who also stands in another business of the profile goes on there.
    """UPDATE subject SET business = (SELECT r.business FROM role r WHERE r.subject = subject.id
        AND r.business <> :b) WHERE business = :b AND EXISTS
        (SELECT 1 FROM role r WHERE r.subject = subject.id AND r.business <> :b)""",
    "DELETE FROM role WHERE business = :b",
    "DELETE FROM fact WHERE subject IN (SELECT id FROM subject WHERE business = :b)",
    "DELETE FROM subject WHERE business = :b",
    f'DELETE FROM event WHERE "case" IN {_CASES}',
    f'DELETE FROM case_submission WHERE "case" IN {_CASES}',
    "DELETE FROM agency_case WHERE business = :b",
    "DELETE FROM attempt WHERE submission IN (SELECT id FROM submission WHERE business = :b)",
    "DELETE FROM submission WHERE business = :b",
    "DELETE FROM draft_signature WHERE draft IN (SELECT id FROM draft WHERE business = :b)",
    "DELETE FROM draft WHERE business = :b",
    "DELETE FROM quarantine WHERE business = :b",
    "DELETE FROM document WHERE business = :b",
    "DELETE FROM setting WHERE instr(key, :b) OR instr(value, :b)",
    "DELETE FROM business WHERE id = :b",
)


def erase_rows(database: Database, business: str) -> int:
    """Delete every row of a business and the files nothing else names, and rewrite the file; the rows."""
    with database.alone():
        with database.change():
            before = database.number("SELECT total_changes()")
            for step in _STEPS:
                database.run(bound(step), (business,))
            _drop_unnamed_files(database)
            removed = database.number("SELECT total_changes()") - before
        database.run("VACUUM")
        database.settle()
    return removed


def _drop_unnamed_files(database: Database) -> None:
    named: set[bytes] = set()
    tables = database.run("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'blob'")
    for table in tables:
        for row in database.run(f'SELECT * FROM "{table["name"]}"'):
            for value in row.values():
                data = value.encode() if isinstance(value, str) else value
                if isinstance(data, bytes):
                    named.update(_DIGEST.findall(data))
    for row in database.run("SELECT sha256 FROM blob"):
        if row["sha256"].encode() not in named:
            database.run("DELETE FROM blob WHERE sha256 = ?", (row["sha256"],))
