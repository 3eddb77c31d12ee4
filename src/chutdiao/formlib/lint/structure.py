"""Rules for the parts of a form: ids, labels, facts, choices, tables, channels, dates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chutdiao.domain.ids import KINDS
from chutdiao.domain.journey.planning import LOCAL
from chutdiao.domain.problem import Level, Problem
from chutdiao.formlib.lint.draft import Draft, Written
from chutdiao.formlib.shape import nearest
from chutdiao.formlib.source import Table, place_of

_ONLY = {
    "columns": {"table"},
    "rows": {"table"},
    "choices": {"choice", "choices"},
    "of": {"identity"},
    "table": {"reference"},
    "whole": {"number"},
    "decimals": {"number", "money"},
    "grouped": {"number"},
    "limits": {"file"},
    "document": {"file"},
    "long": {"text"},
}
_ALIKE = ({"text", "name", "branch"}, {"choice", "text"}, {"number", "money"}, {"phone", "text"})


@dataclass(frozen=True, slots=True)
class Around:
    """What a form may point at."""

    facts: Mapping[str, Any]
    roles: Mapping[str, Any]
    agencies: Mapping[str, Any]
    services: Iterable[str]
    tables: frozenset[str]


def check_structure(draft: Draft, around: Around) -> Iterator[Problem]:
    """Every problem of the form's parts."""
    for rule in (
        _ids,
        _labels,
        _keys_of_type,
        _needed_of_type,
        _tables,
        _agency,
        _dates,
        _channels,
        _signatories,
    ):
        yield from rule(draft, around)
    yield from _binds(draft, around)
    yield from _documents(draft)


def _ids(draft: Draft, _: Around) -> Iterator[Problem]:
    raw = draft.raw
    groups: list[list[Any]] = [
        [row["id"] for row in raw["sections"]],
        [*(f.raw["id"] for f in draft.fields if not f.table), *(row["id"] for row in draft.computed)],
        [row["id"] for row in raw.get("requirements", ())],
        [row["role"] for row in raw.get("signatories", ())],
    ]
    groups.extend([f.raw["id"] for f in draft.fields if f.table == table] for table in draft.tables)
    for written in draft.fields:
        choices = written.raw.get("choices", ())
        groups.append([item["code"] if isinstance(item, Table) else item for item in choices])
    for group in groups:
        yield from _twice(group)


def _twice(ids: list[Any]) -> Iterator[Problem]:
    seen: dict[str, Any] = {}
    for entry in ids:
        if entry in seen:
            values = {"id": str(entry), "line": str(seen[entry].line)}
            yield Problem("form.duplicate-id", place_of(entry), values)
        seen.setdefault(entry, entry)


def _labels(draft: Draft, around: Around) -> Iterator[Problem]:
    for written in draft.fields:
        bound = written.raw.get("bind") in around.facts or written.raw.get("bind") in around.roles
        if "label" not in written.raw and not bound:
            yield Problem("form.missing-label", str(written.mark), {"key": written.path})
        for choice in written.raw.get("choices", ()):
            fact = around.facts.get(str(written.raw.get("bind", "")), {})
            if not isinstance(choice, Table) and not _labelled(fact, choice):
                yield Problem(
                    "form.missing-choice-label", place_of(choice), {"code": str(choice)}, Level.WARN
                )


def _labelled(fact: Mapping[str, Any], code: str) -> bool:
    return any(isinstance(item, Mapping) and item.get("code") == code for item in fact.get("choices", ()))


def _keys_of_type(draft: Draft, _: Around) -> Iterator[Problem]:
    for written in draft.fields:
        for key in written.raw:
            if key in _ONLY and written.type not in _ONLY[key]:
                values = {"key": str(key), "type": written.type, "types": ", ".join(sorted(_ONLY[key]))}
                yield Problem("form.key-of-other-type", str(written.raw.key_mark(key)), values)


def _needed_of_type(draft: Draft, around: Around) -> Iterator[Problem]:
    needs = {
        "choice": "choices",
        "choices": "choices",
        "table": "columns",
        "reference": "table",
        "identity": "of",
    }
    for written in draft.fields:
        key = needs.get(written.type)
        fact = around.facts.get(str(written.raw.get("bind", "")), {})
        if key and key not in written.raw and key not in fact and written.type != "identity":
            yield Problem("form.missing-key", str(written.mark), {"key": key})
        table = written.raw.get("table", fact.get("table"))
        if written.type == "reference" and table is not None and table not in around.tables:
            values = {"name": str(table), "nearest": nearest(table, around.tables)}
            yield Problem("form.unknown-reference", place_of(table, written.mark), values)
        of = written.raw.get("of")
        known = KINDS | draft.names_in((written.table,) if written.table else ())
        if of is not None and of not in known:
            yield Problem("form.unknown-name", place_of(of), {"name": str(of), "nearest": nearest(of, known)})


