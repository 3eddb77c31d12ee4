"""Facts and answers: a fact fills every field bound to it, and an answer may become a fact."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chutdiao.app.ports import Answers, Business, FactValue
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import ROW, Context, FormState, cell, evaluate, filled
from chutdiao.domain.form import Field, FieldType, FormSpec, Section
from chutdiao.domain.problem import Json, Level
from chutdiao.domain.text import LocalText
from chutdiao.domain.typed import show_name

_IDENTITY = "person.identity"
# where a fact of a kind is looked for when its section is about somebody else
_USUAL_ROLE = {"business": "business", "person": "business.owner", "premises": "business.premises"}
_KIND_OF_ROLE = {
    "business": "business",
    "business.premises": "premises",
    "business.branches": "premises",
    "business.employees": "employment",
}


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that differs from the profile, or is new to it (``old`` is none).

    ``subject`` is empty where one has to be made in ``role``; ``row`` is the table's row. Without a
    ``fact`` it says who is in the role now: ``members`` are subjects and rows in the table's order,
    ``joining`` and ``leaving`` the names of those who come and go.
    """

    place: str
    label: LocalText
    fact: str
    role: str
    subject: str
    row: str
    value: Json
    old: FactValue | None
    members: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bound:
    """A field or column with the role and subject its fact belongs to."""

    spec: Field
    place: str
    role: str
    subject: str
    row: str = ""


class _Profile:
    """The facts of one business, each subject read once."""

    def __init__(self, ws: Workspace, business: str) -> None:
        self._ws = ws
        self._business = business
        self._facts: dict[str, Mapping[str, FactValue]] = {}
        self._roles: dict[str, Sequence[str]] = {}
        self._values: dict[tuple[str, bool, str], Mapping[str, str]] = {}
        self._kinds = dict(_KIND_OF_ROLE)
        self._like: dict[str, str] = {}
        for role in _listed_roles(ws):
            self._kinds[str(role["id"])] = str(role.get("subject", "person"))
            self._like[str(role["id"])] = str(role.get("like", ""))

    def kind(self, role: str) -> str:
        return self._kinds.get(role, "person")

    def subjects(self, role: str) -> Sequence[str]:
        if role not in self._roles:
            self._roles[role] = self._ws.facts.subjects(self._business, role)
        return self._roles[role]

    def offered(self, role: str) -> Sequence[str]:
        """Who has a role; while nobody has, who has the role it is like."""
        seen: set[str] = set()
        while role and role not in seen:
            seen.add(role)
            if self.subjects(role):
                return self.subjects(role)
            role = self._like.get(role, "")
        return ()

    def everybody(self, kind: str) -> Sequence[str]:
        """Every subject of a kind the business knows, in a role or no longer in any."""
        return self._ws.facts.everybody(self._business, kind)

    def known(self, role: str, fact: str, value: Json, anywhere: bool) -> str:
        """The subject of a role whose fact says this, else one ``anywhere`` in the business; or nothing."""
        if not filled(value):
            return ""
        found = self._by_value(role, fact, False).get(_key(value), "")
        return found or (self._by_value(role, fact, True).get(_key(value), "") if anywhere else "")

    def _by_value(self, role: str, fact: str, anywhere: bool) -> Mapping[str, str]:
        key = (role, anywhere, fact)
        if key not in self._values:
            subjects = self.everybody(self.kind(role)) if anywhere else self.subjects(role)
            held = [(self.facts(subject).get(fact), subject) for subject in reversed(subjects)]
            self._values[key] = {_key(one.value): subject for one, subject in held if one is not None}
        return self._values[key]

    def name(self, subject: str) -> str:
        """What a subject is called, for a sentence."""
        facts = self.facts(subject)
        for fact in ("person.name", "premises.name", "person.identity", "premises.branch"):
            if fact in facts and filled(facts[fact].value):
                value = facts[fact].value
                return show_name(dict(value)) if isinstance(value, dict) else str(value)
        return ""

    def first(self, role: str) -> str:
        return next(iter(self.subjects(role)), "")

    def facts(self, subject: str) -> Mapping[str, FactValue]:
        if not subject:
            return {}
        if subject not in self._facts:
            self._facts[subject] = self._ws.facts.read(subject)
        return self._facts[subject]

    def role_for(self, fact: str, about: str) -> str:
        kind = fact.partition(".")[0]
        if about and kind != "business" and self.kind(about) == kind:
            return about
        return _USUAL_ROLE.get(kind, "")


