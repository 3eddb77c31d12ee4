"""Dates: Gregorian inside, Buddhist Era on screen, read the way Thai people type them."""

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from chutdiao.domain.problem import Problem
from chutdiao.domain.text import Language, arabic_digits, clean

BUDDHIST = 543
MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_TH = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FIRST_BE = 2400
_EARLIEST, _LATEST = 1800, 2300
_SHORT_AHEAD = 20
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SOLID = re.compile(r"(\d{2})(\d{2})(\d{4})")
_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,5})")
_WORDED = re.compile(r"(?:วันที่)?\s*(\d{1,2})\s*[-/]?\s*(?:เดือน)?\s*([^\d]+?)\s*[-/,]?\s*(\d{1,5})")
_ERA = re.compile(r"(พ\.?ศ\.?|ค\.?ศ\.?|(?<![a-z])(?:b\.?e\.?|a\.?d\.?|c\.?e\.?)(?![a-z]))", re.IGNORECASE)


def _month_key(text: str) -> str:
    return re.sub(r"[.\s]", "", text).casefold()


_MONTH_OF = {
    key: number
    for names in (MONTHS_TH, SHORT_TH, MONTHS_EN, tuple(name[:3] for name in MONTHS_EN))
    for number, name in enumerate(names, 1)
    for key in (_month_key(name), _month_key(name).removesuffix("คม").removesuffix("ยน"))
}


@dataclass(frozen=True, slots=True)
class _Parts:
    text: str
    day: int
    month: int
    year: str
    era: str


def parse_date(text: str, today: date) -> date | Problem:
    """Read a date; a year from 2400 on is Buddhist Era, a smaller four-digit one Common Era.

    A two-digit year, a contradicted era and a day that no calendar has come back as problems with a mend.
    """
    parts = _read_parts(text)
    if isinstance(parts, Problem):
        return parts
    year = _year(parts, today)
    if isinstance(year, Problem):
        return year
    return _day_of(parts, year)


def _read_parts(text: str) -> _Parts | Problem:
    plain = arabic_digits(clean(text))
    found_era = _ERA.search(plain)
    era = "" if found_era is None else _era_of(found_era.group(1))
    if found_era is not None:
        plain = clean(plain[: found_era.start()] + " " + plain[found_era.end() :])
    if iso := _ISO.fullmatch(plain):
        return _Parts(text, int(iso[3]), int(iso[2]), iso[1], era)
    if numeric := _SOLID.fullmatch(plain) or _NUMERIC.fullmatch(plain):
        return _Parts(text, int(numeric[1]), int(numeric[2]), numeric[3], era)
    if worded := _WORDED.fullmatch(plain):
        month = _MONTH_OF.get(_month_key(worded[2]))
        if month is None:
            return Problem("date.month-name", values={"value": clean(worded[2])})
        return _Parts(text, int(worded[1]), month, worded[3], era)
    return Problem("date.unreadable", values={"value": text})


def _era_of(said: str) -> str:
    return "be" if said[0] in "พbB" else "ce"


def _year(parts: _Parts, today: date) -> int | Problem:
    year = int(parts.year)
    if len(parts.year) <= 2:
        guess = 2500 + year
        if guess > today.year + BUDDHIST + _SHORT_AHEAD:
            guess -= 100
        return _with_mend("date.year-short", parts, guess - BUDDHIST, {"year": str(guess)})
    is_be = year >= _FIRST_BE
    if parts.era and (parts.era == "be") != is_be:
        right = year - BUDDHIST if is_be else year
        values = {"year": parts.year, "right": str(right + BUDDHIST), "right_ce": str(right)}
        return _with_mend("date.era", parts, right, values)
    gregorian = year - BUDDHIST if is_be else year
    if not _EARLIEST <= gregorian <= _LATEST:
        return Problem("date.year-far", values={"value": parts.text, "year": parts.year})
    return gregorian


def _with_mend(code: str, parts: _Parts, year: int, values: dict[str, str]) -> Problem:
    meant = _day_of(parts, year) if 1 <= year <= _LATEST else None
    mend = meant.isoformat() if isinstance(meant, date) else None
    return Problem(code, values={"value": parts.text, **values}, mend=mend)


def _day_of(parts: _Parts, year: int) -> date | Problem:
    values = {"value": parts.text, "day": str(parts.day), "year": str(year + BUDDHIST)}
    if not 1 <= parts.month <= 12:
        swapped = 1 <= parts.day <= 12 and 1 <= parts.month <= monthrange(year, parts.day)[1]
        mend = date(year, parts.day, parts.month).isoformat() if swapped else None
        return Problem("date.no-such-month", values={**values, "month": str(parts.month)}, mend=mend)
    last = monthrange(year, parts.month)[1]
    if not 1 <= parts.day <= last:
        values |= {
            "month": SHORT_TH[parts.month - 1],
            "month_en": MONTHS_EN[parts.month - 1],
            "last": str(last),
        }
        mend = date(year, parts.month, last).isoformat() if parts.day > last else None
        return Problem("date.no-such-day", values=values, mend=mend)
    return date(year, parts.month, parts.day)


def read_iso(text: str) -> date | None:
    """Return the date of a stored ``YYYY-MM-DD``, or ``None`` where it is not one."""
    if len(text) != 10 or text[4] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def show_date(day: date, language: Language = "th", long: bool = False) -> str:
    """Show a date in the Buddhist Era: ``23 พ.ย. 2569``, ``23 พฤศจิกายน พ.ศ. 2569``."""
    year = day.year + BUDDHIST
    if language == "en":
        name = MONTHS_EN[day.month - 1]
        return f"{day.day} {name if long else name[:3]} {'B.E. ' if long else ''}{year}"
    if long:
        return f"{day.day} {MONTHS_TH[day.month - 1]} พ.ศ. {year}"
    return f"{day.day} {SHORT_TH[day.month - 1]} {year}"


def add_months(day: date, months: int) -> date:
    """Return the same day some months on, or the month's last day where it has no such day.

    Raises OverflowError beyond the calendar.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{day} + {months} months")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(born: date, on: date) -> int:
    """Return full years lived on a day; someone born on 29 February ages on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def working_days(start: date, end: date, holidays: Collection[date]) -> int:
    """Count working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
    if end < start:
        return -working_days(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    tail = (start + timedelta(days=7 * weeks + step) for step in range(1, rest + 1))
    weekdays = weeks * 5 + sum(day.weekday() < 5 for day in tail)
    return weekdays - sum(start < day <= end and day.weekday() < 5 for day in holidays)
