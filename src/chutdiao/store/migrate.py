"""Brings a store to the version this program writes, step by step, each in one transaction."""

from collections.abc import Callable

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store import migrations
from chutdiao.store.connection import APPLICATION_ID, Database


def version_of(database: Database) -> int:
    """The number of the last step taken."""
    return database.number("PRAGMA user_version")


def refuse_newer(database: Database) -> None:
    """Raise where a newer program wrote the store."""
    found = version_of(database)
    if found > len(migrations.STEPS):
        values = {"path": str(database.path), "found": str(found), "known": str(len(migrations.STEPS))}
        raise ChutdiaoError(Problem("store.newer", values=values))


def migrate(database: Database, back_up: Callable[[int], object]) -> int:
    """Take the missing steps after ``back_up`` was called with the version found; the steps taken."""
    refuse_newer(database)
    found = version_of(database)
    missing = range(found + 1, len(migrations.STEPS) + 1)
    if found and missing:
        back_up(found)
    for number in missing:
        with database.change():
            for statement in migrations.statements(number):
                database.run(statement)
            if number == 1:
                database.run(f"PRAGMA application_id = {APPLICATION_ID}")
            database.run(f"PRAGMA user_version = {number}")
    return len(missing)
