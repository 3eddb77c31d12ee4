"""Bearer tokens; only their digests are kept."""

import secrets
from dataclasses import dataclass
from typing import Literal

from chutdiao.contracts.canonical import digest_of
from chutdiao_gateway.storage.database import Database

Role = Literal["applicant", "officer"]


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks, and in which role."""

    holder: str
    role: Role
    token_digest: str


def open_session(database: Database, holder: str, role: Role) -> str:
    """Make a token."""
    token = secrets.token_urlsafe(32)
    with database.transaction() as connection:
        connection.execute(
            "insert into session (token_digest, holder, role) values (?, ?, ?)",
            (digest_of(token.encode()), holder, role),
        )
    return token


def find_session(database: Database, token: str) -> Session | None:
    """The session of a token, unless it was closed."""
    row = database.row("select * from session where token_digest = ?", digest_of(token.encode()))
    return None if row is None else Session(row["holder"], row["role"], row["token_digest"])


def close_session(database: Database, session: Session) -> None:
    """Make a token worthless."""
    with database.transaction() as connection:
        connection.execute("delete from session where token_digest = ?", (session.token_digest,))
