"""Keeps an open profile safe: copies of it, its recovery code, businesses out of it and into it."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store.backup import stamp, write_backup
from chutdiao.store.connection import Database
from chutdiao.store.disk import make_private
from chutdiao.store.erase import erase_rows
from chutdiao.store.exchange import export_business, import_business
from chutdiao.store.header import Header
from chutdiao.store.settings import Settings
from chutdiao.store.trouble import of_disk

RECOVERY_SETTING = "store.recovery-code"
BACKUPS, KEPT = "backups", "kept"
SUFFIX = ".chutdiao-backup"
MOST_COPIES = 5


class StoreKeeper:
    """Implements ``Keeper`` for one open profile."""

    def __init__(self, folder: Path, database: Database, header: Header, close: Callable[[], None]) -> None:
        self._folder = folder
        self._database = database
        self._header = header
        self._close = close

    def recovery_code(self) -> str:
        """The code to print; whoever has it and the store's file can open the store."""
        return str(Settings(self._database).read(RECOVERY_SETTING, ""))

    def holder(self) -> str:
        """Where the key is kept: keyring, passphrase or file."""
        return self._header.holder

    def backup(self, path: str) -> Mapping[str, str]:
        """Write everything of the profile at ``path``, still encrypted; what was written."""
        return write_backup(self._folder, self._database, Path(path))

    def back_up_inside(self, reason: str) -> Path:
        """Write a copy beside the store and drop the oldest beyond the last few."""
        inside = self._folder / BACKUPS
        try:
            make_private(inside)
        except OSError as error:
            raise of_disk(error, inside) from error
        path = inside / f"{stamp()}-{reason}{SUFFIX}"
        write_backup(self._folder, self._database, path)
        for old in sorted(inside.glob(f"*{SUFFIX}"))[:-MOST_COPIES]:
            old.unlink(missing_ok=True)
        return path

    def export(self, business: str, path: str, secret: str) -> Mapping[str, str]:
        """Write one business at ``path``, sealed with a passphrase or a recovery code."""
        return export_business(self._database, business, Path(path), secret)

    def import_(self, path: str, secret: str) -> Mapping[str, str]:
        """Read one exported business, beside the original where that is still here."""
        return import_business(self._database, Path(path), secret)

    def forget(self, business: str) -> int:
        """Erase a business from the store and from the copies the profile keeps; the rows removed."""
        removed = erase_rows(self._database, business)
        copies = [path for path in (self._folder / BACKUPS, self._folder / KEPT) if path.is_dir()]
        old = [path for folder in copies for path in folder.iterdir()]
        try:
            for path in old:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        except OSError as error:
            raise of_disk(error, self._folder) from error
        if old:
            self.back_up_inside("after-erase")
        return removed

    def inspect(self) -> None:
        """Read every page and check it; raises where one is damaged."""
        for pragma in ("cipher_integrity_check", "quick_check", "foreign_key_check"):
            rows = self._database.run(f"PRAGMA {pragma}")
            words = [str(value) for row in rows for value in row.values() if value != "ok"]
            if words:
                values = {"path": str(self._database.path), "words": "; ".join(words[:3])}
                raise ChutdiaoError(Problem("store.damaged", values=values))

    def close(self) -> None:
        """Close the profile."""
        self._close()
