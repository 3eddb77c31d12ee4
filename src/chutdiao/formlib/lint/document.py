"""Rules for the documents of a print map: places name what exists, formats are known."""

from collections.abc import Iterator
from typing import Any

from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Problem
from chutdiao.domain.template import FORMATS, Slot, parts_of
from chutdiao.formlib.lint.draft import Draft, Spot
from chutdiao.formlib.lint.expressions import compiled, unknown_parameters
from chutdiao.formlib.shape import nearest
from chutdiao.formlib.source import Mark, Table, mark_of, place_of

_MISSING_FIELD = "print.item-without-field"
_TEMPLATES = ("title", "heading", "text", "item", "right", "small", "sign", "box", "name")


def check_document(draft: Draft, layout: Table, parameters: Parameters) -> Iterator[Problem]:
    """Every problem of one document."""
    yield from _tables(draft, layout, "each")
    around = _named(layout, "each")
    for part in layout.get("parts", ()):
        wrong = [*_tables(draft, part, "each"), *_tables(draft, part, "table")]
        yield from wrong
        if wrong:
            continue  # what stands in rows of an unknown table cannot be judged
        here = _named(part, "each") or around
        if "when" in part:
            yield from _expression(
                draft, str(part["when"]), mark_of(part["when"], part.mark), here, parameters
            )
        for key in _TEMPLATES:
            if key in part:
                yield from _template(draft, part[key], here, parameters)
        for column in part.get("columns", ()):
            yield from _template(draft, column["head"], here, parameters)
            yield from _template(draft, column["cell"], _named(part, "table"), parameters)


def _named(node: Table, key: str) -> tuple[str, ...]:
    return (str(node[key]),) if key in node else ()


def _tables(draft: Draft, node: Table, key: str) -> Iterator[Problem]:
    if key in node and node[key] not in draft.tables:
        values = {"name": str(node[key]), "nearest": nearest(node[key], draft.tables)}
        yield Problem(_MISSING_FIELD, place_of(node[key]), values)


def _template(draft: Draft, text: Any, tables: tuple[str, ...], parameters: Parameters) -> Iterator[Problem]:
    mark = mark_of(text)
    for part in parts_of(str(text)):
        if not isinstance(part, Slot):
            if "{" in part or "}" in part:
                yield Problem("print.broken-place", str(mark), {"text": part.strip("{} ")[:60]})
            continue
        if part.format and part.format not in FORMATS:
            values = {"name": part.format, "nearest": nearest(part.format, FORMATS)}
            yield Problem("print.unknown-format", str(mark), values)
        if part.source.isidentifier():
            yield from _missing(part.source, draft.names_in(tables), mark)
        else:
            yield from _expression(draft, part.source, mark, tables, parameters)


def _missing(name: str, known: frozenset[str], mark: Mark) -> Iterator[Problem]:
    if name not in known:
        yield Problem(_MISSING_FIELD, str(mark), {"name": name, "nearest": nearest(name, known)})


def _expression(
    draft: Draft, source: str, mark: Mark, tables: tuple[str, ...], parameters: Parameters
) -> Iterator[Problem]:
    expression = compiled(Spot(source, mark, "value"))
    if isinstance(expression, Problem):
        yield expression
        return
    known = draft.names_in(tables)
    names = dict.fromkeys(expression.outer | expression.above, known)
    names |= {name: draft.names_in((*over, *tables)) for over, name in expression.inner if name}
    for name, among in sorted(names.items()):
        yield from _missing(name, among, mark)
    yield from unknown_parameters(expression, mark, parameters)
