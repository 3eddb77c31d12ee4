"""Whether a submission keeps the law of its form: the very check the applicant's program ran."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from chutdiao.contracts.canonical import canonical
from chutdiao.contracts.envelope import Envelope
from chutdiao.domain.check import Context, FormState, evaluate, signature_problems
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem

# The place of a drawn signature among an envelope's files, before its role.
SIGNATURE = "signature:"


class Shelf(Protocol):
    """The form packages this agency knows."""

    def load(self, form: str, version: str = "") -> FormSpec: ...
    def agencies(self) -> Mapping[str, Json]: ...
    def parameters(self) -> Parameters: ...


class Tables(Protocol):
    """The reference tables this agency knows."""

    def holds(self, table: str, code: str) -> bool: ...
    def label(self, table: str, code: str) -> str: ...


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
        found += signature_problems(state.signatories(), envelope.signatures)
        return found + _file_problems(form, envelope)

    def computed(self, form: FormSpec) -> frozenset[str]:
        """The top-level fields that follow from others."""
        return frozenset(f.id for f in form.fields() if f.value)

    def label(self, table: str, code: str) -> str:
        """The Thai label of a code."""
        return self._tables.label(table, code)

    def _state(self, form: FormSpec, envelope: Envelope, today: date) -> FormState:
        filled = datetime.fromisoformat(envelope.created_at).date()
        # A clock may run a little ahead; one far ahead must not choose its own law.
        on = filled if filled <= today + timedelta(days=1) else today
        context = Context(on, self._shelf.parameters())
        return evaluate(form, dict(envelope.answers), context, tables=self._tables.holds)


def _file_problems(form: FormSpec, envelope: Envelope) -> list[Problem]:
    named = {(f.field, f.sha256, f.size) for f in envelope.files if not f.field.startswith(SIGNATURE)}
    answered = {
        (place, str(item.get("sha256")), item.get("size"))
        for place, value in _file_answers(form.fields(), envelope.answers, "")
        for item in value
        if isinstance(item, dict)
    }
    drawn = {s.image for s in envelope.signatures if s.image}
    signed = {f.sha256 for f in envelope.files if f.field.startswith(SIGNATURE)}
    return [] if named == answered and drawn == signed else [Problem("envelope.files", "files")]


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
