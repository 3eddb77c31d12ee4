"""Income tax withheld from pay, ม.50(1): the year is projected, its tax is spread over the payments left."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from chutdiao.domain.money import EXACT, SATANG
from chutdiao.domain.tax.personal import ZERO, salary_expense, tax_on_net
from chutdiao.domain.tax.withholding import DEDUCTED, with_tax_borne
from chutdiao.domain.tax.working import Working


@dataclass(frozen=True, slots=True)
class Pay:
    """One payment of wages and the year around it; ``left`` counts this payment too.

    ``paid_before`` and ``withheld_before`` are of this employer in this tax year, bonuses included.
    ``mode``: who bears the tax, as in withholding at source.
    """

    each: Decimal
    left: int
    allowances: Decimal
    paid_before: Decimal = ZERO
    withheld_before: Decimal = ZERO
    bonus: Decimal = ZERO
    mode: str = DEDUCTED


@dataclass(frozen=True, slots=True)
class PayTax:
    """``over`` is what was withheld beyond the year's tax; it is claimed in ภ.ง.ด.91, not paid back here."""

    projected: Decimal
    net: Decimal
    annual_tax: Decimal
    on_pay: Decimal
    on_bonus: Decimal
    over: Decimal

    @property
    def withhold(self) -> Decimal:
        return self.on_pay + self.on_bonus


def pay_tax(pay: Pay, on: date, working: Working) -> PayTax:
    """The tax to withhold from one payment, by the directions of ภ.ง.ด.1 (2.1–2.10).

    A mid-year joiner counts the payments left; the last payment of the year, or of one who leaves, takes
    all that is left, so the payments of a year withhold exactly its tax.
    """
    regular = working.note(
        f"เงินได้ทั้งปี {pay.paid_before:,f} + {pay.each:,f} × {pay.left}",
        f"Income of the year {pay.paid_before:,f} + {pay.each:,f} × {pay.left}",
        pay.paid_before + pay.each * pay.left,
    )
    projected = regular + pay.bonus
    if pay.bonus:
        working.note("รวมโบนัส", "With the bonus", projected)
    net, annual = _year(projected, pay, on, working)
    before = annual if not pay.bonus else _year(regular, pay, on, working, noted=False)[1]
    due = before - pay.withheld_before
    # A remainder waits for the last payment (ภ.ง.ด.1, direction 2.3).
    share = max(due, ZERO) / pay.left
    on_pay = share.quantize(SATANG, rounding=ROUND_DOWN, context=EXACT)
    on_bonus = annual - before
    over = ZERO
    if due < 0:
        # What was withheld too much so far is first set against the tax of the bonus.
        set_off = min(-due, on_bonus)
        on_bonus, over = on_bonus - set_off, -due - set_off
    left = f"({before:,f} − {pay.withheld_before:,f}) ÷ {pay.left}"
    working.note(f"หักจากเงินได้ปกติ {left}", f"From regular pay {left}", on_pay)
    if pay.bonus:
        working.note(
            "หักจากโบนัส: ภาษีรวมโบนัส − ภาษีก่อนโบนัส", "From the bonus: tax with it − tax without", on_bonus
        )
    if over:
        working.warn("tax.over-withheld", value=f"{over:,f}")
    return PayTax(projected, net, annual, on_pay, on_bonus, over)


def _year(
    income: Decimal, pay: Pay, on: date, working: Working, *, noted: bool = True
) -> tuple[Decimal, Decimal]:
    """Net income and tax of the whole year; tax that the employer bears is added to the income."""
    whole = with_tax_borne(income, pay.mode, lambda some: _net_and_tax(some, pay, on, working, False)[1])
    if noted and whole > income:
        working.note("ภาษีที่นายจ้างออกให้", "Tax borne by the employer", whole - income)
    return _net_and_tax(whole, pay, on, working, noted)


def _net_and_tax(
    income: Decimal, pay: Pay, on: date, working: Working, noted: bool
) -> tuple[Decimal, Decimal]:
    expense = salary_expense(income, on, working)
    net = max(income - expense - pay.allowances, ZERO)
    if noted:
        working.note("หักค่าใช้จ่าย", "Less expenses", expense, "pit.incomes", on)
        working.note("หักค่าลดหย่อน", "Less allowances", pay.allowances)
        working.note("เงินได้สุทธิ", "Net income", net)
    return net, tax_on_net(net, on, working, noted=noted)
