"""Corporate income tax: the year (ภ.ง.ด.50), the half year (ภ.ง.ด.51) and losses carried forward."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import plain_number, round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.bands import by_bands
from chutdiao.domain.tax.working import Working

ZERO = Decimal(0)
GENERAL, SME = "general", "sme"


@dataclass(frozen=True, slots=True)
class YearTax:
    """``payable`` is negative where tax was overpaid; ``loss`` is this period's own."""

    taxable: Decimal
    loss: Decimal
    loss_used: Decimal
    loss_left: Decimal
    tax: Decimal
    payable: Decimal


@dataclass(frozen=True, slots=True)
class HalfTax:
    """Half-year tax in baht: half of the estimate, its tax, what is paid now, surcharge of a low estimate."""

    half: Decimal
    tax: Decimal
    payable: Decimal
    shortfall_surcharge: Decimal


def corporate_tax(amount: Decimal, schedule: str, on: date, working: Working) -> Decimal:
    """Tax on net profit by ``general``, ``sme`` or the code of a special rate, of the period begun ``on``.

    Raises ChutdiaoError where the schedule is not known.
    """
    if schedule == SME:
        total = ZERO
        for part, rate, tax in by_bands(amount, working.table("cit.sme_bands", on)):
            percent = plain_number(rate * 100)
            working.note(f"{part:,f} × {percent} %", f"{part:,f} × {percent} %", tax, "cit.sme_bands", on)
            total += tax
        return total
    name = "cit.rate" if schedule == GENERAL else "cit.special_rates"
    rate = working.at(name, on) if schedule == GENERAL else _special(schedule, on, working)
    tax = round_to(amount * rate, "satang")
    percent = plain_number(rate * 100)
    return working.note(f"ภาษี {percent} %", f"Tax at {percent} %", tax, name, on)


def _special(code: str, on: date, working: Working) -> Decimal:
    rates = {row["code"]: Decimal(row["rate"]) for row in working.table("cit.special_rates", on)}
    if code in rates:
        return rates[code]
    known = ", ".join(sorted([GENERAL, SME, *rates]))
    raise ChutdiaoError(Problem("tax.code", "--rate", {"value": code, "known": known}))


def year_tax(
    profit: Decimal,
    add_back: Decimal,
    loss_forward: Decimal,
    credits: Decimal,
    schedule: str,
    on: date,
    working: Working,
) -> YearTax:
    """ภ.ง.ด.50: accounting profit, items added back, losses of earlier periods and tax already paid."""
    before = working.note("กำไรหลังบวกกลับ", "Profit after items added back", profit + add_back)
    used = working.note(
        "ขาดทุนยกมาที่ใช้", "Losses brought forward that are used", min(loss_forward, max(before, ZERO)),
        "cit.loss_periods", on,
    )  # fmt: skip
    taxable = working.note("กำไรสุทธิที่ต้องเสียภาษี", "Taxable net profit", max(before - used, ZERO))
    tax = corporate_tax(taxable, schedule, on, working)
    payable = working.note("หักภาษีที่ชำระแล้ว", "Less tax already paid", tax - credits)
    return YearTax(taxable, max(-before, ZERO), used, loss_forward - used, tax, payable)


def half_tax(
    estimate: Decimal, actual: Decimal | None, credits: Decimal, schedule: str, on: date, working: Working
) -> HalfTax:
    """ภ.ง.ด.51 from half of the year's estimate (ม.67 ทวิ (1)), and ม.67 ตรี once the year is known."""
    half = working.note("กึ่งหนึ่งของประมาณการ", "Half of the estimate", round_to(estimate / 2, "satang"))
    if schedule == SME:
        working.at("cit.half_sme", on)
    tax = corporate_tax(max(half, ZERO), schedule, on, working)
    payable = working.note("หักภาษีที่ชำระแล้ว", "Less tax already paid", tax - credits)
    surcharge = ZERO if actual is None else _shortfall(estimate, actual, tax, schedule, on, working)
    return HalfTax(half, tax, payable, surcharge)


def _shortfall(
    estimate: Decimal, actual: Decimal, paid: Decimal, schedule: str, on: date, working: Working
) -> Decimal:
    margin = working.at("cit.estimate_margin", on)
    short = working.note("กำไรจริงเกินประมาณการ", "Profit above the estimate", max(actual - estimate, ZERO))
    allowed = working.note(
        "ส่วนที่ขาดได้", "Shortfall allowed", max(actual, ZERO) * margin, "cit.estimate_margin", on
    )
    if short <= allowed:
        return ZERO
    due = corporate_tax(round_to(actual / 2, "satang"), schedule, on, working)
    rate = working.at("cit.estimate_surcharge", on)
    working.warn("tax.reasonable-cause")
    surcharge = round_to(max(due - paid, ZERO) * rate, "satang")
    return working.note(
        "เงินเพิ่ม ม.67 ตรี", "Surcharge, section 67 ter", surcharge, "cit.estimate_surcharge", on
    )


@dataclass(frozen=True, slots=True)
class OpenLoss:
    """What is left of a period's loss, and the last period that may use it."""

    year: int
    left: Decimal
    last_year: int


def losses_carried(history: Mapping[int, Decimal], year: int, working: Working) -> list[OpenLoss]:
    """Losses still usable in ``year``; profits of earlier periods use the oldest first (ม.65 ตรี (12)).

    ``history`` holds each period's net profit or loss before losses brought forward.
    """
    periods = int(working.at("cit.loss_periods", date(year, 1, 1)))
    left: dict[int, Decimal] = {}
    for at in sorted(y for y in history if y < year):
        result = history[at]
        if result < 0:
            left[at] = -result
            working.note(f"ขาดทุนปี {at + 543}", f"Loss of {at + 543}", -result)
            continue
        for loss_year in sorted(left):
            if loss_year + periods < at or not result:
                continue
            used = min(left[loss_year], result)
            left[loss_year] -= used
            result -= used
            if used:
                working.note(
                    f"กำไรปี {at + 543} ใช้ขาดทุนปี {loss_year + 543}",
                    f"Profit of {at + 543} uses the loss of {loss_year + 543}",
                    used,
                )
    return [
        OpenLoss(at, amount, at + periods)
        for at, amount in sorted(left.items())
        if amount and at + periods >= year
    ]
