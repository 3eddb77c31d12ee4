"""Personal income tax of a year (ภ.ง.ด.90, ภ.ง.ด.91) or of its first half (ภ.ง.ด.94)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import plain_number, round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.allowances import Bases, Claim, Granted, granted
from chutdiao.domain.tax.personal import SALARY, ZERO, ExpenseRule, expense_rules, tax_on_net
from chutdiao.domain.tax.working import Working

DIVIDEND = "dividend"
DONATION, SPECIAL_DONATION = "donation", "donation-special"
DONATIONS = (DONATION, SPECIAL_DONATION)
_INSTALMENTS = 3


@dataclass(frozen=True, slots=True)
class Income:
    """Income of one kind.

    ``expense``: real expenses claimed in place of the flat deduction. ``company_rate``: the rate in per
    cent at which the company that paid a dividend was taxed; the dividend then carries a tax credit.
    """

    code: str
    amount: Decimal
    expense: Decimal | None = None
    company_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """What a return declares; ``separate`` is income taxed apart that still counts for fund limits."""

    incomes: Sequence[Income]
    claims: Sequence[Claim] = ()
    married: bool = False
    half: bool = False
    withheld: Decimal = ZERO
    paid_before: Decimal = ZERO
    separate: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Assessed:
    """A computed return; ``payable`` is negative where tax was overpaid.

    ``granted``: what each claim came to, as an allowance or as exempt income.
    """

    form: str
    must_file: bool | None
    gross: Decimal
    exempt: Decimal
    expenses: Decimal
    allowances: Decimal
    granted: Mapping[str, Decimal]
    donations: Decimal
    net: Decimal
    tax_on_net: Decimal
    minimum_tax: Decimal
    tax: Decimal
    dividend_credit: Decimal
    payable: Decimal
    instalments: tuple[Decimal, ...]


def assess(declared: Return, on: date, working: Working) -> Assessed:
    """Tax by the order of ภ.ง.ด.90 ข้อ 11; each line is a step of the working.

    Raises ChutdiaoError with every income or claim that cannot be.
    """
    rules = expense_rules({income.code for income in declared.incomes}, on, working)
    _refuse(declared, rules, [row["code"] for row in working.table("pit.incomes", on)])
    gross = sum((income.amount for income in declared.incomes), ZERO)
    salary = sum((income.amount for income in declared.incomes if income.code == SALARY), ZERO)
    claims = [claim for claim in declared.claims if claim.code not in DONATIONS]
    grants = granted(claims, Bases(gross + declared.separate, salary), on, working, half=declared.half)
    incomes, grants = _without_exempt(declared.incomes, grants)
    exempt = gross - sum((income.amount for income in incomes), ZERO)
    if exempt:
        working.note("เงินได้ที่ได้รับยกเว้น", "Exempt income", exempt)
    credit = _dividend_credit(incomes, working)
    expenses = _expenses(incomes, rules, on, working)
    left = working.note("เงินได้หลังหักค่าใช้จ่าย", "Income after expenses", gross - exempt + credit - expenses)
    allowed = sum((grant.allowance for grant in grants), ZERO)
    left = working.note("คงเหลือหลังหักค่าลดหย่อน", "Left after allowances", max(left - allowed, ZERO))
    donations = _donations(declared.claims, left, on, working)
    net = working.note("เงินได้สุทธิ", "Net income", left - donations)
    on_net = tax_on_net(net, on, working)
    minimum = _minimum(incomes, credit, on, working)
    tax = working.note("ภาษีที่ต้องชำระ", "Tax", max(on_net, minimum))
    payable = tax - credit - declared.withheld - declared.paid_before
    working.note("ชำระเพิ่มเติม (ติดลบ: ชำระไว้เกิน)", "Payable (negative: overpaid)", payable)
    form = _form(declared)
    return Assessed(
        form, _must_file(declared, gross - exempt, on, working), gross, exempt, expenses,
        allowed, {grant.code: grant.allowance + grant.exempt for grant in grants},
        donations, net, on_net, minimum, tax, credit, payable, _instalments(payable, declared, on, working),
    )  # fmt: skip


def _refuse(declared: Return, rules: Mapping[str, ExpenseRule], kinds: Sequence[str]) -> None:
    """Refuse kinds that are not known, real expenses the law does not take, and kinds not of ภ.ง.ด.94."""
    problems: list[Problem] = []
    for income in declared.incomes:
        rule = rules.get(income.code)
        if rule is None:
            known = ", ".join([*kinds, f"{DIVIDEND}-20"])
            problems.append(Problem("tax.income-unknown", "--income", {"value": income.code, "known": known}))
        elif declared.half and not rule.half:
            problems.append(Problem("tax.income-not-half", "--income", {"value": income.code}))
        elif income.expense is not None and not rule.actual:
            problems.append(Problem("tax.expense-not-actual", "--expense", {"value": income.code}))
        elif income.expense is not None and income.expense > income.amount:
            problems.append(Problem("tax.expense-above", "--expense", {"value": income.code}))
    if problems:
        raise ChutdiaoError(*problems)


def _without_exempt(
    incomes: Sequence[Income], grants: Sequence[Granted]
) -> tuple[list[Income], list[Granted]]:
    """Incomes less what is exempt, and the grants as far as there was income for them.

    Taken of salary, or of any income in the order it was declared.
    """
    left, used = list(incomes), []
    for grant in grants:
        exempt = grant.exempt
        for place, income in enumerate(left):
            if grant.any_income or income.code == SALARY:
                part = min(exempt, income.amount)
                expense = None if income.expense is None else min(income.expense, income.amount - part)
                left[place] = replace(income, amount=income.amount - part, expense=expense)
                exempt -= part
        used.append(replace(grant, exempt=grant.exempt - exempt))
    return left, used


def _dividend_credit(incomes: Sequence[Income], working: Working) -> Decimal:
    """Tax the companies paid on their dividends, ม.47 ทวิ: income first, then set against the tax."""
    total = ZERO
    for income in incomes:
        if income.company_rate:
            rate = income.company_rate
            credit = round_to(income.amount * rate / (100 - rate), "satang")
            said = f"{income.amount:,f} × {plain_number(rate)} ÷ (100 − {plain_number(rate)})"
            total += working.note(f"เครดิตภาษีเงินปันผล {said}", f"Dividend tax credit {said}", credit)
    return total


def _expenses(
    incomes: Sequence[Income], rules: Mapping[str, ExpenseRule], on: date, working: Working
) -> Decimal:
    """Expenses of all incomes; the flat deductions of a group together stay within its limit."""
    total, used = ZERO, dict[str, Decimal]()
    for income in incomes:
        rule = rules[income.code]
        if income.expense is not None:
            found = income.expense
            th, en = f"ค่าใช้จ่ายจริง {rule.th}", f"Real expenses, {rule.en}"
        else:
            found = rule.flat(income.amount)
            if rule.limit is not None:
                found = min(found, rule.limit - used.get(rule.group, ZERO))
                used[rule.group] = used.get(rule.group, ZERO) + found
            th, en = f"ค่าใช้จ่าย {rule.th}", f"Expenses, {rule.en}"
            if rule.actual and not rule.rate:
                working.warn("tax.expense-real-only", value=income.code)
        if found or rule.rate:
            total += working.note(th, en, found, "pit.incomes", on)
    return total


def _donations(claims: Sequence[Claim], left: Decimal, on: date, working: Working) -> Decimal:
    """Special donations count twice, up to a part of what is left; then others, up to a part of the rest."""
    total = ZERO
    for code, th, en in (
        (SPECIAL_DONATION, "เงินบริจาค 2 เท่า", "Special donations, counted twice"),
        (DONATION, "เงินบริจาค", "Donations"),
    ):
        paid = sum((claim.paid for claim in claims if claim.code == code), ZERO)
        if paid:
            times = working.at("pit.donation_double", on) if code == SPECIAL_DONATION else 1
            limit = round_to((left - total) * working.at("pit.donation_limit", on), "satang")
            total += working.note(th, en, min(paid * times, limit), "pit.donation_limit", on)
    return total


def _minimum(incomes: Sequence[Income], credit: Decimal, on: date, working: Working) -> Decimal:
    """Tax on gross income other than salary, ม.48(2); nothing where it is too small to be due."""
    base = sum((income.amount for income in incomes if income.code != SALARY), ZERO) + credit
    if base < working.at("pit.minimum_from", on):
        return ZERO
    tax = round_to(base * working.at("pit.minimum_rate", on), "satang")
    working.note(
        f"ภาษีจากเงินได้พึงประเมิน {base:,f}", f"Tax on gross income {base:,f}", tax, "pit.minimum_rate", on
    )
    if tax <= working.at("pit.minimum_ignored", on):
        return working.note(
            "ไม่เกินเกณฑ์ จึงไม่ใช้", "Not above the least, so not due", ZERO, "pit.minimum_ignored", on
        )
    return tax


def _form(declared: Return) -> str:
    if declared.half:
        return "pnd94"
    return "pnd91" if _only_salary(declared) else "pnd90"


def _only_salary(declared: Return) -> bool:
    return all(income.code == SALARY for income in declared.incomes)


def _must_file(declared: Return, income: Decimal, on: date, working: Working) -> bool | None:
    """Whether the income obliges to file; not known for the half year."""
    if declared.half:
        return None
    wanted = {True: "yes", False: "no"}
    for row in working.table("pit.filing", on):
        kind = (row["only_salary"], row["married"])
        if kind == (wanted[_only_salary(declared)], wanted[declared.married]):
            return income > Decimal(row["over"])
    return None


def _instalments(payable: Decimal, declared: Return, on: date, working: Working) -> tuple[Decimal, ...]:
    """Three equal parts where the law lets the tax be paid so; satang that remain go with the first."""
    if declared.half or payable < working.at("pit.instalments_from", on):
        return ()
    part = round_to(payable / _INSTALMENTS * 100, "baht") / 100
    return (payable - part * (_INSTALMENTS - 1), *[part] * (_INSTALMENTS - 1))
