"""Whether a submission keeps the law of its form: the very check the applicant's program ran."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from chutdiao.contracts.canonical import canonical
from chutdiao.contracts.envelope import Envelope
from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem
from chutdiao.domain.submission import FileRef


class Shelf(Protocol):
    """The form packages this agency knows."""

    def load(self, form: str, version: str = "") -> FormSpec: ...
    def agencies(self) -> Mapping[str, Json]: ...
    def parameters(self) -> Parameters: ...


class Tables(Protocol):
    """The reference tables this agency knows."""

    def row(self, table: str, code: str) -> object | None: ...


class Judge:
    """Checks envelopes against the form packages."""

    def __init__(self, shelf: Shelf, tables: Tables) -> None:
        self._shelf = shelf
        self._tables = tables

    def form(self, envelope: Envelope) -> FormSpec | Problem:
        """The form an envelope names, in exactly the version it was filled in."""
        try:
            form = self._shelf.load(envelope.form.id, envelope.form.version)
        except (ChutdiaoError, KeyError, FileNotFoundError):
            values = {"form": envelope.form.id, "version": envelope.form.version}
            return Problem("envelope.unknown-form", "form", values)
        if form.digest != envelope.form.digest:
            return Problem("envelope.other-form", "form", {"form": form.id, "version": form.version})
        return form

    def problems(self, envelope: Envelope, today: date) -> list[Problem]:
        """Everything that keeps an envelope from being accepted."""
        if envelope.channel != "api":
            return [Problem("envelope.channel", "channel", {"channel": envelope.channel})]
        if envelope.agency not in self._shelf.agencies():
            return [Problem("envelope.agency", "agency", {"agency": envelope.agency})]
        form = self.form(envelope)
        if isinstance(form, Problem):
            return [form]
        state = self._state(form, envelope, today)
        found = [p for p in state.problems if p.level is Level.STOP]
        if not found and canonical(dict(state.submitted())) != canonical(dict(envelope.answers)):
            found.append(Problem("envelope.not-as-computed", "answers"))
        return found + _file_problems(form, envelope)

    def computed(self, form: FormSpec) -> frozenset[str]:
        """The top-level fields that follow from others."""
        return frozenset(f.id for f in form.fields() if f.value)

    def _state(self, form: FormSpec, envelope: Envelope, today: date) -> FormState:
        filled = datetime.fromisoformat(envelope.created_at).date()
        context = Context(min(filled, today), self._shelf.parameters())
        return evaluate(form, dict(envelope.answers), context, tables=self._holds)

    def _holds(self, table: str, code: str) -> bool:
        return self._tables.row(table, code) is not None


def _file_problems(form: FormSpec, envelope: Envelope) -> list[Problem]:
    named = {(f.field, f.sha256, f.size) for f in envelope.files}
    answered = {
        (place, str(item.get("sha256")), item.get("size"))
        for place, value in _file_answers(form.fields(), envelope.answers, "")
        for item in value
        if isinstance(item, dict)
    }
    if named != answered:
        return [Problem("envelope.files", "files")]
    limits = {f.id: f.limits for f in form.fields() if f.limits is not None}
    return [p for f in envelope.files if (limit := limits.get(f.field)) and (p := _limit_problem(f, limit))]


def _limit_problem(file: FileRef, limit: object) -> Problem | None:
    most, types = getattr(limit, "bytes", 0), getattr(limit, "types", ())
    if file.size > most:
        return Problem("file.too-large", file.field, {"name": file.name, "limit": str(most)})
    if file.type not in types:
        return Problem("file.type", file.field, {"name": file.name, "type": file.type})
    return None


def _file_answers(
    fields: Iterable[Field], answers: Mapping[str, Json], prefix: str
) -> Iterable[tuple[str, list[Json]]]:
    for field in fields:
        value = answers.get(field.id)
        if not isinstance(value, list):
            continue
        if field.type is FieldType.FILE:
            yield prefix + field.id, value
        elif field.type is FieldType.TABLE:
            for row in value:
                if isinstance(row, dict):
                    yield from _file_answers(field.columns, row, f"{field.id}[{row.get('_row')}].")
