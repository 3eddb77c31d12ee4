"""Drafts as they are typed; one that does not load is set aside with all its bytes."""

from collections.abc import Sequence
from dataclasses import replace

from chutdiao.app.ports import Draft, GivenSignature
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import DraftState, SubmissionState
from chutdiao.store.connection import Database, Row
from chutdiao.store.files import drop_unnamed
from chutdiao.store.rows import dump
from chutdiao.store.shapes import DRAFT, SIGNATURE
from chutdiao.store.trouble import NotHereError

_SIGNED = 'draft = ? AND role = ? AND "row" = ?'


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
            images = [held.image for held in self.signatures(draft)]
            self._database.run("DELETE FROM draft WHERE id = ?", (draft,))
            self._database.run("DELETE FROM quarantine WHERE draft = ?", (draft,))
            drop_unnamed(self._database, images)

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

    def signatures(self, draft: str) -> Sequence[GivenSignature]:
        """The signatures given so far, in the order they were."""
        rows = self._database.run("SELECT * FROM draft_signature WHERE draft = ? ORDER BY rowid", (draft,))
        return [SIGNATURE.build(row) for row in rows]

    def sign(self, signature: GivenSignature) -> None:
        """Keep a signature; the picture of the one it replaces goes with it."""
        with self._database.change():
            self.unsign(signature.draft, signature.role, signature.row)
            self._database.run(SIGNATURE.insert, SIGNATURE.values(signature))

    def unsign(self, draft: str, role: str, row: str) -> None:
        """Take a signature back, with its picture."""
        at = (draft, role, row)
        with self._database.change():
            held = self._database.one(f"SELECT image FROM draft_signature WHERE {_SIGNED}", at)
            if held is not None:
                self._database.run(f"DELETE FROM draft_signature WHERE {_SIGNED}", at)
                drop_unnamed(self._database, [str(held["image"])])

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
