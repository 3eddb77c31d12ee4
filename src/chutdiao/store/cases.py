"""What the agencies say, once each, and the state it brings."""

from collections.abc import Sequence
from dataclasses import replace

from chutdiao.app.ports import Case, CaseEvent
from chutdiao.domain.submission import CaseState, case_may_become
from chutdiao.store.connection import Database, Row
from chutdiao.store.rows import of_business
from chutdiao.store.shapes import CASE, EVENT
from chutdiao.store.trouble import NotHereError

_STATES = {state.value: state for state in CaseState} | {
    "received": CaseState.REVIEWING,
    "complete": CaseState.REVIEWING,
    "resubmitted": CaseState.REVIEWING,
}
_NUMBERS = ("number", "licence_number")


def state_after(now: CaseState, then: CaseState) -> CaseState:
    """The state an agency's word brings; it may skip states but never goes back or leaves an end."""
    seen, edge = {now}, [now]
    while edge:
        here = edge.pop()
        for state in CaseState:
            if state not in seen and case_may_become(here, state):
                seen.add(state)
                edge.append(state)
    return then if then in seen else now


class Cases:
    """Implements ``CaseBook``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, business: str = "") -> Sequence[Case]:
        """The cases of a business, or of all, oldest first."""
        where, values = of_business(business)
        within = f'WHERE "case" IN (SELECT id FROM agency_case{where}) ORDER BY position'
        joined: dict[str, list[str]] = {}
        heard: dict[str, list[CaseEvent]] = {}
        with self._database.alone():
            rows = self._database.run(f"SELECT * FROM agency_case{where} ORDER BY rowid", values)
            for one in self._database.run(f"SELECT * FROM case_submission {within}", values):
                joined.setdefault(one["case"], []).append(one["submission"])
            for one in self._database.run(f"SELECT * FROM event {within}", values):
                heard.setdefault(one["case"], []).append(EVENT.build(one))
        return [
            CASE.build(
                row, submissions=tuple(joined.get(row["id"], ())), events=tuple(heard.get(row["id"], ()))
            )
            for row in rows
        ]

    def get(self, case: str) -> Case:
        """One case with its submissions and events; raises NotHereError."""
        row = self._database.one("SELECT * FROM agency_case WHERE id = ?", (case,))
        if row is None:
            raise NotHereError("case", case)
        return self._load(row)

    def apply(self, event: CaseEvent) -> bool:
        """Store one event and the state it brings, once; ``False`` when seen before or not ours."""
        with self._database.change():
            seen = self._database.one(
                'SELECT cursor FROM event WHERE "case" = ? AND cursor = ?', (event.case, event.cursor)
            )
            if seen is not None:
                return False
            known = self._database.one("SELECT id FROM agency_case WHERE id = ?", (event.case,)) is not None
            if not known and not self._open_from(event):
                return False
            self._database.run(EVENT.insert, EVENT.values(event))
            self._bring(event)
        return True

    def cursor(self, agency: str) -> str:
        """Where reading an agency's feed goes on."""
        row = self._database.one("SELECT cursor FROM feed WHERE agency = ?", (agency,))
        return str(row["cursor"]) if row else ""

    def set_cursor(self, agency: str, cursor: str) -> None:
        """Keep where reading an agency's feed goes on."""
        with self._database.change():
            self._database.run("INSERT OR REPLACE INTO feed VALUES (?, ?)", (agency, cursor))

    def join(self, case: Case, submission: str) -> None:
        """Write a case, new or known, with one more submission."""
        with self._database.change():
            row = self._database.one("SELECT * FROM agency_case WHERE id = ?", (case.id,))
            if row is None:
                self._database.run(CASE.insert, CASE.values(case))
            else:
                held = CASE.build(row, submissions=(), events=())
                # A receipt may come after the feed told of its submission and of what followed: no news then.
                told = self._has_told_of(case.id, submission)
                state = held.state if told else state_after(held.state, case.state)
                kept = replace(held, state=state, number=held.number or case.number)
                self._database.run(CASE.upsert, CASE.values(kept))
            for one in dict.fromkeys((*case.submissions, submission)):
                self._attach(case.id, one)

    def _has_told_of(self, case: str, submission: str) -> bool:
        heard = 'SELECT 1 FROM event WHERE "case" = ? AND submission = ?'
        return self._database.one(heard, (case, submission)) is not None

    def _open_from(self, event: CaseEvent) -> bool:
        """Open the case of a submission whose receipt was lost on the way; the feed came first."""
        row = self._database.one(
            "SELECT business, step, agency FROM submission WHERE id = ?", (event.submission,)
        )
        if row is None:
            return False
        case = Case(event.case, row["business"], row["step"], row["agency"], CaseState.REVIEWING, "", (), ())
        self.join(case, event.submission)
        return True

    def _bring(self, event: CaseEvent) -> None:
        case = self.get(event.case)
        number = next((value for name, value in event.details if name in _NUMBERS and value), case.number)
        then = _STATES.get(event.kind)
        state = case.state if then is None else state_after(case.state, then)
        self._database.run(
            "UPDATE agency_case SET state = ?, number = ? WHERE id = ?", (state.value, number, case.id)
        )

    def _attach(self, case: str, submission: str) -> None:
        self._database.run(
            "INSERT OR IGNORE INTO case_submission SELECT ?, count(*), ? FROM case_submission"
            ' WHERE "case" = ?',
            (case, submission, case),
        )

    def _events(self, case: str) -> tuple[CaseEvent, ...]:
        rows = self._database.run('SELECT * FROM event WHERE "case" = ? ORDER BY position', (case,))
        return tuple(EVENT.build(row) for row in rows)

    def _load(self, row: Row) -> Case:
        joined = self._database.run(
            'SELECT submission FROM case_submission WHERE "case" = ? ORDER BY position', (row["id"],)
        )
        submissions = tuple(one["submission"] for one in joined)
        return CASE.build(row, submissions=submissions, events=self._events(row["id"]))
