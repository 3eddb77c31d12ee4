"""One open form: set an answer, learn which places changed."""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from chutdiao.app.ports import Answers, Draft
from chutdiao.domain.check import ALL, ROW, Context, FormState, HasCode, LiveForm, cell, filled, node_of
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.submission import DraftState


class ClosedError(ChutdiaoError):
    """The answer may not be changed now: the draft was sent, or the officer opened other fields only."""


class FormSession:
    """A draft being filled. Nothing here touches the disk; ``draft`` is what to save."""

    def __init__(self, form: FormSpec, draft: Draft, context: Context, tables: HasCode | None = None) -> None:
        self.form = form
        self._draft = draft
        self._live = LiveForm(form, own_copy(form, draft.answers), context, draft.unsure, tables)
        self._state: FormState | None = None
        self._context, self._tables = context, tables

    @property
    def state(self) -> FormState:
        """Everything known about the answers now."""
        if self._state is None:
            self._state = self._live.state()
        return self._state

    @property
    def answers(self) -> Answers:
        """The answers as they stand; a copy down to the rows, which have their ids since they came in."""
        return {
            name: [dict(row) if isinstance(row, dict) else row for row in value]
            if isinstance(value, list)
            else value
            for name, value in self._live.answers.items()
        }

    @property
    def open_only(self) -> tuple[str, ...]:
        """The places a correction leaves open; none: all are."""
        return self._draft.open_fields

    def draft(self) -> Draft:
        """Return the draft with the answers as they stand."""
        return replace(self._draft, answers=self.answers, unsure=frozenset(self._live.unsure))

    def set(self, place: str, value: Json) -> frozenset[str]:
        """Write one answer: a field, a cell, a part of an address or a whole table.

        Returns the places whose state changed; raises ClosedError where the place may not change.
        """
        self._may_change(place)
        spec, row, part = self._find(place)
        owner: dict[str, Json] = self._row(place) if row else self._live.answers
        if spec.type is FieldType.TABLE:
            return self._set_rows(spec, value)
        if part:
            value = _with_part(owner.get(spec.id), part, value)
        value = _normal(value)
        if filled(value):
            owner[spec.id] = value
            self._live.unsure.discard(place.partition(".")[0] if not row else place)
        else:
            owner.pop(spec.id, None)
        return self._changed(place)

    def having(self, table: str, rows: list[Json]) -> "FormSession":
        """A session of its own with a whole table written; this one stays as it is.

        Thousands of rows take a second to check, so this may run off the window's thread while this
        session rests; raises ClosedError where the table may not change.
        """
        self._may_change(table)
        spec, row, _ = self._find(table)
        if row or spec.type is not FieldType.TABLE:
            raise ChutdiaoError(Problem("answer.type", table, {"value": str(len(rows))}))
        given = [_normal(item) for item in rows if isinstance(item, dict)]
        held = self.draft()
        draft = replace(held, answers={**held.answers, table: given})
        return FormSession(self.form, draft, self._context, self._tables)

    def add_row(self, table: str, values: Mapping[str, Json] | None = None) -> str:
        """Add a row at the end and return its id."""
        self._may_change(table)
        rows = self._rows(table)
        row_id = new_row_id()
        rows.append({ROW: row_id, **{key: _normal(value) for key, value in (values or {}).items()}})
        self._changed_rows(table)
        return row_id

    def remove_row(self, table: str, row: str) -> frozenset[str]:
        """Drop a row and return the places whose state changed."""
        self._may_change(table)
        self._live.answers[table] = [kept for kept in self._rows(table) if _id(kept) != row]
        self._live.unsure = {place for place in self._live.unsure if not place.startswith(f"{table}[{row}]")}
        return self._changed_rows(table)

    def flag_unsure(self, place: str, flag: bool) -> frozenset[str]:
        """Flag an open question *not sure yet*, or take the flag away."""
        self._may_change(place)
        (self._live.unsure.add if flag else self._live.unsure.discard)(place)
        return self._changed(place)

    def _changed(self, place: str) -> frozenset[str]:
        self._state = None
        key, rows = node_of(place)
        return self._live.change({key: rows})

    def _changed_rows(self, table: str) -> frozenset[str]:
        self._state = None
        return self._live.change({table: ALL}) | {table}

    def _set_rows(self, spec: Field, value: Json) -> frozenset[str]:
        if value is not None and not isinstance(value, list):
            raise ChutdiaoError(Problem("answer.type", spec.id, {"value": str(value)[:60]}))
        given = [_normal(item) for item in value or [] if isinstance(item, dict)]
        rows: list[Json] = _with_ids(given)
        self._live.answers[spec.id] = rows
        return self._changed_rows(spec.id)

    def _rows(self, table: str) -> list[Json]:
        spec = self.form.field(table)
        if spec is None or spec.type is not FieldType.TABLE:
            raise ChutdiaoError(Problem("answer.unknown", table, {"name": table}))
        rows = self._live.answers.setdefault(table, [])
        if not isinstance(rows, list):
            rows = self._live.answers[table] = []
        return rows

    def _row(self, place: str) -> dict[str, Json]:
        table, _, rest = place.partition("[")
        row_id = rest.partition("]")[0]
        for row in self._rows(table):
            if isinstance(row, dict) and row.get(ROW) == row_id:
                return row
        raise ChutdiaoError(Problem("answer.unknown", place, {"name": place}))

    def _find(self, place: str) -> tuple[Field, str, str]:
        """Return the field or column of a place, its row and its part."""
        head, bracket, rest = place.partition("[")
        row, _, inner = rest.partition("].")
        name, _, part = (inner if bracket else head).partition(".")
        top = self.form.field(head if bracket else name)
        spec = top
        if bracket and top is not None:
            spec = next((column for column in top.columns if row and column.id == name), None)
        if spec is None:
            raise ChutdiaoError(Problem("answer.unknown", place, {"name": place}))
        if spec.value:
            raise ClosedError(Problem("answer.computed", place, {"name": spec.label.th}))
        return spec, row, part

    def _may_change(self, place: str) -> None:
        if self._draft.state is DraftState.LOCKED:
            raise ClosedError(Problem("draft.locked", place))
        if not may_change(self._draft.open_fields, place):
            raise ClosedError(Problem("correction.closed", place))


