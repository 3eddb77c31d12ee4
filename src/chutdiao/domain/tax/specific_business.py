"""Specific business tax: items 1 to 17 of ภ.ธ.40."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import plain_number, round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working


def monthly_tax(receipts: Mapping[str, Decimal], on: date, working: Working) -> dict[str, Decimal]:
    """Tax by kind of business and item 12, their sum. Raises ChutdiaoError where a kind is not known."""
    rates = {row["type"]: row for row in working.table("sbt.rates", on)}
    items: dict[str, Decimal] = {}
    for kind, amount in receipts.items():
        if kind not in rates:
            raise ChutdiaoError(Problem("tax.code", "--receipts", {"value": kind, "known": ", ".join(rates)}))
        row = rates[kind]
        tax = round_to(amount * Decimal(row["rate"]) / 100, "satang")
        percent = plain_number(Decimal(row["rate"]))
        items[kind] = working.note(
            f"{row['name_th']} {percent} %", f"{row['name_en']} {percent} %", tax, "sbt.rates", on
        )
    items["12"] = sum(items.values(), Decimal(0))
    return items


def with_charges(
    items: Mapping[str, Decimal], surcharge: Decimal, penalty: Decimal, on: date, working: Working
) -> dict[str, Decimal]:
    """Items 13 to 17: charges, their sum with the tax, the local share and the whole."""
    whole = items["12"] + surcharge + penalty
    local = round_to(whole * working.at("sbt.local", on), "satang")
    working.note("ข้อ 16 รายได้ส่วนท้องถิ่น", "Item 16, local share", local, "sbt.local", on)
    return {**items, "13": surcharge, "14": penalty, "15": whole, "16": local, "17": whole + local}
