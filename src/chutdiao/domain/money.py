"""Money: reading it, showing it, rounding it by a named rule and writing it in Thai words."""

import re
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from chutdiao.domain.problem import Problem
from chutdiao.domain.text import arabic_digits, clean

EXACT = Context(prec=60)
SATANG = Decimal("0.01")
_RULES = {
    "satang": (SATANG, ROUND_HALF_UP),
    "half_up": (Decimal(1), ROUND_HALF_UP),
    "half_down": (Decimal(1), ROUND_HALF_DOWN),
    "baht": (Decimal(1), ROUND_DOWN),
    "down": (Decimal(1), ROUND_FLOOR),
    "up": (Decimal(1), ROUND_CEILING),
}
RULES = frozenset(_RULES)
_AMOUNT = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?")
_LONGEST = 30
_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_ONES_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS_EN = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_GROUPS_EN = ("", " thousand", " million", " billion", " trillion", " quadrillion", " quintillion")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def round_to(value: Decimal, rule: str) -> Decimal:
    """Round by ``satang``, ``half_up`` (both halves up), ``half_down`` (a half is dropped),
    ``baht`` (satang dropped), ``down`` or ``up``.

    Raises KeyError where the rule is not known.
    """
    step, rounding = _RULES[rule]
    return value.quantize(step, rounding=rounding, context=EXACT)


def parse_number(text: str) -> Decimal | Problem:
    """Read a number as people type it: Thai digits, thousands separators, spaces around."""
    plain = arabic_digits(clean(text)).replace(" ", "")
    if not _AMOUNT.fullmatch(plain) or not any(letter.isdigit() for letter in plain):
        return Problem("number.unreadable", values={"value": text})
    if len(plain) > _LONGEST:
        return Problem("number.too-long", values={"value": text})
    return Decimal(plain.replace(",", ""))


def parse_money(text: str) -> Decimal | Problem:
    """Read an amount in baht, with or without ``฿``, ``บาท`` and thousands separators."""
    plain = re.sub(r"^฿|(บาท(ถ้วน)?|baht|thb|\.-)$", "", clean(text).casefold()).strip()
    amount = parse_number(plain)
    if isinstance(amount, Problem):
        return Problem(
            "money.unreadable" if amount.code == "number.unreadable" else amount.code, values={"value": text}
        )
    if amount != round_to(amount, "satang"):
        return Problem("money.satang", values={"value": text}, mend=plain_number(round_to(amount, "satang")))
    return amount


def format_number(value: Decimal, decimals: int | None = None) -> str:
    """Show a number with thousands separators, and as many decimals as asked or as it has."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=EXACT)
        return f"{value:,f}"
    return f"{Decimal(plain_number(value)):,f}"


def format_money(value: Decimal) -> str:
    """Show an amount with two decimals and thousands separators."""
    return format_number(value, 2)


def plain_number(value: Decimal) -> str:
    """Return the canonical text of a number: no exponent, no lost or surplus zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain_money(value: Decimal) -> str:
    """Return the canonical text of an amount: always two decimals where there are satang, else none."""
    text = plain_number(round_to(value, "satang"))
    return text + "0" if "." in text and len(text.split(".")[1]) == 1 else text


def _words(number: int) -> str:
    """Read a whole number; เอ็ด closes every group above ten but not the bare one."""
    millions, rest = divmod(number, 1_000_000)
    said = _words(millions) + "ล้าน" if millions else ""
    digits = str(rest)
    for index, letter in enumerate(digits):
        digit, place = int(letter), len(digits) - index - 1
        if digit == 0:
            continue
        if place == 0 and digit == 1 and (said or index):
            said += "เอ็ด"
        elif place == 1 and digit == 1:
            said += "สิบ"
        elif place == 1 and digit == 2:
            said += "ยี่สิบ"
        else:
            said += _DIGITS[digit] + _PLACES[place]
    return said


def number_text(value: Decimal) -> str:
    """Write a whole number in Thai words: ``สอง``; a fraction is cut off."""
    whole = int(value)
    said = _words(abs(whole)) if whole else "ศูนย์"
    return "ลบ" + said if whole < 0 else said


def baht_text(value: Decimal) -> str:
    """Write an amount in Thai words, rounded to satang: ``หนึ่งร้อยบาทห้าสิบสตางค์``."""
    amount = round_to(value, "satang")
    baht, satang = divmod(int(abs(amount) * 100), 100)
    if not baht and not satang:
        return "ศูนย์บาทถ้วน"
    said = "ลบ" if amount < 0 else ""
    if baht:
        said += _words(baht) + "บาท"
    return said + (_words(satang) + "สตางค์" if satang else "ถ้วน")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    said = [f"{_ONES_EN[hundreds]} hundred"] if hundreds else []
    if 0 < rest < 20:
        said.append(_ONES_EN[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        said.append(_TENS_EN[tens] + (f"-{_ONES_EN[ones]}" if ones else ""))
    return " ".join(said)


def _words_en(number: int) -> str:
    groups = []
    while number:
        number, rest = divmod(number, 1000)
        groups.append(rest)
    named = [_below_thousand(rest) + _GROUPS_EN[place] for place, rest in enumerate(groups) if rest]
    return " ".join(reversed(named)) or "zero"


def baht_text_en(value: Decimal) -> str:
    """Write an amount in English words, rounded to satang: ``one hundred baht and fifty satang``."""
    amount = round_to(value, "satang")
    baht, satang = divmod(int(abs(amount) * 100), 100)
    said = "minus " if amount < 0 else ""
    parts = [f"{_words_en(baht)} baht"] if baht or not satang else []
    parts += [f"{_words_en(satang)} satang"] if satang else []
    return said + " and ".join(parts) + ("" if satang else " only")
