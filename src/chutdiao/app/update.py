"""A draft and a newer version of its form: offered with a preview, applied with nothing lost."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from chutdiao.app.ports import Answers, Draft
from chutdiao.app.prefill import prefill
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import ROW, filled
from chutdiao.domain.check.answers import read_answer
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.submission import DraftState
from chutdiao.domain.text import LocalText
from chutdiao.domain.typed import read_typed

SEVERITIES = ("cosmetic", "data", "legal")


@dataclass(frozen=True, slots=True)
class UpdatePreview:
    """What a newer version would do. ``drawer`` holds the answers it has no place for.

    ``severity`` legal means that the old version is no longer taken.
    """

    draft: Draft
    old: str
    new: str
    severity: str
    say: LocalText
    renamed: Mapping[str, str]
    retyped: tuple[str, ...]
    required: tuple[str, ...]
    added: tuple[str, ...]
    drawer: Answers
    updated: Draft


def offer_update(ws: Workspace, draft: Draft) -> UpdatePreview | None:
    """Return what the newest version would change, or nothing where the draft is up to date or sent.

    What it asks besides is answered from the profile where that knows.
    """
    if draft.state is DraftState.LOCKED or draft.amends:
        return None
    newest = ws.shelf.load(draft.form)
    if newest.version == draft.version:
        return None
    old = ws.shelf.load(draft.form, draft.version)
    record = ws.shelf.migration(draft.form, draft.version, newest.version) or _compared(old, newest)
    renamed = {str(key): str(value) for key, value in _table(record.get("renamed")).items()}
    moved = _Move(newest, renamed, _names(record.get("removed")), ws.clock.now().date())
    added = _added(old, newest, renamed)
    known, _ = prefill(ws, ws.businesses.get(draft.business), newest)
    answers = moved.answers(draft.answers) | {name: known[name] for name in added if name in known}
    said = record.get("say")
    severity = str(record.get("severity", "data"))
    updated = replace(
        draft,
        version=newest.version,
        digest=newest.digest,
        answers=answers,
        unsure=frozenset(renamed.get(place, place) for place in draft.unsure),
        drawer={**draft.drawer, **moved.drawer},
        state=DraftState.EDITING,
        place="",
    )
    return UpdatePreview(
        draft=draft,
        old=draft.version,
        new=newest.version,
        severity=severity if severity in SEVERITIES else "data",
        say=LocalText.of({k: str(v) for k, v in said.items()} if isinstance(said, dict) else None),
        renamed=renamed,
        retyped=_names(record.get("retyped")),
        required=_names(record.get("required")),
        added=added,
        drawer=moved.drawer,
        updated=updated,
    )


def apply_update(ws: Workspace, draft: Draft) -> Draft:
    """Move a draft to the newest version; the old copy is kept, locked, under an id of its own."""
    preview = offer_update(ws, draft)
    if preview is None:
        return draft
    now = ws.clock.now().isoformat()
    if draft.state is DraftState.LOCKED:
        raise ChutdiaoError(Problem("draft.locked", draft.id))
    ws.drafts.save(replace(draft, id=uuid.uuid4().hex, state=DraftState.LOCKED, revision=0, updated_at=now))
    updated = replace(preview.updated, updated_at=now)
    ws.drafts.save(updated)
    return updated


def _added(old: FormSpec, new: FormSpec, renamed: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that the old version did not ask under any name."""
    return tuple(
        spec.id for spec in new.fields() if old.field(spec.id) is None and spec.id not in renamed.values()
    )


def _compared(old: FormSpec, new: FormSpec) -> Mapping[str, Json]:
    """Without a record: what is gone and what changed its type, by comparing the two."""
    then, now = _types(old), _types(new)
    return {
        "severity": "data",
        "removed": [place for place in then if place not in now],
        "retyped": [place for place, kind in then.items() if now.get(place, kind) != kind],
    }


def _types(form: FormSpec) -> dict[str, FieldType]:
    found = {spec.id: spec.type for spec in form.fields()}
    for spec in form.fields():
        found |= {f"{spec.id}.{column.id}": column.type for column in spec.columns}
    return found


def _names(value: Json) -> tuple[str, ...]:
    if isinstance(value, dict | list):
        return tuple(str(name) for name in value)
    return ()


def _table(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


class _Move:
    """Carries answers over; what has no place any more goes to the drawer."""

    def __init__(
        self, form: FormSpec, renamed: Mapping[str, str], removed: tuple[str, ...], today: date
    ) -> None:
        self._form = form
        self._renamed = renamed
        self._removed = set(removed)
        self._today = today
        self.drawer: Answers = {}

    def answers(self, old: Answers) -> Answers:
        """Return the answers under the new version's names and types."""
        carried: Answers = {}
        for name, value in old.items():
            spec = None if name in self._removed else self._form.field(self._renamed.get(name, name))
            if spec is None:
                self._put_aside(name, value)
            elif spec.type is FieldType.TABLE and isinstance(value, list):
                carried[spec.id] = [self._row(name, spec, row) for row in value]
            else:
                self._carry(carried, spec, name, value)
        return carried

    def _row(self, table: str, spec: Field, row: Json) -> Json:
        if not isinstance(row, dict):
            return row
        columns = {column.id: column for column in spec.columns}
        kept: dict[str, Json] = {ROW: row.get(ROW)}
        for name, value in row.items():
            if name == ROW:
                continue
            path = f"{table}.{name}"
            target = self._renamed.get(path, name).rpartition(".")[2]
            place = f"{table}[{row.get(ROW)}].{name}"
            if path in self._removed or target not in columns:
                self._put_aside(place, value)
            else:
                self._carry(kept, columns[target], place, value)
        return kept

    def _carry(self, into: dict[str, Json], spec: Field, place: str, value: Json) -> None:
        if isinstance(value, str) and filled(value):
            _, problem = read_answer(spec, value, self._today)
            if problem is not None:
                value, problem = read_typed(spec, value, self._today)
                if problem is not None:
                    self._put_aside(place, value)
                    return
        into[spec.id] = value

    def _put_aside(self, place: str, value: Json) -> None:
        if filled(value):
            self.drawer[place] = value
