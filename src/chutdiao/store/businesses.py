"""The businesses of a profile."""

from collections.abc import Callable, Sequence

from chutdiao.app.ports import Business
from chutdiao.store.connection import Database
from chutdiao.store.shapes import BUSINESS
from chutdiao.store.trouble import NotHereError


class Businesses:
    """Implements ``BusinessBook``; ``forget`` erases everything of one and counts the rows."""

    def __init__(self, database: Database, forget: Callable[[str], int]) -> None:
        self._database = database
        self._forget = forget

    def all(self) -> Sequence[Business]:
        """Every business by the day it was started."""
        rows = self._database.run("SELECT * FROM business ORDER BY created_at, rowid")
        return [BUSINESS.build(row) for row in rows]

    def get(self, business: str) -> Business:
        """One business; raises NotHereError."""
        row = self._database.one("SELECT * FROM business WHERE id = ?", (business,))
        if row is None:
            raise NotHereError("business", business)
        return BUSINESS.build(row)

    def save(self, business: Business) -> None:
        """Write a business, new or known."""
        with self._database.change():
            self._database.run(BUSINESS.upsert, BUSINESS.values(business))

    def erase(self, business: str) -> int:
        """Remove everything of a business from the store and its own copies; the rows removed."""
        self.get(business)
        return self._forget(business)
