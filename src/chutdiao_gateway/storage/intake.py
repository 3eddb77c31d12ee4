"""Idempotency keys: one key is one body and one answer, for ever."""

from dataclasses import dataclass

from chutdiao_gateway.storage.database import Database


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given: status and JSON text."""

    status: int
    body: str


class InFlightError(Exception):
    """The key is being worked on by another request."""


class OtherBodyError(Exception):
    """The key was used with another body."""


def claim(database: Database, key: str, holder: str, body_digest: str) -> Answer | None:
    """Take a key for work; ``None`` means it is ours now, an answer means the work was done before."""
    with database.transaction() as connection:
        row = connection.execute("select * from intake where key = ?", (key,)).fetchone()
        if row is None:
            connection.execute(
                "insert into intake (key, holder, body_digest) values (?, ?, ?)", (key, holder, body_digest)
            )
            return None
    if row["holder"] != holder or row["body_digest"] != body_digest:
        raise OtherBodyError
    if row["status"] == 0:
        raise InFlightError
    return Answer(row["status"], row["answer"])


def release(database: Database, key: str) -> None:
    """Give a key back unanswered."""
    with database.transaction() as connection:
        connection.execute("delete from intake where key = ? and status = 0", (key,))


def keep_answer(database: Database, key: str, answer: Answer) -> None:
    """Keep a refusal, so that the same key and body are refused the same way."""
    with database.transaction() as connection:
        connection.execute(
            "update intake set status = ?, answer = ? where key = ?", (answer.status, answer.body, key)
        )
