"""An answer as the words that stand in a box: parts of a day, an amount, a name or an address."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from chutdiao.app.ports import ReferenceTables
from chutdiao.domain.blankmap import Entry
from chutdiao.domain.dates import read_iso, show_date
from chutdiao.domain.form import Field
from chutdiao.domain.ids import show_phone
from chutdiao.domain.money import baht_text, format_money, format_number, round_to
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.text import clean
from chutdiao.domain.typed import show_value
from chutdiao.pdf.render import labels_of

_MONTHS = ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split()
_JURISTIC = ("บริษัท", "บมจ", "บจก", "หจก", "หสน", "ห้างหุ้นส่วน", "มูลนิธิ", "สมาคม", "สหกรณ์", "กลุ่ม", "คณะ", "ร้าน")
_AREAS = {"subdistrict": "areas", "district": "districts", "province": "provinces"}
# A comb for a taxpayer number leaves a cell for each hyphen: 17 cells are printed 1-4-5-2-1 as on a
# citizen's card, 18 cells 1-2-1-3-5-1 as a juristic person's number is grouped; an employer's account of
# ten digits stands 2-7-1 in 12.
_GROUPS = {(13, 17): (1, 4, 5, 2, 1), (13, 18): (1, 2, 1, 3, 5, 1), (10, 12): (2, 7, 1)}


def written(field: Field, value: Json, entry: Entry, tables: ReferenceTables) -> str:
    """The words of one answer."""
    if "part" in entry:
        return _part(value, str(entry["part"]), tables)
    form = str(entry.get("format", ""))
    if form in FORMATS:
        return FORMATS[form](str(value))
    if entry.get("comb") or entry.get("cells") or form in ("text", "identity"):
        return str(value)
    return show_value(field, value, "th", labels_of(tables, "th"))


def as_text(value: object, form: str) -> str:
    """The words of an expression's result."""
    if isinstance(value, date):
        return FORMATS.get(form, FORMATS["date"])(value.isoformat())
    if isinstance(value, Decimal):
        return FORMATS.get(form, FORMATS["number"])(str(value))
    return FORMATS[form](str(value)) if form in FORMATS else str(value)


def dealt(text: str, cells: int) -> str:
    """A text as its comb holds it: a number with its gaps where the comb has cells for them."""
    lengths = _GROUPS.get((len(text), cells))
    if lengths is None or not text.isdigit():
        return text
    groups, start = [], 0
    for length in lengths:
        groups.append(text[start : start + length])
        start += length
    return " ".join(groups)


def narrow_cells(text: str, cells: int, form: str) -> tuple[int, ...]:
    """The cells of a comb that are hyphens in print: within a taxpayer number, and before satang."""
    if form == "money-comb":
        return (cells - 3,)
    if dealt(text, cells) != text:
        return tuple(place for place, letter in enumerate(dealt(text, cells)) if letter == " ")
    return ()


def _part(value: Json, part: str, tables: ReferenceTables) -> str:
    if not isinstance(value, dict):
        return ""
    if part in ("given", "family"):
        return _half_of_name(value, part)
    code = str(value.get(part) or "")
    row = tables.row(_AREAS[part], code) if part in _AREAS and code else None
    if row is None:
        return code
    # An area is written out with its district; the box before it says ตำบล/แขวง already.
    return (
        row.label.th.split()[0].removeprefix("ต.").removeprefix("แขวง")
        if part == "subdistrict"
        else row.label.th
    )


def _half_of_name(parts: dict[str, Json], half: str) -> str:
    """Title and first name, or the family name; a firm's name stands whole in the first."""
    full = str(parts.get("full") or "")
    if not full:
        title, first = str(parts.get("title") or ""), str(parts.get("first") or "")
        gap = " " if title.isascii() and title else ""
        return clean(f"{title}{gap}{first}") if half == "given" else str(parts.get("last") or "")
    given, _, family = full.rpartition(" ")
    if not given or full.startswith(_JURISTIC):
        return full if half == "given" else ""
    return given if half == "given" else family


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


def _baht(text: str) -> str:
    return format_money(_decimal(text)).rpartition(".")[0]


def _satang(text: str) -> str:
    return format_money(_decimal(text)).rpartition(".")[2]


def _numeric_day(text: str) -> str:
    day = _day(text)
    return f"{day.day:02d}/{day.month:02d}/{day.year + 543}"


FORMATS: dict[str, Callable[[str], str]] = {
    "date": lambda text: show_date(_day(text), "th", long=True),
    "date-short": lambda text: show_date(_day(text), "th"),
    "date-numeric": _numeric_day,
    "date-digits": lambda text: _numeric_day(text).replace("/", ""),
    "date-day": lambda text: str(_day(text).day),
    "date-month": lambda text: str(_day(text).month),
    "date-month-name": lambda text: _MONTHS[_day(text).month - 1],
    "date-year-be": lambda text: str(_day(text).year + 543),
    "money": lambda text: format_money(_decimal(text)),
    "money-baht": _baht,
    "money-baht-digits": lambda text: _baht(text).replace(",", ""),
    "money-satang": _satang,
    "money-digits": lambda text: f"{round_to(_decimal(text), 'satang'):f}".replace(".", ""),
    "money-comb": lambda text: f"{round_to(_decimal(text), 'satang'):f}".replace(".", " "),
    "rate-comb": lambda text: f"{_decimal(text):9.4f}".replace(".", ""),
    "rate-gap": lambda text: f"{_decimal(text):9.4f}".replace(".", " "),
    "number": lambda text: format_number(_decimal(text)),
    "baht-text": lambda text: baht_text(_decimal(text)),
    "phone": show_phone,
}
