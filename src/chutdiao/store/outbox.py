"""Frozen submissions in the order they were sent, and what became of each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from chutdiao.app.ports import Attempt, Case, Document, Submission
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import CaseState, DraftState, SubmissionState, may_become
from chutdiao.store.cases import Cases
from chutdiao.store.connection import Database, Row
from chutdiao.store.files import Files
from chutdiao.store.rows import of_business
from chutdiao.store.shapes import ATTEMPT, PROBLEMS, SUBMISSION
from chutdiao.store.trouble import NotHereError

_KINDS = ((b"%PDF", "application/pdf"), (b"\x89PNG", "image/png"))


def _own_case(held: Submission, number: str) -> Case:
    case = f"user-{held.id}"
    return Case(case, held.business, held.step, held.agency, CaseState.REVIEWING, number, (), (), True)


def _moment(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


class SubmissionRows:
    """Implements ``Outbox``; every method is one transaction on the disk when it returns."""

    def __init__(self, database: Database, cases: Cases, files: Files) -> None:
        self._database = database
        self._cases = cases
        self._files = files

    def append(self, submission: Submission) -> Submission:
        """Freeze a submission as the next in order and lock its draft; the same one twice is one."""
        with self._database.change():
            row = self._database.one("SELECT * FROM submission WHERE id = ?", (submission.id,))
            if row is not None:
                if row["digest"] != submission.digest:
                    raise ChutdiaoError(Problem("outbox.id-used", values={"id": submission.id}))
                return self._load(row)
            last = self._database.number("SELECT max(seq) FROM sqlite_sequence WHERE name = 'submission'")
            kept = replace(submission, sequence=last + 1)
            self._database.run(SUBMISSION.insert, SUBMISSION.values(kept))
            for attempt in kept.attempts:
                self._add_attempt(kept.id, attempt)
            self._database.run(
                "UPDATE draft SET state = ? WHERE id = ?", (DraftState.LOCKED.value, submission.draft)
            )
        return kept

    def get(self, submission: str) -> Submission:
        """One submission; raises NotHereError."""
        row = self._database.one("SELECT * FROM submission WHERE id = ?", (submission,))
        if row is None:
            raise NotHereError("submission", submission)
        return self._load(row)

    def all(self, business: str = "") -> Sequence[Submission]:
        """The submissions of a business, or of all, in order."""
        where, values = of_business(business)
        with self._database.alone():
            rows = self._database.run(f"SELECT * FROM submission{where} ORDER BY sequence", values)
            within = f"submission IN (SELECT id FROM submission{where})"
            tries = self._database.run(f"SELECT * FROM attempt WHERE {within} ORDER BY position", values)
        by_submission: dict[str, list[Attempt]] = {}
        for one in tries:
            by_submission.setdefault(one["submission"], []).append(ATTEMPT.build(one))
        return [SUBMISSION.build(row, attempts=tuple(by_submission.get(row["id"], ()))) for row in rows]

    def due(self, now: str) -> Sequence[Submission]:
        """What waits for the wire and may be tried now, in order."""
        rows = self._database.run(
            "SELECT * FROM submission WHERE state = ? AND channel = 'api' ORDER BY sequence",
            (SubmissionState.QUEUED.value,),
        )
        moment = _moment(now)
        return [self._load(row) for row in rows if not row["due_at"] or _moment(row["due_at"]) <= moment]

    def begin(self, submission: str) -> None:
        """Mark a queued submission as on its way."""
        with self._database.change():
            self._move(submission, SubmissionState.SENDING)

    def attempted(self, submission: str, attempt: Attempt, due_at: str) -> None:
        """Keep the words of a try that did not get through; the next is due at ``due_at``."""
        with self._database.change():
            if self.get(submission).state is not SubmissionState.QUEUED:
                self._move(submission, SubmissionState.QUEUED)
            self._add_attempt(submission, attempt)
            self._database.run("UPDATE submission SET due_at = ? WHERE id = ?", (due_at, submission))

    def received(self, submission: str, receipt: str, number: str, case: Case) -> None:
        """Store a receipt that verified, with the case it opens or goes on with."""
        with self._database.change():
            if self.get(submission).state is SubmissionState.RECEIVED:
                return
            self._move(submission, SubmissionState.RECEIVED)
            self._database.run(
                "UPDATE submission SET receipt = ?, number = ?, \"case\" = ?, due_at = '' WHERE id = ?",
                (receipt, number, case.id, submission),
            )
            self._cases.join(case, submission)

    def stop(self, submission: str, problems: Sequence[Problem], attempt: Attempt | None = None) -> None:
        """Take a submission out of the line with the problems to mend; its draft may be mended."""
        with self._database.change():
            self._move(submission, SubmissionState.STOPPED)
            packed = PROBLEMS[0](tuple(problems))
            self._database.run("UPDATE submission SET problems = ? WHERE id = ?", (packed, submission))
            if attempt is not None:
                self._add_attempt(submission, attempt)

    def retry(self, submission: str) -> None:
        """Put a stopped submission back in the line, due at once."""
        with self._database.change():
            self._move(submission, SubmissionState.QUEUED)
            self._database.run(
                "UPDATE submission SET problems = '[]', due_at = '' WHERE id = ?", (submission,)
            )

    def record(self, submission: str, number: str, on: str, scan: str = "") -> None:
        """Store the user's own word that it was filed, with a case that is theirs to follow."""
        with self._database.change():
            held = self.get(submission)
            case = _own_case(held, number)
            self._move(submission, SubmissionState.RECORDED)
            self._database.run(
                'UPDATE submission SET number = ?, recorded_on = ?, "case" = ?, problems = ? WHERE id = ?',
                (number, on, case.id, "[]", submission),
            )
            self._cases.join(case, submission)
            if scan:
                self._files.add(self._scan(held, number, on, scan))

    def recover(self) -> int:
        """Put rows left in ``sending`` by a crash back to ``queued``; same id, so same key."""
        with self._database.change():
            rows = self._database.run(
                "SELECT id FROM submission WHERE state = ?", (SubmissionState.SENDING.value,)
            )
            for row in rows:
                self._move(row["id"], SubmissionState.QUEUED)
        return len(rows)

    def _scan(self, held: Submission, number: str, on: str, digest: str) -> Document:
        data = self._files.read(digest)
        kind = next((kind for start, kind in _KINDS if data.startswith(start)), "image/jpeg")
        name = f"{held.form.replace('/', '-')}-{number}.{kind.rpartition('/')[2]}"
        return Document(
            uuid4().hex, held.business, number, "scan", digest, name, len(data), kind,
            issued_on=on, source=held.agency, added_at=on, used_by=(held.id,),
        )  # fmt: skip

    def _move(self, submission: str, then: SubmissionState) -> None:
        now = self.get(submission).state
        if not may_become(now, then):
            values = {"id": submission, "now": now.value, "then": then.value}
            raise ChutdiaoError(Problem("outbox.state", values=values))
        self._database.run("UPDATE submission SET state = ? WHERE id = ?", (then.value, submission))

    def _add_attempt(self, submission: str, attempt: Attempt) -> None:
        self._database.run(
            "INSERT INTO attempt (submission, at, outcome, status, words) VALUES (?, ?, ?, ?, ?)",
            (submission, *ATTEMPT.values(attempt)),
        )

    def _load(self, row: Row) -> Submission:
        tries = self._database.run(
            "SELECT * FROM attempt WHERE submission = ? ORDER BY position", (row["id"],)
        )
        return SUBMISSION.build(row, attempts=tuple(ATTEMPT.build(one) for one in tries))