def _offers(draft: Draft, around: Around) -> Iterator[Problem]:
    """Ready rows come from a table there is, by a choice of the form, into a column of text."""
    for written in draft.fields:
        offer = written.raw.get("rows", {}).get("offer")
        if offer is None:
            continue
        by = [f.id for f in draft.fields if f.type in {"choice", "choices"} and not f.table]
        columns = draft.tables.get(written.id, {})
        for key, known, code in (
            ("table", around.tables, "form.unknown-reference"),
            ("by", by, "form.unknown-name"),
            ("into", columns, "form.unknown-column"),
        ):
            if offer[key] not in known:
                values = {"name": str(offer[key]), "nearest": nearest(offer[key], known)}
                yield Problem(code, place_of(offer[key]), values)


def _tables(draft: Draft, _: Around) -> Iterator[Problem]:
    for written in draft.fields:
        if written.type == "table" and written.table:
            yield Problem("form.table-in-table", str(written.mark), {"field": written.path})
        rows = written.raw.get("rows", {})
        columns = draft.tables.get(written.id, {})
        for name in rows.get("paste", ()):
            if name not in columns:
                values = {"name": str(name), "nearest": nearest(name, columns)}
                yield Problem("form.unknown-column", place_of(name), values)
            elif "value" in columns[name].raw:
                yield Problem("form.paste-computed", place_of(name), {"name": str(name)})
        if {"min", "max"} <= set(rows) and int(rows["min"]) > int(rows["max"]):
            yield Problem(
                "form.wrong-order", place_of(rows["min"]), {"low": rows["min"], "high": rows["max"]}
            )


def _agency(draft: Draft, around: Around) -> Iterator[Problem]:
    raw = draft.raw
    agency = raw["agency"]
    agencies = [LOCAL, *around.agencies]
    if agency not in agencies:
        values = {"name": str(agency), "nearest": nearest(agency, agencies)}
        yield Problem("form.unknown-agency", place_of(agency), values)
    service = raw.get("service")
    if service is not None and service not in around.services:
        values = {"name": str(service), "nearest": nearest(service, around.services)}
        yield Problem("form.unknown-service", place_of(service), values)
    about = {section["about"]: section["about"] for section in raw["sections"] if "about" in section}
    for role in about:
        if role not in around.roles:
            values = {"name": str(role), "nearest": nearest(role, around.roles)}
            yield Problem("form.unknown-role", place_of(role), values)


def _dates(draft: Draft, _: Around) -> Iterator[Problem]:
    effective = draft.raw["effective"]
    if "to" in effective and effective["to"] < effective["from"]:
        values = {"low": str(effective["from"]), "high": str(effective["to"])}
        yield Problem("form.wrong-order", place_of(effective["to"]), values)
    fee = draft.raw.get("fee", {})
    if {"low", "high"} <= set(fee) and float(fee["low"]) > float(fee["high"]):
        yield Problem("form.wrong-order", place_of(fee["low"]), {"low": fee["low"], "high": fee["high"]})


def _channels(draft: Draft, _: Around) -> Iterator[Problem]:
    raw = draft.raw
    has_portal = "portal" in raw
    if "portal" in raw["channels"] and not has_portal:
        yield Problem("form.missing-portal", place_of(raw["channels"]))
    if has_portal and "portal" not in raw["channels"]:
        yield Problem("form.portal-not-a-channel", str(raw.key_mark("portal")))
    for step in raw.get("portal", {}).get("steps", ()):
        for name in step.get("fields", ()):
            if name not in draft.names:
                values = {"name": str(name), "nearest": nearest(name, draft.names)}
                yield Problem("form.unknown-name", place_of(name), values)


def _signatories(draft: Draft, _: Around) -> Iterator[Problem]:
    if "signatories" not in draft.raw:
        yield Problem("form.no-signatory", str(draft.raw.mark), {}, Level.WARN)
    for signatory in draft.raw.get("signatories", ()):
        table = signatory.get("each")
        if table is not None and table not in draft.tables:
            values = {"name": str(table), "nearest": nearest(table, draft.tables)}
            yield Problem("form.unknown-table", place_of(table), values)


def _binds(draft: Draft, around: Around) -> Iterator[Problem]:
    for written in draft.fields:
        bind = written.raw.get("bind")
        if bind is None or (written.type == "table" and bind in around.roles):
            continue
        if bind not in around.facts:
            values = {"name": str(bind), "nearest": nearest(bind, [*around.facts, *around.roles])}
            yield Problem("form.unknown-fact", place_of(bind), values)
        elif not _fits(written, str(around.facts[bind].get("type", ""))):
            values = {"name": str(bind), "type": written.type, "fact": str(around.facts[bind]["type"])}
            yield Problem("form.fact-of-other-type", place_of(bind), values)


def _fits(written: Written, fact: str) -> bool:
    return fact == written.type or any({fact, written.type} <= kinds for kinds in _ALIKE)


def _documents(draft: Draft) -> Iterator[Problem]:
    known = [row["id"] for row in draft.raw.get("requirements", ())]
    for written in draft.fields:
        document = written.raw.get("document")
        if document is not None and document not in known:
            values = {"name": str(document), "nearest": nearest(document, known)}
            yield Problem("form.unknown-document", place_of(document), values)
