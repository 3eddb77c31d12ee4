"""Settings of one profile."""

import json

from chutdiao.domain.problem import Json
from chutdiao.store.connection import Database
from chutdiao.store.rows import dump


class Settings:
    """Implements ``SettingsBook``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, key: str, default: Json = None) -> Json:
        """The value of a setting, or ``default``."""
        row = self._database.one("SELECT value FROM setting WHERE key = ?", (key,))
        if row is None:
            return default
        value: Json = json.loads(row["value"])
        return value

    def write(self, key: str, value: Json) -> None:
        """Write a setting."""
        with self._database.change():
            self._database.run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, dump(value)))
