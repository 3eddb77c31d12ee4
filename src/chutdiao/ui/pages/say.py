"""How fees, times and days are said on every page."""

from datetime import date
from decimal import Decimal

from chutdiao.app.following import thai_time
from chutdiao.domain.dates import show_date
from chutdiao.domain.form import Fee
from chutdiao.ui.desk import Desk


def baht(amount: str) -> str:
    """An amount with thousands, and satang only where there are some."""
    value = Decimal(amount)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def fee_text(fee: Fee | None, desk: Desk) -> str:
    """A fee or its range, and who sets it."""
    if fee is None:
        return ""
    if not fee.high:
        text = desk.tr("fee.from", amount=baht(fee.low or "0"))
    elif Decimal(fee.low or "0") == Decimal(fee.high):
        text = desk.tr("fee.none") if Decimal(fee.high) == 0 else desk.tr("fee.baht", amount=baht(fee.low))
    else:
        text = desk.tr("fee.range", low=baht(fee.low or "0"), high=baht(fee.high))
    return f"{text} {desk.tr('fee.by-authority')}" if fee.by == "authority" else text


def time_text(days: int | None, unit: str, desk: Desk) -> str:
    """How long the agency has."""
    if days is None:
        return ""
    return desk.tr("time.same-day") if days == 0 else desk.tr(f"time.{unit or 'days'}", n=days)


def day_text(value: str | date, desk: Desk, long: bool = False) -> str:
    """A stored day or moment in the calendar of the screen."""
    if isinstance(value, str):
        if not value:
            return ""
        value = thai_time(value).date()
    return show_date(value, desk.language, long=long)


def size_text(size: int) -> str:
    """Bytes as a person reads them."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
