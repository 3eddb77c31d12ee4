"""Stamp duty by the schedule of the Revenue Code, and what is added when it is late."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working

ZERO = Decimal(0)


def schedule_row(item: str, variant: str, on: date, working: Working) -> Mapping[str, str]:
    """The row of an instrument; the item's first row where no variant is named.

    Raises ChutdiaoError naming the items or variants that are known.
    """
    rows = working.table("stamp.duties", on)
    of_item = [row for row in rows if row["item"] == item]
    if not of_item:
        known = ", ".join(dict.fromkeys(row["item"] for row in rows))
        raise ChutdiaoError(Problem("tax.code", "--item", {"value": item, "known": known}))
    chosen = [row for row in of_item if variant in ("", row["variant"])]
    if not chosen:
        known = ", ".join(row["variant"] for row in of_item if row["variant"]) or "-"
        raise ChutdiaoError(Problem("tax.code", "--variant", {"value": variant, "known": known}))
    return chosen[0]


def stamp_duty(row: Mapping[str, str], value: Decimal, count: int, on: date, working: Working) -> Decimal:
    """The duty on one instrument; ``count`` copies or persons where the duty is for each."""
    if row["how"] == "steps":
        bands = working.table("stamp.guarantee", on)
        duty = next(
            Decimal(band["duty"]) for band in bands if not band["up_to"] or value <= Decimal(band["up_to"])
        )
    elif row["how"] == "each":
        duty = Decimal(row["duty"]) * count
    else:
        steps = (value / Decimal(row["per"])).to_integral_value(ROUND_CEILING)
        duty = steps * Decimal(row["duty"])
        if row["cap"]:
            duty = min(duty, Decimal(row["cap"]))
    return working.note(f"อากร {row['name_th']}", f"Duty: {row['name_en']}", duty, "stamp.duties", on)


def late_duty(duty: Decimal, signed: date, paid: date, found: bool, working: Working) -> Decimal:
    """What is added to a duty paid so many days after signing; ``found``: an officer discovered it."""
    days = (paid - signed).days
    rows = working.table("stamp.late", signed)
    if found:
        row = next(row for row in rows if row["code"] == "found")
    else:
        row = next(row for row in rows if not row["up_to"] or days <= int(row["up_to"]))
    added = max(duty * Decimal(row["times"]), Decimal(row["least"]))
    return working.note(f"อากรเพิ่ม ({days} วัน)", f"Added duty ({days} days)", added, "stamp.late", signed)


def paid_in_cash(item: str, value: Decimal, government: bool, on: date, working: Working) -> bool:
    """Whether the duty is paid in cash with อ.ส.4 rather than by stamps."""
    if government and item == "4" and value >= working.at("stamp.cash_government", on):
        return True
    rows = working.table("stamp.cash", on)
    return any(row["item"] == item and value >= Decimal(row["least"]) for row in rows)
