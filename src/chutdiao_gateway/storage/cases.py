"""Submissions, the cases they opened or amended, and the events of the feed."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chutdiao.contracts.envelope import Envelope
from chutdiao.contracts.feed import FeedEvent, FeedPage
from chutdiao.domain.submission import CaseState
from chutdiao_gateway.storage.database import Database
from chutdiao_gateway.storage.intake import Answer


class StaleCaseError(Exception):
    """Somebody else moved the case meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as held: ``submission`` is the latest, ``open_fields`` those asked to be corrected."""

    id: str
    holder: str
    state: CaseState
    number: str
    agency: str
    submission: str
    open_fields: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Registered:
    """One accepted submission, ready to be written."""

    envelope: Envelope
    envelope_text: str
    digest: str
    case: str
    number: str
    received_at: str


@dataclass(frozen=True, slots=True)
class News:
    """One event to write."""

    kind: str
    at: str
    reason: str = ""
    fields: tuple[str, ...] = ()
    details: Mapping[str, str] | None = None


def next_number(database: Database) -> int:
    """The running number of the next submission."""
    with database.transaction() as connection:
        row = connection.execute(
            "insert into counter values ('submission', 1) "
            "on conflict (name) do update set value = value + 1 returning value"
        ).fetchone()
    return int(row["value"])


def register(database: Database, holder: str, item: Registered, answer: Answer) -> None:
    """Write submission, case, event and the key's answer in one transaction."""
    envelope = item.envelope
    with database.transaction() as connection:
        connection.execute(
            "insert into submission values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                envelope.id,
                holder,
                item.case,
                item.digest,
                item.envelope_text,
                item.number,
                item.received_at,
                envelope.amends,
            ),
        )
        if envelope.amends:
            moved = connection.execute(
                "update cases set state = ?, submission = ?, open_fields = '[]' "
                "where id = ? and state = ? and submission = ?",
                (
                    CaseState.REVIEWING.value,
                    envelope.id,
                    item.case,
                    CaseState.CORRECTION.value,
                    envelope.amends,
                ),
            )
            _moved(moved)
        else:
            connection.execute(
                "insert into cases (id, holder, state, number, agency, submission) values (?, ?, ?, ?, ?, ?)",
                (item.case, holder, CaseState.REVIEWING.value, item.number, envelope.agency, envelope.id),
            )
        news = News("resubmitted" if envelope.amends else "received", item.received_at)
        _write_event(connection, holder, item.case, envelope.id, news)
        connection.execute(
            "update intake set status = ?, answer = ? where key = ?",
            (answer.status, answer.body, envelope.id),
        )


def decide(
    database: Database,
    case: CaseRow,
    state: CaseState,
    news: Sequence[News],
    complete: bool,
    licence: tuple[bytes, str] | None = None,
) -> None:
    """Write what an officer decided, with its events, in one transaction."""
    fields = next((list(n.fields) for n in news if n.kind == "correction"), [])
    with database.transaction() as connection:
        moved = connection.execute(
            "update cases set state = ?, open_fields = ?, complete = ? where id = ? and state = ?",
            (state.value, json.dumps(fields, ensure_ascii=False), complete, case.id, case.state.value),
        )
        _moved(moved)
        if licence is not None:
            connection.execute(
                "update cases set licence = ?, signature = ? where id = ?", (*licence, case.id)
            )
        for item in news:
            _write_event(connection, case.holder, case.id, case.submission, item)


def find_case(database: Database, case: str) -> CaseRow | None:
    """A case by its id."""
    row = database.row("select * from cases where id = ?", case)
    return None if row is None else _case(row)


def all_cases(database: Database) -> list[CaseRow]:
    """Every case, in the order they were opened."""
    return [_case(row) for row in database.rows("select * from cases order by rowid")]


def licence_of(database: Database, case: str) -> tuple[bytes, str] | None:
    """The licence of a case and its detached signature, once issued."""
    row = database.row("select licence, signature from cases where id = ?", case)
    return (row["licence"], row["signature"]) if row and row["licence"] else None


def envelope_text(database: Database, submission: str) -> str | None:
    """The canonical envelope of a submission held."""
    row = database.row("select envelope from submission where id = ?", submission)
    return None if row is None else str(row["envelope"])


def feed_page(database: Database, holder: str, after: int, limit: int) -> FeedPage:
    """The events after a cursor."""
    rows = database.rows(
        "select * from event where holder = ? and sequence > ? order by sequence limit ?",
        holder,
        after,
        limit + 1,
    )
    events = tuple(_event(row) for row in rows[:limit])
    cursor = events[-1].cursor if events else str(after)
    return FeedPage(events, cursor, len(rows) > limit)


def _moved(cursor: sqlite3.Cursor) -> None:
    if cursor.rowcount != 1:
        raise StaleCaseError


def _write_event(connection: sqlite3.Connection, holder: str, case: str, submission: str, news: News) -> None:
    connection.execute(
        "insert into event (holder, at, kind, case_id, submission, reason, fields, details) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            holder,
            news.at,
            news.kind,
            case,
            submission,
            news.reason,
            json.dumps(news.fields, ensure_ascii=False),
            json.dumps(dict(news.details or {}), ensure_ascii=False),
        ),
    )


def _case(row: sqlite3.Row) -> CaseRow:
    return CaseRow(
        id=row["id"],
        holder=row["holder"],
        state=CaseState(row["state"]),
        number=row["number"],
        agency=row["agency"],
        submission=row["submission"],
        open_fields=tuple(json.loads(row["open_fields"])),
        complete=bool(row["complete"]),
    )


def _event(row: sqlite3.Row) -> FeedEvent:
    return FeedEvent(
        cursor=str(row["sequence"]),
        at=row["at"],
        kind=row["kind"],
        case=row["case_id"],
        submission=row["submission"],
        reason=row["reason"],
        fields=tuple(json.loads(row["fields"])),
        details=json.loads(row["details"]),
    )