def may_change(open_fields: tuple[str, ...], place: str) -> bool:
    """Whether a place lies in the fields a correction opened; with none named, all are open."""
    return not open_fields or any(
        place == opened or place.startswith((f"{opened}.", f"{opened}[", f"{opened}]."))
        for opened in open_fields
    )


def new_row_id() -> str:
    """Return a row id that stays with its row."""
    return f"r{secrets.token_hex(5)}"


def own_copy(form: FormSpec, answers: Mapping[str, Json]) -> Answers:
    """Copy answers so that rows can be changed; every row gets an id of its own."""
    copied: Answers = dict(answers)
    for spec in form.fields():
        rows = copied.get(spec.id)
        if spec.type is FieldType.TABLE and isinstance(rows, list):
            copied[spec.id] = _with_ids(rows)
    return copied


def _with_ids(rows: list[Json]) -> list[Json]:
    seen: set[str] = set()
    copied: list[Json] = []
    for row in rows:
        if not isinstance(row, dict):
            copied.append(row)
            continue
        row_id = _id(row)
        if not row_id or row_id in seen:
            row_id = new_row_id()
        seen.add(row_id)
        copied.append({**row, ROW: row_id})
    return copied


def _id(row: Json) -> str:
    found = row.get(ROW) if isinstance(row, dict) else None
    return found if isinstance(found, str) else ""


def _with_part(whole: Json, part: str, value: Json) -> Json:
    parts = dict(whole) if isinstance(whole, dict) else {}
    if filled(value):
        parts[part] = value
    else:
        parts.pop(part, None)
    return parts


def _normal(value: Json) -> Json:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _normal(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_normal(part) for part in value]
    return value


__all__ = ["ClosedError", "FormSession", "cell", "may_change", "new_row_id", "own_copy"]
