"""The first schema."""

STATEMENTS = (
    """CREATE TABLE business (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, journey TEXT NOT NULL, interview TEXT NOT NULL,
        not_sure TEXT NOT NULL, created_at TEXT NOT NULL)""",
    """CREATE TABLE subject (
        id TEXT PRIMARY KEY, business TEXT NOT NULL, kind TEXT NOT NULL)""",
    "CREATE INDEX subject_business ON subject (business)",
    """CREATE TABLE role (
        business TEXT NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL,
        subject TEXT NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
        PRIMARY KEY (business, role, position))""",
    """CREATE TABLE fact (
        subject TEXT NOT NULL REFERENCES subject (id) ON DELETE CASCADE, fact TEXT NOT NULL,
        value TEXT NOT NULL, source TEXT NOT NULL, source_date TEXT NOT NULL, confirmed_by TEXT NOT NULL,
        PRIMARY KEY (subject, fact))""",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY, business TEXT NOT NULL, step TEXT NOT NULL, form TEXT NOT NULL,
        version TEXT NOT NULL, digest TEXT NOT NULL, answers TEXT NOT NULL, unsure TEXT NOT NULL,
        drawer TEXT NOT NULL, state TEXT NOT NULL, revision INTEGER NOT NULL, place TEXT NOT NULL,
        updated_at TEXT NOT NULL, amends TEXT NOT NULL, open_fields TEXT NOT NULL)""",
    "CREATE INDEX draft_business ON draft (business)",
    """CREATE TABLE quarantine (
        draft TEXT PRIMARY KEY, business TEXT NOT NULL, reason TEXT NOT NULL, bytes BLOB NOT NULL)""",
    """CREATE TABLE submission (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, business TEXT NOT NULL,
        draft TEXT NOT NULL, step TEXT NOT NULL, form TEXT NOT NULL, version TEXT NOT NULL,
        agency TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, envelope TEXT NOT NULL,
        digest TEXT NOT NULL, files TEXT NOT NULL, queued_at TEXT NOT NULL, due_at TEXT NOT NULL,
        "case" TEXT NOT NULL, receipt TEXT NOT NULL, number TEXT NOT NULL, recorded_on TEXT NOT NULL,
        problems TEXT NOT NULL)""",
    "CREATE INDEX submission_business ON submission (business)",
    "CREATE INDEX submission_state ON submission (state)",
    """CREATE TABLE attempt (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        submission TEXT NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
        at TEXT NOT NULL, outcome TEXT NOT NULL, status INTEGER NOT NULL, words TEXT NOT NULL)""",
    "CREATE INDEX attempt_submission ON attempt (submission)",
    """CREATE TABLE agency_case (
        id TEXT PRIMARY KEY, business TEXT NOT NULL, step TEXT NOT NULL, agency TEXT NOT NULL,
        state TEXT NOT NULL, number TEXT NOT NULL, recorded_by_user INTEGER NOT NULL)""",
    "CREATE INDEX case_business ON agency_case (business)",
    """CREATE TABLE case_submission (
        "case" TEXT NOT NULL REFERENCES agency_case (id) ON DELETE CASCADE,
        position INTEGER NOT NULL, submission TEXT NOT NULL, PRIMARY KEY ("case", submission))""",
    # No reference to agency_case: the feed may speak of a case before its receipt arrives.
    """CREATE TABLE event (
        position INTEGER PRIMARY KEY AUTOINCREMENT, cursor TEXT NOT NULL, at TEXT NOT NULL,
        kind TEXT NOT NULL, "case" TEXT NOT NULL, submission TEXT NOT NULL, reason TEXT NOT NULL,
        fields TEXT NOT NULL, details TEXT NOT NULL, UNIQUE ("case", cursor))""",
    "CREATE TABLE feed (agency TEXT PRIMARY KEY, cursor TEXT NOT NULL)",
    "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL)",
    """CREATE TABLE document (
        id TEXT PRIMARY KEY, business TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
        sha256 TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, type TEXT NOT NULL,
        issued_on TEXT NOT NULL, expires_on TEXT NOT NULL, source TEXT NOT NULL, added_at TEXT NOT NULL,
        used_by TEXT NOT NULL)""",
    "CREATE INDEX document_business ON document (business)",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
