"""The periods that duties come round in: months, years, accounting years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chutdiao.domain.dates import BUDDHIST, MONTHS_EN, MONTHS_TH, add_months, show_date
from chutdiao.domain.duty.model import ACCOUNTING_YEAR, MONTH, PERIOD_HALF, PERIOD_START, YEAR
from chutdiao.domain.text import LocalText

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days; ``key`` names it the same way for ever."""

    every: str
    start: date
    end: date

    @property
    def key(self) -> str:
        if self.every == MONTH:
            return self.start.strftime("%Y-%m")
        return f"{self.start.year:04d}" if self.every == YEAR else self.end.isoformat()

    def day(self, since: str) -> date:
        """The day of the period that a duty is counted from."""
        if since == PERIOD_START:
            return self.start
        if since == PERIOD_HALF:
            return add_months(self.start, 6) - _DAY
        return self.end


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    start = day.replace(day=1)
    return Period(MONTH, start, add_months(start, 1) - _DAY)


def year_of(year: int) -> Period:
    """A calendar year of the Common Era."""
    return Period(YEAR, date(year, 1, 1), date(year, 12, 31))


def accounting_year(end: date) -> Period:
    """The twelve months that end on a day; a month's last day begins after the same month's last day."""
    return Period(ACCOUNTING_YEAR, add_months(end + _DAY, -12), end)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month of the Common Era."""
    return add_months(date(year, month, 1), 1) - _DAY


def periods_around(every: str, year: int, end_month: int) -> Iterator[Period]:
    """Every period that a duty due in ``year`` may be for."""
    if every == MONTH:
        yield from (month_of(date(near, month, 1)) for near in (year - 1, year) for month in range(1, 13))
        return
    for near in range(year - 2, year + 3):
        if every == YEAR:
            yield year_of(near)
        elif every == ACCOUNTING_YEAR:
            yield accounting_year(last_of_month(near, end_month))


def part_of(period: Period, part: str) -> str:
    """One part of a period as a form holds it: ``month`` 06, ``year_be`` 2569, or a day as ISO."""
    if part == "month":
        return f"{period.end.month:02d}"
    if part == "year_be":
        return str(period.end.year + BUDDHIST)
    return (period.start if part == "period_start" else period.end).isoformat()


def period_text(period: Period) -> LocalText:
    """A period in words."""
    year = period.start.year + BUDDHIST
    if period.every == MONTH:
        month = period.start.month - 1
        return LocalText(f"เดือน{MONTHS_TH[month]} {year}", f"{MONTHS_EN[month]} {year}")
    if period.every == YEAR:
        return LocalText(f"ปี {year}", f"Year {year}")
    end = (show_date(period.end, "th"), show_date(period.end, "en"))
    return LocalText(f"รอบบัญชีสิ้นสุด {end[0]}", f"Accounting period to {end[1]}")
