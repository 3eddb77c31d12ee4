"""What a person typed as an answer, and an answer as a person reads it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from chutdiao.domain import dates, ids, money
from chutdiao.domain.form import Field, FieldType
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import Language, arabic_digits, clean, search_key

Typed = tuple[Json, Problem | None]
LabelOf = Callable[[str, str], str]
_LONGEST_LINE, _LONGEST_TEXT = 1_000, 20_000


def read_typed(field: Field, text: str, today: date) -> Typed:
    """Read what was typed into a field.

    Returns the answer to store and the problem, if any. What cannot be read is stored as it was typed,
    so that nothing is lost; where the meaning can be guessed the problem carries it as its mend.
    """
    plain = clean(text)
    if not plain:
        return None, None
    return _READERS[field.type](field, text, today)


def _text(field: Field, text: str, _: date) -> Typed:
    if not field.long:
        plain, most = clean(text), _LONGEST_LINE
    else:
        plain, most = "\n".join(clean(line) for line in text.strip().splitlines()), _LONGEST_TEXT
    if len(plain) > most:
        return plain, Problem("text.too-long", values={"count": str(len(plain)), "max": str(most)})
    return plain, None


def _money(_: Field, text: str, __: date) -> Typed:
    return _numeric(money.parse_money(text), text, money.plain_money)


def _number(field: Field, text: str, _: date) -> Typed:
    unit = (field.unit.th, field.unit.en) if field.unit else ()
    plain = clean(text)
    for word in unit:
        if word and plain.endswith(word):
            plain = plain.removesuffix(word)
    read = money.parse_number(plain)
    stored, problem = _numeric(read, text, money.plain_number)
    if isinstance(read, Decimal) and field.whole and read != read.to_integral_value():
        mend = money.plain_number(money.round_to(read, "half_up"))
        return stored, Problem("number.not-whole", values={"value": clean(text)}, mend=mend)
    return stored, problem


def _numeric(read: Decimal | Problem, text: str, show: Callable[[Decimal], str]) -> Typed:
    if isinstance(read, Problem):
        return clean(text), read
    return show(read), None


def _date(_: Field, text: str, today: date) -> Typed:
    read = dates.parse_date(text, today)
    return (clean(text), read) if isinstance(read, Problem) else (read.isoformat(), None)


def _identity(field: Field, text: str, _: date) -> Typed:
    kind = field.of if field.of in ids.KINDS else "any"
    read = ids.read_identity(text, kind)
    if isinstance(read, str):
        return read, None
    bare = re.sub(r"[\s\-–—.]", "", arabic_digits(clean(text)))
    return (bare if bare.isascii() and bare.isdigit() else clean(text)), read


def _by(reader: Callable[[str], str | Problem]) -> Callable[[Field, str, date], Typed]:
    def read(_: Field, text: str, __: date) -> Typed:
        found = reader(text)
        if isinstance(found, Problem):
            return clean(text), found
        return found, None

    return read


def _choice(field: Field, text: str, _: date) -> Typed:
    code = _code(field, text)
    return (code, None) if code else (clean(text), Problem("choice.unknown", values={"value": clean(text)}))


def _choices(field: Field, text: str, _: date) -> Typed:
    parts = [part for part in re.split(r"[,;/|\n]", text) if clean(part)]
    codes = [_code(field, part) for part in parts]
    unknown = next((part for part, found in zip(parts, codes, strict=True) if not found), None)
    answer: Json = [code for code in codes if code]
    if unknown is None:
        return answer, None
    return answer, Problem("choice.unknown", values={"value": clean(unknown)})


def _code(field: Field, text: str) -> str:
    """Find a choice by its code or either label; the only one that begins so will do."""
    key = search_key(text)
    names = [
        (c.code, (c.code.casefold(), search_key(c.label.th), search_key(c.label.en))) for c in field.choices
    ]
    exact = [code for code, said in names if key in said]
    begun = [code for code, said in names if any(name.startswith(key) for name in said)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else ""


_TITLES = (
    "นางสาว", "นาง", "นาย", "น.ส.", "ด.ช.", "ด.ญ.", "เด็กชาย", "เด็กหญิง", "คุณ",
    "Mrs.", "Miss", "Ms.", "Mr.", "Mrs", "Mr", "Ms",
)  # fmt: skip
_ENTITIES = re.compile(r"^(บริษัท|บมจ|บจก|หจก|หสน|ห้างหุ้นส่วน|มูลนิธิ|สมาคม|สหกรณ์|กลุ่ม|คณะ|ร้าน)")


def _name(_: Field, text: str, __: date) -> Typed:
    """Take a person's name apart; a firm's stays whole."""
    plain = clean(text)
    if _ENTITIES.match(plain):
        return {"full": plain}, None
    title = next((t for t in _TITLES if plain.startswith(t) and len(plain) > len(t)), "")
    first, _gap, last = clean(plain.removeprefix(title)).partition(" ")
    parts: dict[str, Json] = {"title": title, "first": first, "last": last}
    answer: Json = {key: part for key, part in parts.items() if part}
    return answer, None if last else Problem("name.last-missing", values={"value": plain})


def _address(_: Field, text: str, __: date) -> Typed:
    """Keep a typed line whole, except for a house number and a postcode that stand clear."""
    plain = arabic_digits(clean(text))
    parts: dict[str, Json] = {}
    if found := re.match(r"(?:เลขที่\s*)?(\d+(?:/\d+)*)(?=\s|$)", plain):
        parts["house"], plain = found[1], plain[found.end() :].strip()
    if found := re.search(r"(?:หมู่ที่|หมู่|ม\.)\s*(\d+)", plain):
        parts["moo"], plain = found[1], clean(plain[: found.start()] + " " + plain[found.end() :])
    if found := re.search(r"(?<!\d)([1-9]\d{4})$", plain):
        parts["postcode"], plain = found[1], plain[: found.start()].strip()
    if plain:
        parts["road"] = plain
    return parts, Problem("address.check", values={"value": clean(text)})


def _no_text(field: Field, text: str, _: date) -> Typed:
    return None, Problem("answer.not-typed", values={"value": clean(text)[:60], "name": field.label.th})


_READERS: dict[FieldType, Callable[[Field, str, date], Typed]] = {
    FieldType.TEXT: _text,
    FieldType.NAME: _name,
    FieldType.IDENTITY: _identity,
    FieldType.BRANCH: _by(ids.read_branch),
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.REFERENCE: _text,
    FieldType.ADDRESS: _address,
    FieldType.PHONE: _by(ids.read_phone),
    FieldType.EMAIL: _by(ids.read_email),
    FieldType.FILE: _no_text,
    FieldType.SIGNATURE: _no_text,
    FieldType.TABLE: _no_text,
}


def show_value(field: Field, value: Json, language: Language, label_of: LabelOf) -> str:
    """Show an answer; ``label_of(table, code)`` names what a reference table holds."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    kind = field.type
    if isinstance(value, dict):
        if kind is FieldType.ADDRESS:
            return show_address(value, language, label_of)
        return show_name(value)
    if isinstance(value, list):
        return _show_list(field, value, language)
    if not isinstance(value, str):
        return ("yes" if value else "no") if isinstance(value, bool) else str(value)
    if kind in (FieldType.CHOICE, FieldType.CHOICES):
        return _choice_label(field, value, language)
    if kind is FieldType.REFERENCE:
        return label_of(field.table, value) or value
    return _show_text(field, value, language)


