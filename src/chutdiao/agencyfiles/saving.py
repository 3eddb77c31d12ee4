"""Files written whole or not at all, and the templates and rows a user works with."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from chutdiao.agencyfiles.tables import escaped
from chutdiao.app.save_file import save_bytes
from chutdiao.domain.agencyfile import AgencyFile, Column, Layout, RawRow, Shape, to_bytes
from chutdiao.domain.dates import BUDDHIST
from chutdiao.domain.problem import ChutdiaoError, Problem

_BOM = b"\xef\xbb\xbf"


def save(file: AgencyFile, folder: Path) -> Path:
    """Write the agency's file into a folder, which is made where it is missing."""
    from chutdiao.agencyfiles.sheets import agency_sheet

    data = agency_sheet(file) if file.layout.shape is Shape.SHEET else to_bytes(file)
    return save_into(folder, file.name, data)


def save_into(folder: Path, name: str, data: bytes) -> Path:
    """Write bytes under a name in a folder, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        values = {"path": str(folder), "reason": error.strerror or type(error).__name__}
        raise ChutdiaoError(Problem("file.unwritable", values=values)) from None
    return Path(save_bytes(str(folder / name), data))


def rows_template(layout: Layout) -> bytes:
    """A CSV of the columns: titles, a row of remarks that begins with #, and one example row."""
    remarks = [_remark(column) for column in layout.columns]
    remarks[0] = "# " + remarks[0]
    example = [column.example for column in layout.columns]
    return _csv_bytes([[column.id for column in layout.columns], remarks, example])


def payer_template(layout: Layout) -> bytes:
    """A JSON object with a value for every key of the payer."""
    keys = {c.id: c.example or ("" if c.default.startswith("=") else c.default) for c in layout.payer}
    return (json.dumps(keys, ensure_ascii=False, indent=2) + "\n").encode()


def rows_csv(layout: Layout, rows: Sequence[RawRow]) -> bytes:
    """Rows as the CSV that ``--rows`` takes; the extra CSV mark lets a spreadsheet show Thai."""
    names = [column.id for column in layout.columns]
    return _csv_bytes([names, *([cell_text(row.values[name]) for name in names] for row in rows)])


def payer_json(layout: Layout, payer: Mapping[str, object]) -> bytes:
    """The payer as the JSON that ``--payer`` takes."""
    keys = {column.id: cell_text(payer.get(column.id, "")) for column in layout.payer}
    return (json.dumps(keys, ensure_ascii=False, indent=2) + "\n").encode()


def cell_text(value: object) -> str:
    """A value as a person types it: dates in the Buddhist Era, amounts without separators."""
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year + BUDDHIST}"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value)


def _csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([escaped(cell) for cell in row])
    return _BOM + out.getvalue().encode()


def _remark(column: Column) -> str:
    said = [f"{column.title.th} / {column.title.en}"]
    if column.required and not column.default:
        said.append("ต้องมี / needed")
    if column.about.th:
        said.append(f"{column.about.th} / {column.about.en}")
    said += [f"{choice.title.th} ({choice.code})" for choice in column.choices]
    return "; ".join(said)
