"""Rates, limits and holidays: from their files to dated values."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from chutdiao.domain.parameters import Dated, DatedTable, DatedValue, Parameters, Rows
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib import tree
from chutdiao.formlib.source import place_of, read_yaml

_CONFIDENCE = ("high", "medium", "low")
KEYS = frozenset({"id", "title", "unit", "values", "note"})
VALUE_KEYS = frozenset({"value", "rows", "from", "to", "source", "checked_on", "confidence", "note"})
_NEEDED = ("from", "source", "checked_on")


def load_parameters(forms_dir: Path, documents: Mapping[str, Any] | None = None) -> Parameters:
    """Every dated value and holiday under ``forms_dir``; ``documents`` are the files already read.

    Raises ChutdiaoError with every mistake found, each with its place.
    """
    if documents is None:
        paths = tree.parameters(forms_dir)
        documents = {
            name: read_yaml(path, name) for path in paths for name in [tree.name_in(forms_dir, path)]
        }
    values, tables, problems = read_parameters(documents)
    if problems:
        raise ChutdiaoError(*problems)
    holidays, years = load_holidays(sorted((forms_dir / "calendar").glob("*.csv")))
    return Parameters(values, holidays, years, tables)


def read_parameters(
    documents: Mapping[str, Any],
) -> tuple[dict[str, list[DatedValue]], dict[str, list[DatedTable]], list[Problem]]:
    """Dated values and tables by name, and what is wrong with the files they come from."""
    found: dict[str, list[Dated[Any]]] = {}
    problems: list[Problem] = []
    for file, document in documents.items():
        rows = document.get("parameters") if isinstance(document, Mapping) else document
        if not isinstance(rows, list):
            problems.append(Problem("parameter.no-list", _place(document, file)))
            continue
        for row in rows:
            _read_parameter(row, file, found, problems)
    tables = {name: rows for name, rows in found.items() if isinstance(rows[0].value, tuple)}
    return {name: rows for name, rows in found.items() if name not in tables}, tables, problems


def _read_parameter(row: Any, file: str, found: dict[str, list[Dated[Any]]], problems: list[Problem]) -> None:
    if not isinstance(row, Mapping) or "id" not in row:
        problems.append(Problem("parameter.no-id", _place(row, file)))
        return
    name = str(row["id"])
    problems += [Problem("parameter.unknown-key", _place(k, file), {"key": k}) for k in row if k not in KEYS]
    if name in found:
        problems.append(Problem("parameter.twice", _place(row["id"], file), {"name": name}))
        return
    read = [_read_value(item, name, file, problems) for item in row.get("values") or ()]
    found[name] = sorted((value for value in read if value), key=lambda value: value.start)
    if not found[name]:
        problems.append(Problem("parameter.no-values", _place(row, file), {"name": name}))
        del found[name]
        return
    if len({isinstance(value.value, tuple) for value in found[name]}) > 1:
        problems.append(Problem("parameter.mixed", _place(row, file), {"name": name}))
    for before, after in zip(found[name], found[name][1:], strict=False):
        if (before.end is not None and before.end >= after.start) or before.start == after.start:
            days = {"name": name, "day": after.start.isoformat()}
            problems.append(Problem("parameter.overlap", _place(row, file), days))


def _read_value(item: Any, name: str, file: str, problems: list[Problem]) -> Dated[Any] | None:
    if not isinstance(item, Mapping):
        problems.append(Problem("parameter.no-values", _place(item, file), {"name": name}))
        return None
    before = len(problems)
    problems += [
        Problem("parameter.unknown-key", _place(k, file), {"key": k}) for k in item if k not in VALUE_KEYS
    ]
    for key in (*_NEEDED, *(() if "rows" in item else ("value",))):
        if not str(item.get(key, "")).strip():
            problems.append(Problem("parameter.missing", _place(item, file), {"name": name, "key": key}))
    confidence = str(item.get("confidence", "high"))
    if confidence not in _CONFIDENCE:
        values = {"name": name, "value": confidence}
        problems.append(Problem("parameter.confidence", _place(item["confidence"], file), values))
    if len(problems) > before:
        return None
    is_table = "rows" in item
    value = _rows(item, name, file, problems) if is_table else _number(item["value"], name, file, problems)
    start, checked = (_day(item[key], name, file, problems) for key in ("from", "checked_on"))
    end = _day(item["to"], name, file, problems) if item.get("to") else None
    if value is None or start is None or checked is None:
        return None
    if end is not None and end < start:
        problems.append(Problem("parameter.backwards", _place(item["to"], file), {"name": name}))
        return None
    return Dated(value, start, end, str(item["source"]), checked, confidence)


def _rows(item: Mapping[str, Any], name: str, file: str, problems: list[Problem]) -> Rows | None:
    """The rows of a table: flat mappings whose cells stay the text that was written."""
    rows = item["rows"]
    flat = isinstance(rows, list) and all(
        isinstance(row, Mapping) and not any(isinstance(cell, (Mapping, list)) for cell in row.values())
        for row in rows
    )
    if flat and rows and "value" not in item:
        return tuple({str(key): str(cell) for key, cell in row.items()} for row in rows)
    problems.append(Problem("parameter.rows", _place(item, file), {"name": name}))
    return None


def _number(text: Any, name: str, file: str, problems: list[Problem]) -> Decimal | None:
    try:
        number = Decimal(str(text).replace("_", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite():
        return number
    problems.append(Problem("parameter.number", _place(text, file), {"name": name, "value": str(text)}))
    return None


def _day(text: Any, name: str, file: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        problems.append(Problem("parameter.date", _place(text, file), {"name": name, "value": str(text)}))
        return None


def _place(node: object, file: str) -> str:
    place = place_of(node)
    return place if not place.startswith(":") else file


def load_holidays(paths: Iterable[Path]) -> tuple[frozenset[date], frozenset[int]]:
    """Government holidays, and the years of which all of them have been announced.

    A year still projected is not known: its days are counted, and a deadline that passes it says so.
    """
    days: set[date] = set()
    years: set[int] = set()
    projected: set[int] = set()
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                day = date.fromisoformat(row["date"])
                years.add(day.year)
                if row["status"] == "projected":
                    projected.add(day.year)
                if row["government"] != "0":
                    days.add(day)
    return frozenset(days), frozenset(years - projected)