def _show_text(field: Field, value: str, language: Language) -> str:
    kind = field.type
    if kind is FieldType.DATE:
        day = dates.read_iso(value)
        return dates.show_date(day, language) if day else value
    if kind is FieldType.IDENTITY:
        return ids.show_identity(value)
    if kind is FieldType.PHONE:
        return ids.show_phone(value)
    if kind is FieldType.BRANCH and value == "00000":
        return "Head office" if language == "en" else "สำนักงานใหญ่"
    if kind in (FieldType.MONEY, FieldType.NUMBER):
        return _show_number(field, value)
    return value


def _show_number(field: Field, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    if field.type is FieldType.MONEY:
        return money.format_money(number)
    shown = money.format_number(number, field.decimals)
    return shown if field.grouped else shown.replace(",", "")


def _choice_label(field: Field, code: str, language: Language) -> str:
    return next((choice.label.to(language) for choice in field.choices if choice.code == code), code)


def _show_list(field: Field, items: list[Json], language: Language) -> str:
    if field.type is FieldType.FILE:
        return ", ".join(str(item.get("name", "")) for item in items if isinstance(item, dict))
    if field.type is FieldType.TABLE:
        return f"{len(items)} {'rows' if language == 'en' else 'รายการ'}"
    return ", ".join(_choice_label(field, str(item), language) for item in items)


def show_name(parts: dict[str, Json]) -> str:
    """Show a name: in Thai the title stands close to the first name."""
    if parts.get("full"):
        return str(parts["full"])
    title, first, last = (str(parts.get(part) or "") for part in ("title", "first", "last"))
    gap = " " if title.isascii() and title else ""
    return clean(f"{title}{gap}{first} {last}")


_ADDRESS_WORDS: tuple[tuple[str, str, str], ...] = (
    ("house", "", ""),
    ("moo", "หมู่ที่ ", "Moo "),
    ("building", "อาคาร", "Building "),
    ("room", "ห้อง ", "Room "),
    ("floor", "ชั้น ", "Floor "),
    ("village", "หมู่บ้าน", "Village "),
    ("soi", "ซอย", "Soi "),
    ("junction", "แยก", "Junction "),
    ("road", "ถนน", "Road "),
)


def show_address(parts: dict[str, Json], language: Language, label_of: LabelOf) -> str:
    """Show an address in one line; the sub-district brings its district and province."""
    words = []
    for part, thai, english in _ADDRESS_WORDS:
        value = str(parts.get(part) or "")
        if value:
            before = english if language == "en" else thai
            words.append(value if value.startswith(before.strip() or "\0") else before + value)
    for table, part in (("areas", "subdistrict"), ("districts", "district"), ("provinces", "province")):
        if parts.get(part):
            words.append(label_of(table, str(parts[part])) or str(parts[part]))
            break
    if parts.get("postcode"):
        words.append(str(parts["postcode"]))
    return " ".join(words)
