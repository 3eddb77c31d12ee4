"""Signatures given before sending, and documents that a newer one replaces."""

STATEMENTS = (
    # answers: the digest of what was signed; a signature counts only while the draft still says the same.
    """CREATE TABLE draft_signature (
        draft TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE, role TEXT NOT NULL, row TEXT NOT NULL,
        kind TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, image TEXT NOT NULL,
        answers TEXT NOT NULL, PRIMARY KEY (draft, role, row))""",
    "ALTER TABLE document ADD COLUMN replaced_by TEXT NOT NULL DEFAULT ''",
)
