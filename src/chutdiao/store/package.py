"""One business as plain rows: collected, compared, given new ids, put into another store."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.submission import SubmissionState
from chutdiao.store.connection import Database, Row
from chutdiao.store.disk import sha256
from chutdiao.store.rows import Shape, dump
from chutdiao.store.shapes import (
    ATTEMPT,
    BUSINESS,
    CASE,
    DOCUMENT,
    EVENT,
    FACT,
    PROBLEMS,
    SIGNATURE,
    SUBMISSION,
)

Rows = dict[str, list[Row]]
_OWN = "business = :b"
_SUBJECTS = f"(SELECT id FROM subject WHERE {_OWN} UNION SELECT subject FROM role WHERE {_OWN})"
_CASES = '"case" IN (SELECT id FROM agency_case WHERE business = :b)'


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a package: which rows, the column that names them, the columns a store gives anew.

    ``since`` is the schema version the table came with, ``later`` the text columns added to it after.
    """

    table: str
    where: str
    id: str = ""
    local: str = ""
    since: int = 1
    later: tuple[str, ...] = ()


PARTS = (
    Part("business", "id = :b", id="id"),
    Part("subject", f"id IN {_SUBJECTS}", id="id"),
    Part("role", _OWN),
    Part("fact", f"subject IN {_SUBJECTS}"),
    Part("draft", _OWN, id="id"),
    Part("draft_signature", f"draft IN (SELECT id FROM draft WHERE {_OWN})", since=2),
    Part("quarantine", _OWN, id="draft"),
    Part("submission", _OWN, id="id", local="sequence"),
    Part("attempt", f"submission IN (SELECT id FROM submission WHERE {_OWN})", local="position"),
    Part("agency_case", _OWN, id="id"),
    Part("case_submission", _CASES),
    Part("event", _CASES, local="position"),
    Part("document", _OWN, id="id", later=("replaced_by",)),
)
_JSON = frozenset(
    {
        "interview",
        "not_sure",
        "value",
        "answers",
        "unsure",
        "drawer",
        "open_fields",
        "files",
        "used_by",
        "details",
    }
)
_LOADED: dict[str, tuple[Shape[Any], dict[str, Any]]] = {
    "business": (BUSINESS, {}),
    "fact": (FACT, {}),
    "submission": (SUBMISSION, {"attempts": ()}),
    "attempt": (ATTEMPT, {}),
    "agency_case": (CASE, {"submissions": (), "events": ()}),
    "event": (EVENT, {}),
    "document": (DOCUMENT, {}),
    "draft_signature": (SIGNATURE, {}),
}
# What was hashed, signed or set aside stays to the byte, ids and all.
_FROZEN = frozenset({"envelope", "digest", "receipt", "bytes", "sha256"})


def collect(database: Database, business: str) -> Rows:
    """Every row of a business, in the order the store keeps them."""
    found: Rows = {}
    with database.alone():
        for part in PARTS:
            sql = bound(f'SELECT * FROM "{part.table}" WHERE {part.where} ORDER BY rowid')
            found[part.table] = [_as_text(row) for row in database.run(sql, (business,))]
    return found


def _as_text(row: Row) -> Row:
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}


def bound(sql: str) -> str:
    """Every ``:b`` as the first value."""
    return sql.replace(":b", "?1")


def content_digest(rows: Rows) -> str:
    """A digest that is equal for equal content, whatever the ids and local numbers."""
    names: dict[str, str] = {}
    for part in PARTS:
        for number, row in enumerate(rows[part.table]):
            if part.id:
                names.setdefault(str(row[part.id]), f"{part.table}:{number}")
    plain = {
        part.table: [_compared(part, row) for row in rows[part.table]]
        for part in PARTS
        if part.since == 1 or rows[part.table]
    }
    return sha256(json.dumps(renamed(plain, names), ensure_ascii=False, sort_keys=True).encode())


def _compared(part: Part, row: Row) -> Row:
    """A row without its local number; a later column that says nothing is as one that is not there."""
    return {
        name: value
        for name, value in row.items()
        if name != part.local and (value != "" or name not in part.later)
    }


def brought_up(rows: Rows, version: int) -> Rows:
    """The rows of an older package with the tables and columns that came after it."""
    whole = {part.table: [] for part in PARTS if part.since > version} | rows
    for part in PARTS:
        whole[part.table] = [dict.fromkeys(part.later, "") | row for row in whole[part.table]]
    return whole


def renamed(rows: Rows, names: Mapping[str, str]) -> Rows:
    """The rows with every id replaced where it stands alone, also inside answers."""
    return {
        table: [
            {column: _renamed_cell(column, value, names) for column, value in row.items()} for row in held
        ]
        for table, held in rows.items()
    }


def _renamed_cell(column: str, value: Any, names: Mapping[str, str]) -> Any:
    if column in _FROZEN or not isinstance(value, str):
        return value
    if column in _JSON:
        try:
            return dump(_walk(json.loads(value), lambda text: names.get(text, text)))
        except ValueError:
            return value
    return names.get(value, value)


def _walk(value: Json, change: Callable[[str], str]) -> Json:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_walk(one, change) for one in value]
    if isinstance(value, dict):
        return {change(name): _walk(one, change) for name, one in value.items()}
    return value


def with_new_ids(rows: Rows) -> Rows:
    """A copy to stand beside the original: new ids, and nothing of it is sent a second time."""
    names = {
        str(row[part.id]): uuid4().hex
        for part in PARTS
        if part.id and part.id != "draft"
        for row in rows[part.table]
    }
    names |= {str(row["draft"]): uuid4().hex for row in rows["quarantine"]}
    copy = renamed(rows, names)
    for row in copy["submission"]:
        if row["state"] in (SubmissionState.QUEUED.value, SubmissionState.SENDING.value):
            row["state"] = SubmissionState.STOPPED.value
            row["problems"] = PROBLEMS[0]((Problem("import.copy-not-sent"),))
    return copy


def conflicts(database: Database, rows: Rows) -> bool:
    """Whether the store holds a row with one of the ids."""
    return any(
        database.one(f'SELECT 1 AS found FROM "{part.table}" WHERE "{part.id}" = ?', (row[part.id],))
        is not None
        for part in PARTS
        if part.id
        for row in rows[part.table]
    )


def must_load(rows: Rows) -> None:
    """Raise ValueError, TypeError or KeyError where a row would not load; drafts may, and are set aside."""
    for table, (shape, others) in _LOADED.items():
        for row in rows[table]:
            shape.build(row, **others)


def insert(database: Database, rows: Rows) -> None:
    """Write the rows of a package; raises where a column is not one of ours."""
    with database.change():
        for part in PARTS:
            known = {row["name"] for row in database.run(f'PRAGMA table_info("{part.table}")')}
            for row in rows[part.table]:
                if set(row) != known:
                    raise ChutdiaoError(Problem("import.unknown", values={"words": part.table}))
                kept = {name: value for name, value in row.items() if name != part.local}
                if part.table == "quarantine":
                    kept["bytes"] = bytes.fromhex(kept["bytes"])
                names = ", ".join(f'"{name}"' for name in kept)
                marks = ", ".join("?" for _ in kept)
                database.run(f'INSERT INTO "{part.table}" ({names}) VALUES ({marks})', tuple(kept.values()))
