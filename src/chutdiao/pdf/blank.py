"""From a form's answers to the boxes of the agency's own blank."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from chutdiao.app.ports import ReferenceTables
from chutdiao.domain.check import FormState
from chutdiao.domain.dates import read_iso, show_date
from chutdiao.domain.expression import UNANSWERED, compile_expression
from chutdiao.domain.form import Field, FormSpec
from chutdiao.domain.ids import show_phone
from chutdiao.domain.money import baht_text, format_money, format_number
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.typed import show_value
from chutdiao.pdf import acroform
from chutdiao.pdf.render import labels_of

_MONTHS = ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split()
Entry = Mapping[str, Json]


def fill_blank(
    form: FormSpec,
    state: FormState,
    print_map: Mapping[str, Json],
    blank: Path,
    tables: ReferenceTables,
    practice: bool = False,
) -> bytes:
    """Fill the blank a user downloaded.

    It is known by its SHA-256, or where the agency issued it again by its field names. Raises
    ChutdiaoError when it is another file, or when an answer does not fit and would be cut.
    """
    described = print_map.get("blank")
    if not isinstance(described, dict):
        raise ChutdiaoError(Problem("blank.missing", values={"form": form.code or form.id}))
    data = _read(blank)
    entries = [entry for entry in _listed(described.get("map")) if isinstance(entry, dict)]
    boxes = {box.name: box for box in _known_boxes(form, data, blank.name, described, entries)}
    _refuse_overflow(state, described)
    texts, ticks = _fill_in(state, entries, tables)
    long = [name for name, text in texts.items() if acroform.overflows(boxes[name], text)]
    if long:
        raise ChutdiaoError(*(Problem("blank.too-long", name, {"field": texts[name]}) for name in long))
    return acroform.fill(data, texts, ticks, practice)


def _read(blank: Path) -> bytes:
    try:
        return blank.read_bytes()
    except OSError as error:
        raise ChutdiaoError(Problem("blank.unreadable", values={"name": blank.name})) from error


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _known_boxes(
    form: FormSpec, data: bytes, name: str, described: Entry, entries: list[dict[str, Json]]
) -> tuple[acroform.Box, ...]:
    from pypdf.errors import PyPdfError

    unknown = Problem("blank.unknown", values={"name": name, "form": form.code or form.id})
    try:
        boxes = acroform.read_boxes(data)
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        raise ChutdiaoError(Problem("blank.unreadable", values={"name": name})) from error
    digest = hashlib.sha256(data).hexdigest()
    names = {box.name for box in boxes}
    if digest not in _listed(described.get("sha256")) and not {str(e["to"]) for e in entries} <= names:
        raise ChutdiaoError(unknown)
    return boxes


def _refuse_overflow(state: FormState, described: Entry) -> None:
    limits = described.get("overflow")
    for table, held in limits.items() if isinstance(limits, dict) else ():
        given = len(state.row_ids.get(table, ()))
        if given > int(str(held)):
            values = {"held": str(held), "given": str(given)}
            raise ChutdiaoError(Problem("blank.too-many-rows", table, values))


def _fill_in(
    state: FormState, entries: list[dict[str, Json]], tables: ReferenceTables
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    texts: dict[str, str] = {}
    ticks: list[tuple[str, str]] = []
    for entry in entries:
        row = _row_of(state, entry)
        if row == "absent" or not _wanted(state, entry, row):
            continue
        if "state" in entry:
            ticks.append((str(entry["to"]), str(entry["state"])))
            continue
        text = _text_of(state, entry, row, tables)
        if text:
            texts[str(entry["to"])] = text
    return texts, ticks


def _row_of(state: FormState, entry: Entry) -> str:
    """Return the row's id, nothing outside tables, ``absent`` where there is no such row."""
    if "table" not in entry:
        return ""
    rows = state.row_ids.get(str(entry["table"]), ())
    place = int(str(entry.get("row", "1"))) - 1
    return rows[place] if place < len(rows) and state.fields[str(entry["table"])].visible else "absent"


def _wanted(state: FormState, entry: Entry, row: str) -> bool:
    source = str(entry.get("when", ""))
    if not source:
        return True
    if not row:
        return state.holds(source)
    scope = state.scope.rows(str(entry["table"]))[int(str(entry.get("row", "1"))) - 1]
    return compile_expression(source).evaluate(scope) is True


def _text_of(state: FormState, entry: Entry, row: str, tables: ReferenceTables) -> str:
    source = str(entry.get("value", ""))
    fields = _fields_near(state, entry)
    if source in fields:
        path = f"{entry['table']}[{row}].{source}" if row and source not in _top(state) else source
        answer = state.fields[path]
        if not answer.visible or answer.value in (None, ""):
            return ""
        return _format(fields[source], answer.value, entry, tables)
    found = state.ask(source)
    return "" if found is UNANSWERED else _as_text(found, str(entry.get("format", "")))


def _top(state: FormState) -> dict[str, Field]:
    return {field.id: field for field in state.form.fields()}


def _fields_near(state: FormState, entry: Entry) -> dict[str, Field]:
    near = _top(state)
    table = near.get(str(entry.get("table", "")))
    if table is not None:
        near.update({column.id: column for column in table.columns})
    return near


def _format(field: Field, value: Json, entry: Entry, tables: ReferenceTables) -> str:
    if "part" in entry:
        return _part(value, str(entry["part"]), tables)
    form = str(entry.get("format", ""))
    if form in _FORMATS:
        return _FORMATS[form](str(value))
    if entry.get("comb") or form in ("text", "identity"):
        return str(value)
    return show_value(field, value, "th", labels_of(tables, "th"))


def _part(value: Json, part: str, tables: ReferenceTables) -> str:
    code = str(value.get(part) or "") if isinstance(value, dict) else ""
    table = {"subdistrict": "areas", "district": "districts", "province": "provinces"}.get(part)
    row = tables.row(table, code) if table and code else None
    if row is None:
        return code
    # An area is written out with its district; the box before it says ตำบล/แขวง already.
    return (
        row.label.th.split()[0].removeprefix("ต.").removeprefix("แขวง")
        if part == "subdistrict"
        else row.label.th
    )


def _as_text(value: object, form: str) -> str:
    if isinstance(value, date):
        return _FORMATS.get(form, _FORMATS["date"])(value.isoformat())
    if isinstance(value, Decimal):
        return _FORMATS.get(form, _FORMATS["number"])(str(value))
    return str(value)


def _day(text: str) -> date:
    found = read_iso(text)
    if found is None:
        raise ChutdiaoError(Problem("date.unreadable", values={"text": text}))
    return found


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ChutdiaoError(Problem("number.unreadable", values={"text": text})) from error


_FORMATS: dict[str, Callable[[str], str]] = {
    "date": lambda text: show_date(_day(text), "th", long=True),
    "date-day": lambda text: str(_day(text).day),
    "date-month": lambda text: str(_day(text).month),
    "date-month-name": lambda text: _MONTHS[_day(text).month - 1],
    "date-year-be": lambda text: str(_day(text).year + 543),
    "money": lambda text: format_money(_decimal(text)),
    "number": lambda text: format_number(_decimal(text)),
    "baht-text": lambda text: baht_text(_decimal(text)),
    "phone": show_phone,
}
