"""Check what an author wrote against a schema of ``forms/schema`` and say where it is wrong."""

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from chutdiao.domain.problem import Problem
from chutdiao.formlib.source import NOWHERE, Mark, Node, Table, mark_of, plain

# A definition that fails as a whole has a sentence of its own; the rest fall back to the keyword's.
_BY_DEFINITION = {
    "date": "form.wrong-date",
    "whole": "form.wrong-number",
    "money": "form.wrong-money",
    "flag": "form.wrong-flag",
    "id": "form.wrong-id",
    "name": "form.wrong-id",
    "version": "form.wrong-version",
    "expression": "form.wrong-expression-shape",
    "fieldType": "form.unknown-type",
}
_BY_KEYWORD = {
    "enum": "form.not-one-of",
    "type": "form.wrong-type",
    "pattern": "form.wrong-text",
    "minLength": "form.wrong-text",
    "minItems": "form.empty-list",
    "uniqueItems": "form.twice-in-list",
    "minProperties": "form.empty-list",
}


def check_shape(node: Node, schema: Path) -> list[Problem]:
    """Every way in which a document is not what the schema says, each with its place."""
    validator, keys = _validator(schema)
    errors = validator.iter_errors(plain(node))
    found = (problem for error in errors for problem in _problems(node, error, keys))
    return list({(problem.code, problem.place): problem for problem in found}.values())


@cache
def _validator(schema: Path) -> tuple[Any, list[str]]:
    import jsonschema_rs

    document = json.loads(schema.read_bytes())
    return jsonschema_rs.Draft202012Validator(document, validate_formats=True), sorted(set(_keys(document)))


def _keys(schema: Any) -> Iterator[str]:
    """Every key the schema knows anywhere."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _keys(part)


def _problems(root: Node, error: Any, keys: list[str]) -> Iterator[Problem]:
    node, mark = _find(root, error.instance_path)
    keyword = str(error.schema_path[-1])
    definition = _definition(error.schema_path)
    if keyword == "additionalProperties":
        for key in error.kind.unexpected:
            place = node.key_mark(key) if isinstance(node, Table) else mark
            yield Problem("form.unknown-key", str(place), {"key": str(key), "nearest": nearest(key, keys)})
    elif keyword == "required":
        code = "form.missing-translation" if definition == "say" else "form.missing-key"
        yield Problem(_NEEDED.get(error.kind.property, code), str(mark), {"key": str(error.kind.property)})
    else:
        code = _BY_DEFINITION.get(definition) or _BY_KEYWORD.get(keyword, "form.wrong-shape")
        yield Problem(code, str(mark), {"value": _short(node), "expected": _expected(error)})


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; a dash where none is."""
    return next(iter(get_close_matches(str(word), [str(k) for k in known], 1)), "–")


_NEEDED = {"source": "form.missing-source", "law": "form.missing-law", "label": "form.missing-label"}


def _find(root: Node, path: list[str | int]) -> tuple[Any, Mark]:
    """The node at a path and where its value, or else its key, was written."""
    node: Any = root
    mark = mark_of(root)
    for step in path:
        if isinstance(node, Table):
            mark = node.key_mark(str(step))
        node = node[step]
        found = mark_of(node)
        mark = found if found is not NOWHERE else mark
    return node, mark


def _definition(schema_path: list[str | int]) -> str:
    """The innermost named definition that the error came from, when the whole of it failed."""
    steps = [str(step) for step in schema_path]
    return steps[-2] if len(steps) > 2 and steps[-3] == "$defs" else ""


def _short(node: Any) -> str:
    text = str(node) if isinstance(node, str) else json.dumps(plain(node), ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def _expected(error: Any) -> str:
    kind = error.kind
    for name in ("options", "types", "pattern"):
        value = getattr(kind, name, None)
        if value is not None:
            return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return ""
