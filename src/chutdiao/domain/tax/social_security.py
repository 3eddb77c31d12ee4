"""Social security contributions under section 33, with their own rounding."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import round_to
from chutdiao.domain.tax.working import Working


@dataclass(frozen=True, slots=True)
class Contribution:
    """Whole baht each of employee and employer pays; ``base`` is the wage within floor and ceiling."""

    base: Decimal
    employee: Decimal
    employer: Decimal


def contribution(wage: Decimal, month: date, working: Working) -> Contribution:
    """One person's contribution for a month, in whole baht.

    Half a baht and more rounds up, less is dropped; the employer pays the same rounded amount
    (notes of form สปส.1-10). The wage itself is reported uncapped.
    """
    if not wage:
        return Contribution(Decimal(0), Decimal(0), Decimal(0))
    floor, ceiling = working.at("sso.floor", month), working.at("sso.ceiling", month)
    base = min(max(wage, floor), ceiling)
    working.note("ค่าจ้างที่ใช้คำนวณ", "Wage for the contribution", base, "sso.ceiling", month)
    rate = working.at("sso.rate", month)
    employee = round_to(base * rate, "half_up")
    working.note("เงินสมทบผู้ประกันตน", "Employee's contribution", employee, "sso.rate", month)
    working.note("เงินสมทบนายจ้าง", "Employer's contribution", employee, "sso.rate", month)
    return Contribution(base, employee, employee)
