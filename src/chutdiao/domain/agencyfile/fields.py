"""Values as the text of a field: within its width, in its encoding, with nothing the format forbids."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from chutdiao.domain.agencyfile.cells import CellError, Value
from chutdiao.domain.agencyfile.layout import Field, Layout, Shape
from chutdiao.domain.dates import BUDDHIST

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_WINDOWS_ONLY = range(0x80, 0xA1)  # what CP874 adds to TIS-620: smart quotes, ellipsis, euro
_DASH, _WORD = "-", " ทับ "
Encode = Callable[[Value], str]


def without_slash(one: Field, value: Value, slash: str) -> Value:
    """A house number whose ``/`` became ``-`` or ทับ where that was asked; else the very same value."""
    if not one.slash or slash == "refuse" or "/" not in str(value):
        return value
    return str(value).replace("/", _DASH if slash == "dash" else _WORD)


def encoder(layout: Layout, one: Field) -> Encode:
    """How a value becomes this field's text; the encoder raises ``CellError``."""
    fit = _fitter(layout, one)
    kinds: Mapping[str, Encode] = {
        "text": _text_encoder(layout, one, fit),
        "digits": lambda value: fit(str(value) or one.empty),
        "whole": lambda value: fit(str(value) or one.empty),
        "amount": lambda value: fit(_amount(one, value)),
        "rate": lambda value: fit(_amount(one, value)),
        "satang": lambda value: fit(_satang(value)),
        "date": lambda value: fit(written_date(value, one.pattern) or one.empty),
        "code": lambda value: fit(_code(one, str(value))),
        "fixed": lambda _: fit(one.fixed),
    }
    return kinds[one.kind]


def _fitter(layout: Layout, one: Field) -> Callable[[str], str]:
    """The text filled to its width, or refused where it is longer."""
    width = one.width or 1_000_000
    plain = layout.shape is not Shape.FIXED and not one.zeros

    def fit(text: str) -> str:
        if len(text) > width:
            raise CellError("cell.too-long", length=str(len(text)), width=str(width))
        return text if plain else padded(layout, one, text)

    return fit


def _text_encoder(layout: Layout, one: Field, fit: Callable[[str], str]) -> Encode:
    forbidden = frozenset(layout.forbidden) - frozenset(one.allow)
    passed: dict[str, str] = {}

    def encode(value: Value) -> str:
        text = str(value)
        if text in passed:
            return passed[text]
        bad = [letter for letter in text if letter in forbidden]
        if bad:
            without = "".join(letter for letter in text if letter not in forbidden)
            code = "cell.slash" if set(bad) == {"/"} and one.slash else "cell.forbidden"
            raise CellError(code, without.strip(), characters=" ".join(dict.fromkeys(bad)))
        _check_letters(text, layout.encoding)
        written = fit(text or one.empty)
        if len(passed) < 50_000:
            passed[text] = written
        return written

    return encode


def _check_letters(text: str, encoding: str) -> None:
    """Refuse what cannot be seen, and what the file's encoding has no place for."""
    if text.isascii() and text.isprintable():
        return
    for letter in text:
        if unicodedata.category(letter) in _UNSEEN:
            raise CellError("cell.unseen", character=f"U+{ord(letter):04X}")
        if encoding == "utf-8":
            continue
        try:
            code = letter.encode(encoding)[0]
        except UnicodeEncodeError:
            code = _WINDOWS_ONLY.start
        if code in _WINDOWS_ONLY:
            raise CellError("cell.unencodable", character=f"{letter} (U+{ord(letter):04X})")


def _amount(one: Field, value: Value) -> str:
    if not isinstance(value, Decimal) or (one.blank_zero and not value):
        return one.empty
    return f"{value:.2f}"


def _satang(value: Value) -> str:
    amount = value if isinstance(value, Decimal) else Decimal(0)
    if amount < 0:
        raise CellError("cell.negative")
    return str(int(amount * 100))


def _code(one: Field, value: str) -> str:
    if not value:
        return one.empty
    if value not in one.codes:
        raise CellError("cell.no-code", known=", ".join(one.codes))
    return one.codes[value]


@lru_cache(4096)
def written_date(value: Value, pattern: str) -> str:
    """A day in the Buddhist Era by a pattern of DD, MM, YYYY, YY; nothing where there is none."""
    if not isinstance(value, date):
        return ""
    year = value.year + BUDDHIST
    text = pattern.replace("DD", f"{value.day:02d}").replace("MM", f"{value.month:02d}")
    return text.replace("YYYY", str(year)).replace("YY", f"{year % 100:02d}")


def padded(layout: Layout, one: Field, text: str) -> str:
    """The text filled to its width: zeros before a number, blanks after a text of a fixed record."""
    if one.zeros and text:
        return text.zfill(one.width)
    return text.ljust(one.width) if layout.shape is Shape.FIXED else text
