"""Rows pasted from a spreadsheet: read into a table's columns, or refused whole with nothing lost."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chutdiao.domain.form import Field, FieldType
from chutdiao.domain.problem import Json, Level, Problem
from chutdiao.domain.text import clean, search_key
from chutdiao.domain.typed import read_typed

MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows read, in order, without ids; with a stop problem at the table there are none.

    Problems of cells are placed ``table[<row number>].column``; their cells keep what was pasted.
    """

    rows: tuple[dict[str, Json], ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing was taken over."""
        return not self.rows and bool(self.problems)


def read_paste(field: Field, text: str, today: date) -> Pasted:
    """Read tab- or comma-separated text into the columns the table names for pasting."""
    if len(text) > MOST_CHARACTERS:
        return _refuse(field, "paste.too-much", count=f"{len(text):,}", max=f"{MOST_CHARACTERS:,}")
    grid = _cells(text)
    if not grid:
        return _refuse(field, "paste.nothing")
    columns = _paste_columns(field)
    header = _header(columns, grid[0])
    if header:
        columns, grid = header, grid[1:]
    limit = field.rows.max if field.rows else 0
    if limit and len(grid) > limit:
        return _refuse(field, "paste.too-many", count=f"{len(grid):,}", max=f"{limit:,}")
    wrong = next((number for number, row in enumerate(grid, 1) if len(row) > len(columns)), 0)
    if wrong:
        return _refuse(
            field,
            "paste.columns",
            row=str(wrong),
            count=str(len(grid[wrong - 1])),
            expected=str(len(columns)),
            names=", ".join(column.label.th for column in columns),
        )
    if not grid:
        return _refuse(field, "paste.nothing")
    return _read(field, columns, grid, today)


def _refuse(field: Field, code: str, **values: str) -> Pasted:
    return Pasted((), (Problem(code, field.id, values),))


def _cells(text: str) -> list[list[str]]:
    """Split into cells; quoted cells may hold separators and line ends; empty edges are dropped."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    separator = _separator(plain)
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        rows = list(csv.reader(io.StringIO(plain, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        rows = [line.split(separator) for line in plain.split("\n")]
    kept = [[clean(value) for value in row] for row in rows]
    kept = [row for row in kept if any(row)]
    while kept and all(not row[-1] for row in kept if row) and max(map(len, kept)) > 1:
        width = max(map(len, kept))
        if any(len(row) == width and row[-1] for row in kept):
            break
        kept = [row[: width - 1] for row in kept]
    return kept


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    if "\t" in text:
        return "\t"
    return ";" if first.count(";") > first.count(",") else ","


def _paste_columns(field: Field) -> list[Field]:
    by_id = {column.id: column for column in field.columns}
    named = field.rows.paste if field.rows else ()
    if named:
        return [by_id[name] for name in named if name in by_id]
    return [column for column in field.columns if not column.value and column.type is not FieldType.FILE]


def _header(columns: Sequence[Field], first: Sequence[str]) -> list[Field]:
    """Take the first row as column names when it names at least two columns, or the only one."""
    by_name = {
        key: column
        for column in columns
        for key in (column.id.casefold(), search_key(column.label.th), search_key(column.label.en))
    }
    found = [by_name.get(search_key(name)) for name in first]
    matched = [column for column in found if column is not None]
    if len(matched) != len(found) or len({column.id for column in matched}) != len(matched):
        return []
    return matched if len(matched) >= min(2, len(columns)) else []


def _read(field: Field, columns: Sequence[Field], grid: Sequence[Sequence[str]], today: date) -> Pasted:
    rows: list[dict[str, Json]] = []
    problems: list[Problem] = []
    for number, cells in enumerate(grid, 1):
        row: dict[str, Json] = {}
        for column, text in zip(columns, cells, strict=False):
            value, problem = read_typed(column, text, today)
            if value is not None:
                row[column.id] = value
            if problem is not None:
                place = f"{field.id}[{number}].{column.id}"
                problems.append(
                    Problem(problem.code, place, problem.values, Level.WARN, problem.say, mend=problem.mend)
                )
        rows.append(row)
    return Pasted(tuple(rows), tuple(problems))
