"""Value added tax: the items of ภ.พ.30, the shared input tax of ภ.พ.30.2 and payments abroad (ภ.พ.36)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working

ZERO = Decimal(0)
Items = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class VatMonth:
    """What a month's reports give; ``output`` and ``input`` are the tax totals of the two reports."""

    sales: Decimal
    zero: Decimal
    exempt: Decimal
    output: Decimal
    purchases: Decimal
    input: Decimal
    credit: Decimal = ZERO
    additional: bool = False


def monthly_items(
    month: VatMonth, working: Working, surcharge: Decimal = ZERO, penalty: Decimal = ZERO
) -> Items:
    """Items 1 to 16 of ภ.พ.30; 5 and 7 come from the reports and are never worked out from 4 and 6.

    Raises ChutdiaoError where zero-rated and exempt sales exceed sales, or an additional filing takes credit.
    """
    taxable = month.sales - month.zero - month.exempt
    if taxable < 0:
        raise ChutdiaoError(Problem("tax.sales-short", "--sales", {"value": f"{-taxable:,}"}))
    if month.additional and month.credit:
        raise ChutdiaoError(Problem("tax.no-credit", "--credit"))
    due = month.output - month.input
    net = due - month.credit
    items = {
        "1": month.sales,
        "2": month.zero,
        "3": month.exempt,
        "4": taxable,
        "5": month.output,
        "6": month.purchases,
        "7": month.input,
        "8": max(due, ZERO),
        "9": max(-due, ZERO),
        "10": month.credit,
        "11": max(net, ZERO),
        "12": max(-net, ZERO),
        "13": surcharge,
        "14": penalty,
    }
    charged = net + surcharge + penalty
    items |= {"15": max(charged, ZERO), "16": max(-charged, ZERO)}
    working.note("4 = 1 − 2 − 3", "4 = 1 − 2 − 3", taxable)
    working.note("5 − 7 (เป็นบวกคือข้อ 8 ติดลบคือข้อ 9)", "5 − 7 (item 8 above zero, 9 below)", due)
    working.note("หักข้อ 10 (เป็นบวกคือข้อ 11 ติดลบคือข้อ 12)", "Less item 10 (item 11 above zero, 12 below)", net)
    working.note("รวมข้อ 13 และ 14", "With items 13 and 14", charged)
    return items


def estimated_output(taxable: Decimal, on: date, working: Working) -> Decimal:
    """Output tax at the rate of a day, for use only where the report's total is not at hand."""
    working.warn("tax.output-estimated")
    tax = round_to(max(taxable, ZERO) * working.at("vat.rate", on), "satang")
    return working.note("ภาษีขายประมาณจากข้อ 4", "Output tax estimated from item 4", tax, "vat.rate", on)


def shared_items(
    estimated: Decimal,
    estimated_taxable: Decimal,
    input_tax: Decimal,
    actual: Decimal,
    actual_taxable: Decimal,
    working: Working,
    surcharge: Decimal = ZERO,
    penalty: Decimal = ZERO,
) -> Items:
    """Items 1 to 12 of ภ.พ.30.2: input tax shared by estimated income, settled by actual income."""
    for name, part, whole in (
        ("--estimated", estimated_taxable, estimated),
        ("--actual", actual_taxable, actual),
    ):
        if whole <= 0 or part > whole:
            raise ChutdiaoError(Problem("tax.share", name, {"value": f"{part:,}/{whole:,}"}))
    used = round_to(input_tax * estimated_taxable / estimated, "satang")
    allowed = round_to(input_tax * actual_taxable / actual, "satang")
    working.note("4 = 3 × 2 ÷ 1", "4 = 3 × 2 ÷ 1", used)
    working.note("7 = 3 × 6 ÷ 5", "7 = 3 × 6 ÷ 5", allowed)
    short = working.note("4 − 7", "4 − 7", used - allowed)
    return {
        "1": estimated,
        "2": estimated_taxable,
        "3": input_tax,
        "4": used,
        "5": actual,
        "6": actual_taxable,
        "7": allowed,
        "8": max(short, ZERO),
        "9": max(-short, ZERO),
        "10": surcharge,
        "11": penalty,
        "12": max(short, ZERO) + surcharge + penalty,
    }


def abroad_tax(amount: Decimal, paid: date, working: Working) -> Decimal:
    """VAT the payer remits on a service or goods from an operator abroad (ม.83/6)."""
    tax = round_to(amount * working.at("vat.rate", paid), "satang")
    return working.note("ภาษีมูลค่าเพิ่มที่ต้องนำส่ง", "VAT to remit", tax, "vat.rate", paid)
