"""Rules for the layouts of the agencies' files: counts, widths, sources of values, codes, defaults."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from chutdiao.domain.agencyfile import Field, Layout, Shape
from chutdiao.domain.agencyfile.cells import CellError, reader
from chutdiao.domain.agencyfile.writing import braces
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Problem
from chutdiao.formlib.layouts import read_layouts
from chutdiao.formlib.source import Table, mark_of

_PERIOD = frozenset({"period.month", "period.year", "period.month_year", "period.day"})
_ANY_DAY = date(2026, 1, 1)


def check_layouts(documents: Mapping[str, Any], parameters: Parameters) -> Iterator[Problem]:
    """Every mistake in the files of layouts, which are read together."""
    layouts, problems = read_layouts(documents)
    yield from problems
    places = {
        str(row["id"]): str(mark_of(row["id"]))
        for document in documents.values()
        for row in document.get("layouts", ())
    }
    rows = {str(row["id"]): row for d in documents.values() for row in d.get("layouts", ())}
    for name, layout in layouts.items():
        place = places[name]
        for rule in (_counts, _takes, _codes, _names, _examples):
            yield from rule(layout, place)
        for column in layout.payer:
            if column.parameter and column.parameter not in parameters:
                values = {"name": layout.id, "field": column.id, "take": column.parameter}
                yield Problem("layout.take", place, values)
        yield from _overrides(layout, rows[name], place)
    yield from _defaults(layouts, places)


def _counts(layout: Layout, place: str) -> Iterator[Problem]:
    """As many fields, or positions, as the agency states."""
    for record, fields, stated in (
        ("header", layout.header, layout.counts[0]),
        ("detail", layout.detail, layout.counts[1]),
    ):
        if layout.shape is Shape.FIXED:
            count, wanted = sum(one.width for one in fields), layout.length
            for one in fields:
                if not one.width:
                    yield Problem("layout.field-width", place, {"name": layout.id, "field": one.id})
        else:
            count, wanted = len(fields), stated
        if count != wanted:
            values = {"name": layout.id, "record": record, "count": str(count), "wanted": str(wanted)}
            yield Problem("layout.count", place, values)


def _known(layout: Layout) -> frozenset[str]:
    amounts = {f"total.{column.id}" for column in layout.columns if column.kind == "amount"}
    payer = {f"payer.{column.id}" for column in layout.payer}
    return frozenset({c.id for c in layout.columns} | payer | amounts | _PERIOD | {"seq", "total.rows"})


def _takes(layout: Layout, place: str) -> Iterator[Problem]:
    known = _known(layout)
    for one in (*layout.header, *layout.detail):
        only = (one.only.partition("=")[0],) if one.only else ()
        taken = (one.take,) if one.kind != "fixed" and not (one.plus or one.minus) else ()
        for take in (*taken, *one.plus, *one.minus, *only):
            if take not in known:
                yield Problem("layout.take", place, {"name": layout.id, "field": one.id, "take": take})


def _names(layout: Layout, place: str) -> Iterator[Problem]:
    """What the file's name, the sums and the rules speak of is there."""
    known = _known(layout)
    for pattern in (layout.file, layout.sheet):
        for part in braces(pattern):
            take = part.partition(":")[0]
            if take not in known:
                yield Problem("layout.take", place, {"name": layout.id, "field": "file", "take": take})
    spoken = {layout.amount, layout.tax, *layout.payees.columns, *(layout.taxed or ()), *layout.insured}
    spoken |= {doubt.column for doubt in layout.doubts}
    for take in sorted(spoken - {""} - {column.id for column in layout.columns}):
        yield Problem("layout.take", place, {"name": layout.id, "field": "–", "take": take})


def _codes(layout: Layout, place: str) -> Iterator[Problem]:
    asked = {c.id: c for c in layout.columns} | {f"payer.{c.id}": c for c in layout.payer}
    for one in (*layout.header, *layout.detail):
        column = asked.get(one.take)
        if one.kind != "code" or column is None:
            continue
        lacking = [choice.code for choice in column.choices if choice.code not in one.codes]
        if lacking or not column.choices:
            values = {"name": layout.id, "field": one.id, "words": ", ".join(lacking)}
            yield Problem("layout.codes", place, values)


def _examples(layout: Layout, place: str) -> Iterator[Problem]:
    """The example row of the template can be read by its own columns."""
    for column in (*layout.columns, *layout.payer):
        texts = [text for text in (column.example, column.default) if text and not text.startswith("=")]
        for text in texts:
            try:
                reader(column, _ANY_DAY)(text)
            except CellError:
                yield Problem("layout.example", place, {"name": layout.id, "column": column.id})


def _overrides(layout: Layout, raw: Any, place: str) -> Iterator[Problem]:
    written = {_bare(one) for one in (*layout.header, *layout.detail)}
    for name in raw.get("fields", {}):
        if name not in written:
            at = str(raw["fields"].key_mark(name)) if isinstance(raw["fields"], Table) else place
            yield Problem("layout.unused-field", at, {"name": layout.id, "field": str(name)})


def _bare(one: Field) -> str:
    return one.id[: -len(str(one.turn + 1))] if one.turn >= 0 else one.id


def _defaults(layouts: Mapping[str, Layout], places: Mapping[str, str]) -> Iterator[Problem]:
    by_form: dict[str, list[Layout]] = {}
    for layout in layouts.values():
        by_form.setdefault(layout.form, []).append(layout)
    for form, same in by_form.items():
        count = sum(layout.default for layout in same)
        if count != 1:
            yield Problem("layout.default", places[same[0].id], {"form": form, "count": str(count)})