def _key(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _listed_roles(ws: Workspace) -> Iterator[Mapping[str, Json]]:
    """The roles of facts.yaml."""
    listed = ws.shelf.index().get("roles")
    for role in listed.values() if isinstance(listed, dict) else ():
        if isinstance(role, dict) and "id" in role:
            yield role


def prefill(ws: Workspace, business: Business, form: FormSpec) -> tuple[Answers, dict[str, FactValue]]:
    """Return the answers the profile knows, and for each place the fact it came from."""
    profile = _Profile(ws, business.id)
    answers: Answers = {}
    origins: dict[str, FactValue] = {}
    for section in form.sections:
        for spec in section.fields:
            if spec.type is FieldType.TABLE and spec.bind:
                rows = _rows(profile, spec, origins)
                if rows:
                    answers[spec.id] = rows
            elif spec.bind and not spec.value:
                subject = next(iter(profile.offered(profile.role_for(spec.bind, section.about))), "")
                _fill(spec, profile.facts(subject).get(spec.bind), answers, spec.id, origins)
    return answers, origins


def _rows(profile: _Profile, table: Field, origins: dict[str, FactValue]) -> list[Json]:
    rows: list[Json] = []
    for subject in profile.offered(table.bind):
        row: dict[str, Json] = {ROW: subject}
        for column in table.columns:
            if column.bind and not column.value:
                fact = profile.facts(subject).get(column.bind)
                _fill(column, fact, row, cell(table.id, subject, column.id), origins)
        if len(row) > 1:
            rows.append(row)
    return rows


def _fill(
    spec: Field,
    fact: FactValue | None,
    into: dict[str, Json],
    place: str,
    origins: dict[str, FactValue],
) -> None:
    value = _fitting(spec, fact.value) if fact is not None else None
    if fact is not None and filled(value):
        into[spec.id] = value
        origins[place] = fact


def _fitting(spec: Field, value: Json) -> Json:
    """Return a fact's value in the shape of a field, or nothing where it does not fit."""
    if spec.type is FieldType.NAME:
        return {"full": value} if isinstance(value, str) and value else value
    if isinstance(value, dict) and spec.type is FieldType.TEXT:
        return show_name(value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if spec.type is FieldType.CHOICE and value not in {choice.code for choice in spec.choices}:
        return None
    if spec.type is FieldType.CHOICES and isinstance(value, list):
        return [code for code in value if code in {choice.code for choice in spec.choices}]
    return value


def profile_changes(ws: Workspace, business: Business, form: FormSpec, answers: Answers) -> list[Change]:
    """Return the visible, sound answers that the profile does not hold or holds differently."""
    profile = _Profile(ws, business.id)
    state = evaluate(form, answers, Context(ws.clock.now().date(), ws.parameters))
    stopped = {
        problem.place.partition(".")[0] if "[" not in problem.place else problem.place
        for problem in state.problems
        if problem.level is Level.STOP
    }
    changes: list[Change] = []
    seen: set[tuple[str, str, str]] = set()
    for bound in _bound(profile, form, state):
        held = state.fields[bound.place]
        key = (bound.role, bound.subject or bound.row, bound.spec.bind)
        if not held.visible or not filled(held.value) or bound.place in stopped or key in seen:
            continue
        seen.add(key)
        old = profile.facts(bound.subject).get(bound.spec.bind)
        if old is None or _fitting(bound.spec, old.value) != held.value:
            changes.append(
                Change(
                    bound.place,
                    held.label,
                    bound.spec.bind,
                    bound.role,
                    bound.subject,
                    bound.row,
                    held.value,
                    old,
                )
            )
    return [*changes, *_memberships(profile, form, state, stopped)]


def _memberships(profile: _Profile, form: FormSpec, state: FormState, stopped: set[str]) -> Iterator[Change]:
    """For each visible table of a role: who came from elsewhere and, where it is sound, who left."""
    for table in form.fields():
        ids = state.row_ids.get(table.id, ())
        if table.type is not FieldType.TABLE or not table.bind:
            continue
        if not state.fields[table.id].visible or not ids:
            continue
        bound = [column for column in table.columns if column.bind and not column.value]
        found = {row: _subject_of_row(profile, table, bound, row, state) for row in ids}
        held = profile.subjects(table.bind)
        joining = [subject for subject in found.values() if subject and subject not in held]
        wrong = any(place == table.id or place.startswith(f"{table.id}[") for place in stopped)
        leaving = [] if wrong else [subject for subject in held if subject not in found.values()]
        listed = [found[row] or row for row in ids]
        if joining or leaving:
            yield Change(
                table.id,
                state.fields[table.id].label,
                "",
                table.bind,
                "",
                "",
                None,
                None,
                tuple([*held, *listed] if wrong else listed),
                tuple(profile.name(subject) for subject in joining),
                tuple(profile.name(subject) for subject in leaving),
            )


def _bound(profile: _Profile, form: FormSpec, state: FormState) -> Iterator[_Bound]:
    for section in form.sections:
        for spec in section.fields:
            if not spec.bind:
                continue
            if spec.type is FieldType.TABLE:
                yield from _bound_cells(profile, spec, state)
                continue
            role = profile.role_for(spec.bind, section.about)
            if role:
                subject = profile.first(role) or _numbered_in(profile, section, state, role)
                yield _Bound(spec, spec.id, role, subject)


def _numbered_in(profile: _Profile, section: Section, state: FormState, role: str) -> str:
    """A role nobody has yet is taken by the person whose number the section gives, where one is known."""
    numbers = (state.fields[spec.id].value for spec in section.fields if spec.bind == _IDENTITY)
    return next((found for n in numbers if (found := profile.known(role, _IDENTITY, n, True))), "")


def _bound_cells(profile: _Profile, table: Field, state: FormState) -> Iterator[_Bound]:
    bound = [column for column in table.columns if column.bind and not column.value]
    for row in state.row_ids.get(table.id, ()):
        subject = _subject_of_row(profile, table, bound, row, state)
        for column in bound:
            yield _Bound(column, cell(table.id, row, column.id), table.bind, subject, row)


def _subject_of_row(
    profile: _Profile, table: Field, bound: Sequence[Field], row: str, state: FormState
) -> str:
    """A row filled from a subject carries its id; another is known by its number, else by its name.

    Outside the role only a number says that two are the same person, for names are shared.
    """
    if row in profile.subjects(table.bind):
        return row
    for kind in (FieldType.IDENTITY, FieldType.BRANCH, FieldType.NAME):
        for column in (column for column in bound if column.type is kind):
            value = state.fields[cell(table.id, row, column.id)].value
            found = profile.known(table.bind, column.bind, value, anywhere=kind is FieldType.IDENTITY)
            if found:
                return found
    return ""


def apply_changes(
    ws: Workspace,
    business: Business,
    changes: Sequence[Change],
    source: str = "typed",
    confirmed_by: str = "",
) -> None:
    """Write answers into the profile, making the subjects that do not exist yet."""
    profile = _Profile(ws, business.id)
    today = ws.clock.now().date().isoformat()
    numbers = {(c.role, c.row): _key(c.value) for c in changes if c.fact == _IDENTITY and c.row}
    made: dict[tuple[str, str], str] = {}
    by_number: dict[str, str] = {}
    for change in (change for change in changes if change.fact):
        person = (change.role, change.row)
        subject = change.subject or made.get(person, "")
        if not subject:
            # The same number typed under two roles is one person.
            number = numbers.get(person, "")
            subject = by_number.get(number, "")
            subject = subject or ws.facts.new_subject(business.id, profile.kind(change.role))
            held = ws.facts.subjects(business.id, change.role)
            ws.facts.set_role(business.id, change.role, (*held, subject))
            made[person] = subject
            if number:
                by_number[number] = subject
        elif not change.row and not ws.facts.subjects(business.id, change.role):
            ws.facts.set_role(business.id, change.role, (subject,))
        ws.facts.write(FactValue(change.fact, change.value, source, today, confirmed_by, subject))
    for change in (change for change in changes if not change.fact):
        now = [made.get((change.role, member), member) for member in change.members]
        known = set(ws.facts.everybody(business.id, profile.kind(change.role)))
        # A row with nothing to keep made no subject: it joins nobody.
        ws.facts.set_role(business.id, change.role, [subject for subject in now if subject in known])
