"""Rows from CSV, Excel or JSON as text cells, each with its own row number; every file bounded."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from chutdiao.domain.agencyfile import Sheet
from chutdiao.domain.problem import ChutdiaoError, Problem

MAX_BYTES = 100_000_000
MAX_UNPACKED = 400_000_000
MAX_PARTS = 2_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
_DELIMITERS = ",;\t|"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_sheet(path: Path) -> tuple[Sheet, list[Problem]]:
    """The table of a file and what the user should know of it; raises ChutdiaoError where it is none."""
    data = read_bounded(path)
    if data.startswith(_OLD_EXCEL):
        raise ChutdiaoError(Problem("sheet.old-excel", path.name, {"name": path.name}))
    if data.startswith(_ZIP):
        return _sheet(path.name, _excel(data, path.name)), []
    text, warnings = _text(data, path.name)
    if path.suffix.casefold() == ".json":
        return _json_sheet(text, path.name), warnings
    return _sheet(path.name, _csv(text, path.name)), warnings


def read_bounded(path: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file of at most ``most`` bytes; raises ChutdiaoError where it is larger."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        values = {"name": path.name, "reason": error.strerror or str(error)}
        raise ChutdiaoError(Problem("sheet.unreadable", path.name, values)) from None
    if len(data) > most:
        raise _too_big(path.name, f"{most // 1_000_000} MB")
    return data


def _too_big(name: str, most: str) -> ChutdiaoError:
    return ChutdiaoError(Problem("sheet.too-big", name, {"name": name, "most": most}))


def _text(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """UTF-8, or what a Thai Windows saves without saying so."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        raise ChutdiaoError(Problem("sheet.encoding", name, {"name": name})) from None
    from chutdiao.domain.problem import Level

    return text, [Problem("sheet.read-as-cp874", name, {"name": name}, Level.WARN)]


def _csv(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        values = {"name": name, "row": str(start), "reason": str(error)}
        raise ChutdiaoError(Problem("sheet.not-csv", f"{name}:{start}", values)) from None


def _excel(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The first sheet; archives that unpack to too much are refused before they are unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_big(name, f"{MAX_UNPACKED // 1_000_000} MB")
    except zipfile.BadZipFile:
        raise ChutdiaoError(Problem("sheet.not-excel", name, {"name": name})) from None
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            page = book.worksheets[0]
            page.reset_dimensions()
            for number, row in enumerate(page.iter_rows(values_only=True), 1):
                yield number, [_cell(value) for value in row[: MAX_COLUMNS + 1]]
    except ChutdiaoError:
        raise
    except Exception as error:  # noqa: BLE001 - a hostile workbook fails in as many ways as its reader has
        values = {"name": name, "reason": str(error)[:120]}
        raise ChutdiaoError(Problem("sheet.not-excel", name, values)) from None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # The shortest text that is this number is what the spreadsheet shows; 15 digits are all it keeps.
        text = f"{Decimal(repr(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return unescaped(str(value))


def _json_sheet(text: str, name: str) -> Sheet:
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        place = f"{name}:{getattr(error, 'lineno', 1)}"
        raise ChutdiaoError(
            Problem("sheet.not-json", place, {"name": name, "reason": str(error)[:120]})
        ) from None
    if isinstance(found, dict) and isinstance(found.get("rows"), list):
        found = found["rows"]
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        values = {"name": name, "reason": "[{column: value}, …]"}
        raise ChutdiaoError(Problem("sheet.not-json", name, values))
    if len(found) > MAX_ROWS:
        raise _too_big(name, f"{MAX_ROWS:,}")
    titles = tuple(dict.fromkeys(str(key) for row in found for key in row))
    if len(titles) > MAX_COLUMNS:
        raise _too_big(name, f"{MAX_COLUMNS}")
    rows = [(n, [_json_cell(row.get(title), name, n) for title in titles]) for n, row in enumerate(found, 1)]
    return Sheet(name, titles, rows)


def _json_cell(value: Any, name: str, number: int) -> str:
    if isinstance(value, dict | list):
        raise ChutdiaoError(
            Problem(
                "sheet.not-json",
                f"{name}:{number}",
                {"name": name, "reason": "a cell is a list or an object"},
            )
        )
    return _cell(value)


def _sheet(name: str, rows: Iterable[tuple[int, list[str]]]) -> Sheet:
    """Title row first; rows that begin with # and empty rows are passed over."""
    titles: tuple[str, ...] = ()
    kept: list[tuple[int, list[str]]] = []
    for number, cells in rows:
        if not any(cells) or cells[0].startswith("#") or not any(cell.strip() for cell in cells):
            continue
        if not titles:
            titles = tuple(cell.strip() for cell in cells)
            if len(titles) > MAX_COLUMNS:
                raise _too_big(name, f"{MAX_COLUMNS}")
        else:
            kept.append((number, [unescaped(cell) for cell in cells]))
            if len(kept) > MAX_ROWS:
                raise _too_big(name, f"{MAX_ROWS:,}")
    if not titles:
        raise ChutdiaoError(Problem("sheet.no-rows", name, {"name": name}))
    return Sheet(name, titles, kept)


def read_object(path: Path) -> Mapping[str, str]:
    """A flat JSON object, its values as text."""
    text, _ = _text(read_bounded(path), path.name)
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        place = f"{path.name}:{getattr(error, 'lineno', 1)}"
        values = {"name": path.name, "reason": str(error)[:120]}
        raise ChutdiaoError(Problem("sheet.not-json", place, values)) from None
    if not isinstance(found, dict):
        values = {"name": path.name, "reason": "{key: value}"}
        raise ChutdiaoError(Problem("sheet.not-json", path.name, values))
    return {str(key): _json_cell(value, path.name, 1) for key, value in found.items()}


def escaped(text: str) -> str:
    """A cell as it is exported: what a spreadsheet would take for a formula begins with an apostrophe."""
    return "'" + text if text.startswith(_FORMULA) and not _is_number(text) else text


def unescaped(text: str) -> str:
    """The text that ``escaped`` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _is_number(text: str) -> bool:
    return text[0] in "+-" and text[1:].replace(".", "", 1).isdigit() and text.isascii()
