"""What late filing costs: months begun, surcharge, penalty and fine."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chutdiao.domain.dates import add_months
from chutdiao.domain.money import round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working

ZERO = Decimal(0)
SOCIAL_SECURITY, STATEMENTS = "sso1-10", "fs"


@dataclass(frozen=True, slots=True)
class LateCharges:
    """``fine`` and ``penalty`` are None where the law's figure is not known."""

    days: int
    months: int
    surcharge: Decimal
    penalty: Decimal | None
    fine: Decimal | None

    @property
    def total(self) -> Decimal:
        return self.surcharge + (self.penalty or ZERO) + (self.fine or ZERO)


def months_begun(due: date, paid: date) -> int:
    """Months and parts of months after ``due`` up to and including ``paid``.

    Counted from the day after, by the same day number; a month without that day ends on its last
    day (Civil and Commercial Code, section 193/5).
    """
    months = 0
    while paid > due and _month_end(due, months) < paid:
        months += 1
    return months


def _month_end(due: date, months: int) -> date:
    """The last day of the ``months``-th month counted from the day after ``due``; ``due`` for none."""
    start = due + timedelta(days=1)
    end = add_months(start, months)
    if end.day < start.day:
        return date(end.year, end.month, monthrange(end.year, end.month)[1])
    return end - timedelta(days=1)


def whole_months(due: date, paid: date) -> tuple[int, int]:
    """Whole months after ``due`` and the days left over."""
    months = months_begun(due, paid)
    if not months or _month_end(due, months) == paid:
        return months, 0
    return months - 1, (paid - _month_end(due, months - 1)).days


def known_forms(working: Working, on: date) -> dict[str, Mapping[str, str]]:
    """The forms whose lateness is known, by code."""
    return {row["form"]: row for row in working.table("late.forms", on)}


def late_charges(
    form: str,
    tax: Decimal,
    due: date,
    paid: date,
    working: Working,
    *,
    under: bool = False,
    extended: bool = False,
) -> LateCharges:
    """The charges on a tax due on ``due`` and paid on ``paid``.

    ``under``: a return was filed in time but declared too little. ``extended``: paid within an
    approved extension. Raises ChutdiaoError where the form is not known.
    """
    days = max((paid - due).days, 0)
    if form == STATEMENTS:
        return _statements(due, paid, days, working)
    forms = known_forms(working, due)
    if form not in forms:
        known = ", ".join(sorted([*forms, STATEMENTS]))
        raise ChutdiaoError(Problem("tax.code", "--form", {"value": form, "known": known}))
    if not days:
        return LateCharges(0, 0, ZERO, ZERO, ZERO)
    if form == SOCIAL_SECURITY:
        return _social_security(tax, due, paid, days, working)
    months = months_begun(due, paid)
    working.note("จำนวนเดือนหรือเศษของเดือน", "Months and parts of months", Decimal(months))
    name = "late.surcharge_extended" if extended else "late.surcharge"
    rate = working.at(name, due)
    surcharge = min(round_to(tax * rate * months, "satang"), tax)
    working.note("เงินเพิ่ม ไม่เกินจำนวนภาษี", "Surcharge, at most the tax", surcharge, name, due)
    penalty = _penalty(forms[form], tax, due, days, under, working)
    return LateCharges(days, months, surcharge, penalty, _fine(forms[form], due, days, under, working))


def _penalty(
    row: Mapping[str, str], tax: Decimal, due: date, days: int, under: bool, working: Working
) -> Decimal | None:
    if row["penalty"] == "none":
        return ZERO
    if not row["penalty"]:
        working.warn("tax.penalty-unknown", form=row["form"])
        return None
    kind = "under-declared" if under else "not-filed"
    times = next(
        Decimal(line["times"]) for line in working.table("late.vat_penalty", due) if line["code"] == kind
    )
    whole = working.note("เบี้ยปรับเต็ม", "Whole penalty", tax * times, "late.vat_penalty", due)
    ladder = working.table("late.vat_penalty_reduced", due)
    rate = next(Decimal(line["rate"]) for line in ladder if not line["up_to"] or days <= int(line["up_to"]))
    reduced = round_to(whole * rate, "satang")
    return working.note(
        f"เบี้ยปรับที่ลดแล้ว ({days} วัน)",
        f"Reduced penalty ({days} days)",
        reduced,
        "late.vat_penalty_reduced",
        due,
    )


def _fine(row: Mapping[str, str], due: date, days: int, under: bool, working: Working) -> Decimal | None:
    if under:
        return ZERO
    text = row["fine"] if days <= working.at("late.fine_days", due) else row["fine_long"]
    if not text:
        working.warn("tax.fine-unknown", form=row["form"])
        return None
    return working.note("ค่าปรับอาญา", "Criminal fine", Decimal(text), "late.forms", due)


def _social_security(tax: Decimal, due: date, paid: date, days: int, working: Working) -> LateCharges:
    """Section 49 of the Social Security Act: part of a month counts from 15 days on."""
    months, rest = whole_months(due, paid)
    months += rest >= working.at("late.sso_part_month", due)
    working.note("จำนวนเดือนที่นับ", "Months counted", Decimal(months), "late.sso_part_month", due)
    surcharge = min(round_to(tax * working.at("late.sso_surcharge", due) * months, "satang"), tax)
    working.note(
        "เงินเพิ่ม ไม่เกินเงินสมทบ", "Surcharge, at most the contribution", surcharge, "late.sso_surcharge", due
    )
    return LateCharges(days, months, surcharge, ZERO, ZERO)


def _statements(due: date, paid: date, days: int, working: Working) -> LateCharges:
    months = months_begun(due, paid)
    bands = working.table("late.statements", due)
    fine = ZERO
    if days:
        band = next(row for row in bands if not row["up_to"] or months <= int(row["up_to"]))
        fine = working.note(
            f"ค่าปรับ ล่าช้า {months} เดือน",
            f"Fine, {months} months late",
            Decimal(band["fine"]),
            "late.statements",
            due,
        )
    return LateCharges(days, months, ZERO, ZERO, fine)
