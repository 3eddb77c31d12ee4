"""Numbers that name people, businesses and places, read and shown; python-stdnum does the check digits."""

import re

from chutdiao.domain.problem import Problem
from chutdiao.domain.text import arabic_digits, clean

KINDS = frozenset({"natural", "foreign", "juristic", "any"})
_SEPARATORS = re.compile(r"[\s\-–—_.]")
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")
_LENGTH = 13


def read_identity(text: str, kind: str = "any") -> str | Problem:
    """Return the bare number of a person or business, or what is wrong with it.

    ``natural`` takes a Thai citizen's or resident's number, ``juristic`` one that begins with 0,
    ``foreign`` a thirteen-digit number or a passport number, ``any`` each of these.
    """
    bare = _SEPARATORS.sub("", arabic_digits(clean(text))).upper()
    if not bare.isascii() or not bare.isdigit():
        if kind in ("foreign", "any") and _PASSPORT.fullmatch(bare) and any(c.isdigit() for c in bare):
            return bare
        return Problem("id.letters", values={"value": text})
    if len(bare) != _LENGTH:
        if kind == "foreign" and _PASSPORT.fullmatch(bare):
            return bare
        return Problem("id.length", values={"value": text, "count": str(len(bare))})
    if bare[-1] != _check_digit(bare):
        return Problem("id.check-digit", values={"value": show_identity(bare)})
    if kind == "natural" and bare[0] == "0":
        return Problem("id.not-natural", values={"value": show_identity(bare)})
    if kind == "juristic" and bare[0] != "0":
        return Problem("id.not-juristic", values={"value": show_identity(bare)})
    return bare


def _check_digit(number: str) -> str:
    # Imported here: the library brings in the network's modules, which the first window can wait for.
    from stdnum.th import pin

    return str(pin.calc_check_digit(number))


def show_identity(number: str) -> str:
    """Show thirteen digits in their printed groups; anything else as it is."""
    if len(number) == _LENGTH and number.isdigit():
        return f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    return number


def read_branch(text: str) -> str | Problem:
    """Return a five-digit tax branch; head office in words is ``00000``."""
    plain = arabic_digits(clean(text)).casefold()
    if plain.replace(" ", "") in ("สำนักงานใหญ่", "สนญ", "สนญ.", "headoffice", "hq"):
        return "00000"
    digits = re.sub(r"^(สาขา(ที่)?|branch)\s*", "", plain)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 5:
        return Problem("branch.unreadable", values={"value": text})
    return digits.zfill(5)


def read_phone(text: str) -> str | Problem:
    """Return the digits of a Thai telephone number; +66 becomes 0, an extension follows ``#``."""
    plain = arabic_digits(clean(text)).casefold()
    number, _, extension = re.sub(r"\s*(ต่อ|ext\.?|#)\s*", "#", plain).partition("#")
    bare = re.sub(r"[\s\-–.()]", "", number)
    bare = re.sub(r"^(\+66|0066|66(?=\d{8,9}$))0?", "0", bare)
    short = re.fullmatch(r"1\d{3}", bare)
    if not short and not re.fullmatch(r"0[2-7]\d{7}|0[689]\d{8}", bare):
        return Problem("phone.unreadable", values={"value": text})
    if extension and not re.fullmatch(r"[\d\-]{1,9}", extension):
        return Problem("phone.extension", values={"value": text})
    return bare + (f"#{extension}" if extension else "")


def show_phone(number: str) -> str:
    """Show a telephone number in groups."""
    bare, _, extension = number.partition("#")
    if re.fullmatch(r"0\d{9}", bare):
        shown = f"{bare[:3]}-{bare[3:6]}-{bare[6:]}"
    elif re.fullmatch(r"02\d{7}", bare):
        shown = f"02-{bare[2:5]}-{bare[5:]}"
    elif re.fullmatch(r"0\d{8}", bare):
        shown = f"{bare[:3]}-{bare[3:6]}-{bare[6:]}"
    else:
        shown = bare
    return shown + (f" ต่อ {extension}" if extension else "")


def read_email(text: str) -> str | Problem:
    """Return an e-mail address without spaces and with its domain in lower case."""
    plain = clean(text).replace(" ", "")
    if not re.fullmatch(r"[^@\s<>,;]{1,64}@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+", plain):
        return Problem("email.unreadable", values={"value": text})
    name, _, host = plain.rpartition("@")
    return f"{name}@{host.lower()}"
