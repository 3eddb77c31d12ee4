"""Text in two languages, normalised once."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["th", "en"]

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060"))


@dataclass(frozen=True, slots=True)
class LocalText:
    """One sentence in Thai and English."""

    th: str
    en: str

    def to(self, language: Language) -> str:
        return self.en if language == "en" else self.th

    @classmethod
    def of(cls, value: "Mapping[str, str] | str | None") -> "LocalText":
        """Read ``{th, en}``, or one string meant for both languages."""
        if value is None:
            return cls("", "")
        if isinstance(value, str):
            return cls(value, value)
        return cls(value.get("th", ""), value.get("en", value.get("th", "")))


def clean(text: str) -> str:
    """Return text as it is stored: NFC, no invisible characters, single inner spaces.

    NFC and never NFKC: NFKC takes SARA AM apart and breaks Thai.
    """
    normal = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return " ".join(normal.replace("\u00a0", " ").split())


def arabic_digits(text: str) -> str:
    """Return text with Thai digits replaced by Arabic ones."""
    return text.translate(_THAI_DIGITS)


def search_key(text: str) -> str:
    """Return the form of text used to compare what a person typed with what a table holds."""
    return arabic_digits(clean(text)).casefold().replace(" ", "")
