"""Read the data file of ``fill``: bounded JSON whose keys are field ids, each wrong key a problem."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from chutdiao.domain.check import ROW
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem
from chutdiao.formlib.cases import with_rows
from chutdiao.formlib.shape import nearest

MAX_BYTES = 5_000_000
Answers = dict[str, Json]


def read_data(path: Path) -> Answers:
    """Read an object from a JSON file; raises ChutdiaoError when it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        values = {"file": path.name, "reason": error.strerror or str(error)}
        raise ChutdiaoError(Problem("fill.unreadable", path.name, values)) from None
    if len(data) > MAX_BYTES:
        values = {"size": str(path.stat().st_size), "limit": str(MAX_BYTES)}
        raise ChutdiaoError(Problem("fill.too-large", path.name, values))
    found = _parsed(data, path.name)
    if not isinstance(found, dict):
        raise ChutdiaoError(Problem("fill.not-an-object", f"{path.name}:1:1"))
    return found


def _parsed(data: bytes, name: str) -> Json:
    try:
        # Numbers are kept as they are written: money never passes through a float.
        found: Json = json.loads(
            data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=_refuse
        )
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise ChutdiaoError(
            Problem("fill.not-json", place, {"reason": error.msg, "line": str(error.lineno)})
        ) from None
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ChutdiaoError(
            Problem("fill.not-json", f"{name}:1:1", {"reason": reason, "line": "1"})
        ) from None
    return found


def _refuse(word: str) -> Json:
    raise ValueError(word)


def fit(form: FormSpec, data: Mapping[str, Json]) -> tuple[Answers, list[Problem]]:
    """The answers a form takes from data, and a problem for every key it does not take."""
    problems: list[Problem] = []
    known = {question.id: question for question in form.fields()}
    answers: Answers = {}
    for key, value in data.items():
        if key not in known:
            problems.append(_unknown(key, key, known))
        elif known[key].value:
            problems.append(Problem("fill.computed", key, {"key": key}, Level.WARN))
        else:
            answers[key] = value
    answers = with_rows(form, answers)
    for question in known.values():
        if question.id in answers and question.type is FieldType.TABLE:
            answers[question.id], wrong = _rows(question, answers[question.id])
            problems.extend(wrong)
    return answers, problems


def _unknown(key: str, place: str, known: Mapping[str, Field]) -> Problem:
    return Problem("fill.unknown-key", place, {"key": key, "nearest": nearest(key, known)})


def _rows(table: Field, rows: Json) -> tuple[Json, list[Problem]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        values = {"value": str(rows)[:60], "expected": f"[{{{ROW}, …}}]"}
        return [], [Problem("fill.wrong-shape", table.id, values)]
    problems: list[Problem] = []
    columns = {column.id: column for column in table.columns}
    kept: list[Json] = []
    for row in rows:
        assert isinstance(row, dict)
        problems.extend(_row_problems(table, row, columns))
        kept.append({key: cell for key, cell in row.items() if key == ROW or _taken(columns.get(key))})
    return kept, problems


def _taken(column: Field | None) -> bool:
    return column is not None and not column.value


def _row_problems(table: Field, row: Mapping[str, Json], columns: Mapping[str, Field]) -> Iterator[Problem]:
    for key in row:
        place = f"{table.id}[{row.get(ROW)}].{key}"
        if key != ROW and key not in columns:
            yield _unknown(key, place, columns)
        elif key != ROW and columns[key].value:
            yield Problem("fill.computed", place, {"key": key}, Level.WARN)


_UNREADABLE = frozenset({"answer.type", "money.unreadable", "number.unreadable", "date.unreadable"})


def readable(answers: Answers, problems: Iterable[Problem]) -> Answers:
    """The answers without those that cannot be read as their field's type, which paper cannot show."""
    places = {problem.place for problem in problems if problem.code in _UNREADABLE}
    return {key: _readable_cell(key, value, places) for key, value in answers.items() if key not in places}


def _readable_cell(key: str, value: Json, places: set[str]) -> Json:
    if not isinstance(value, list):
        return value
    rows: list[Json] = []
    for row in value:
        if isinstance(row, dict):
            row = {name: cell for name, cell in row.items() if f"{key}[{row.get(ROW)}].{name}" not in places}
        rows.append(row)
    return rows
