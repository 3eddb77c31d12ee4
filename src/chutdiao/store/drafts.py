"""Drafts as they are typed; one that does not load is set aside with all its bytes."""

from collections.abc import Sequence
from dataclasses import replace

from chutdiao.app.ports import Draft
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import DraftState, SubmissionState
from chutdiao.store.connection import Database, Row
from chutdiao.store.rows import dump
from chutdiao.store.shapes import DRAFT
from chutdiao.store.trouble import NotHereError


class Drafts:
    """Implements ``DraftBook``; what ``save`` was given is on the disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def for_business(self, business: str) -> Sequence[Draft]:
        """The drafts of a business that load, oldest first."""
        rows = self._database.run("SELECT * FROM draft WHERE business = ? ORDER BY rowid", (business,))
        drafts = (self._load(row) for row in rows)
        return [draft for draft in drafts if draft is not None]

    def get(self, draft: str) -> Draft:
        """One draft; raises NotHereError, also where it was set aside."""
        row = self._database.one("SELECT * FROM draft WHERE id = ?", (draft,))
        found = self._load(row) if row else None
        if found is None:
            raise NotHereError("draft", draft)
        return found

    def save(self, draft: Draft) -> None:
        """Write a draft; a late save may neither change what was sent nor undo a newer one."""
        with self._database.change():
            row = self._database.one("SELECT * FROM draft WHERE id = ?", (draft.id,))
            held = self._load(row) if row else None
            if held is not None:
                if draft.revision < held.revision:
                    raise ChutdiaoError(Problem("draft.older", values={"id": draft.id}))
                if draft.state is not DraftState.LOCKED and self._is_sent(draft.id):
                    if draft.answers != held.answers:
                        raise ChutdiaoError(Problem("draft.locked", values={"id": draft.id}))
                    draft = replace(draft, state=held.state)
            self._database.run(DRAFT.upsert, DRAFT.values(draft))

    def discard(self, draft: str) -> None:
        """Remove a draft that no submission stands on."""
        with self._database.change():
            if self._is_sent(draft):
                raise ChutdiaoError(Problem("draft.locked", values={"id": draft}))
            self._database.run("DELETE FROM draft WHERE id = ?", (draft,))
            self._database.run("DELETE FROM quarantine WHERE draft = ?", (draft,))

    def quarantined(self) -> Sequence[tuple[str, str]]:
        """Each draft set aside and why."""
        rows = self._database.run("SELECT draft, reason FROM quarantine ORDER BY rowid")
        return [(row["draft"], row["reason"]) for row in rows]

    def quarantined_bytes(self, draft: str) -> bytes:
        """The draft as it lay in the store, as JSON of its columns."""
        row = self._database.one("SELECT bytes FROM quarantine WHERE draft = ?", (draft,))
        if row is None:
            raise NotHereError("draft", draft)
        return bytes(row["bytes"])

    def _load(self, row: Row) -> Draft | None:
        try:
            return DRAFT.build(row)
        except (ValueError, TypeError, KeyError) as error:
            self._set_aside(row, f"{type(error).__name__}: {error}")
            return None

    def _set_aside(self, row: Row, reason: str) -> None:
        plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
        with self._database.change():
            self._database.run(
                "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?)",
                (str(row["id"]), str(row["business"]), reason, dump(plain).encode()),
            )
            self._database.run("DELETE FROM draft WHERE id = ?", (row["id"],))

    def _is_sent(self, draft: str) -> bool:
        return bool(
            self._database.number(
                "SELECT count(*) FROM submission WHERE draft = ? AND state <> ?",
                (draft, SubmissionState.STOPPED.value),
            )
        )
