"""Attachments by their content."""

from chutdiao_gateway.storage.database import Database


def put_file(database: Database, holder: str, sha256: str, data: bytes) -> bool:
    """Keep a file; ``False`` where it was held already."""
    with database.transaction() as connection:
        cursor = connection.execute(
            "insert or ignore into file (sha256, holder, data) values (?, ?, ?)", (sha256, holder, data)
        )
        return cursor.rowcount == 1


def file_size(database: Database, holder: str, sha256: str) -> int | None:
    """The size of a file held, if it is."""
    row = database.row(
        "select length(data) as size from file where sha256 = ? and holder = ?", sha256, holder
    )
    return None if row is None else int(row["size"])
