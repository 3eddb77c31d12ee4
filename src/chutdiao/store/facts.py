"""Facts by subject, and the roles subjects have in a business."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from chutdiao.app.ports import FactValue
from chutdiao.store.connection import Database
from chutdiao.store.shapes import FACT
from chutdiao.store.trouble import NotHereError

_WRITE = FACT.insert + (
    ' ON CONFLICT ("subject", "fact") DO UPDATE SET value = excluded.value, source = excluded.source,'
    " source_date = excluded.source_date, confirmed_by = excluded.confirmed_by"
)


class Facts:
    """Implements ``FactBook``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def subjects(self, business: str, role: str) -> Sequence[str]:
        """The subjects in a role, in order."""
        rows = self._database.run(
            "SELECT subject FROM role WHERE business = ? AND role = ? ORDER BY position", (business, role)
        )
        return [row["subject"] for row in rows]

    def set_role(self, business: str, role: str, subjects: Sequence[str]) -> None:
        """Put these subjects, each once, in a role; those no longer named keep their facts."""
        with self._database.change():
            for subject in subjects:
                self._must_exist(subject)
            self._database.run("DELETE FROM role WHERE business = ? AND role = ?", (business, role))
            for position, subject in enumerate(dict.fromkeys(subjects)):
                row = (business, role, position, subject)
                self._database.run("INSERT INTO role VALUES (?, ?, ?, ?)", row)

    def everybody(self, business: str, kind: str) -> Sequence[str]:
        """Every subject of a kind, also one that is in no role any more, in the order they came."""
        rows = self._database.run(
            "SELECT id FROM subject WHERE business = ? AND kind = ? ORDER BY rowid", (business, kind)
        )
        return [row["id"] for row in rows]

    def new_subject(self, business: str, kind: str) -> str:
        """A new person, business, premises or employment."""
        subject = uuid4().hex
        with self._database.change():
            self._database.run("INSERT INTO subject VALUES (?, ?, ?)", (subject, business, kind))
        return subject

    def read(self, subject: str) -> Mapping[str, FactValue]:
        """Every fact known of a subject by its name."""
        rows = self._database.run("SELECT * FROM fact WHERE subject = ? ORDER BY rowid", (subject,))
        return {row["fact"]: FACT.build(row) for row in rows}

    def write(self, value: FactValue) -> None:
        """Write one fact over what was known."""
        with self._database.change():
            self._must_exist(value.subject)
            self._database.run(_WRITE, FACT.values(value))

    def _must_exist(self, subject: str) -> None:
        if self._database.one("SELECT id FROM subject WHERE id = ?", (subject,)) is None:
            raise NotHereError("subject", subject)
