"""Tax withheld from pay and at source: it adds up to the year's tax, and borne tax inverts to the satang."""

from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from chutdiao import paths
from chutdiao.bootstrap import problem_texts
from chutdiao.domain.money import round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.payroll import Pay, pay_tax
from chutdiao.domain.tax.personal import salary_expense, tax_on_net
from chutdiao.domain.tax.source_rules import Payment, withhold_at_source
from chutdiao.domain.tax.withholding import DEDUCTED, FOREVER, ONCE, withhold
from chutdiao.domain.tax.working import Working
from chutdiao.formlib.parameters import load_parameters

QUICK = settings(max_examples=60, deadline=None, derandomize=True)
AMOUNTS = st.integers(0, 10**9).map(lambda satang: Decimal(satang) / 100)
WAGES = st.integers(0, 5 * 10**7).map(lambda satang: Decimal(satang) / 100)
RATES = st.integers(0, 3500).map(lambda hundredths: Decimal(hundredths) / 100)
END = date(2026, 12, 31)
KNOWN = load_parameters(paths.forms_dir())


def tax_of_year(income: Decimal, allowances: Decimal) -> Decimal:
    working = Working(KNOWN)
    net = income - salary_expense(income, END, working) - allowances
    return tax_on_net(max(net, Decimal(0)), END, working)


@QUICK
@given(amount=AMOUNTS, rate=RATES)
def test_tax_borne_for_ever_inverts_exactly(amount: Decimal, rate: Decimal) -> None:
    borne = withhold(amount, rate, FOREVER, Working(KNOWN))
    assert borne.pay == amount
    assert borne.tax == round_to(borne.income * rate / 100, "satang")
    assert withhold(borne.income, rate, DEDUCTED, Working(KNOWN)) == borne


@QUICK
@given(amount=AMOUNTS, rate=RATES)
def test_tax_borne_once_lies_between(amount: Decimal, rate: Decimal) -> None:
    deducted, once, ever = (
        withhold(amount, rate, mode, Working(KNOWN)) for mode in (DEDUCTED, ONCE, FOREVER)
    )
    assert deducted.income <= once.income <= ever.income
    assert once.income == amount + deducted.tax
    assert all(found.income == found.tax + found.pay for found in (deducted, once, ever))


@QUICK
@given(
    wages=st.lists(WAGES, min_size=1, max_size=12), allowances=WAGES,
    bonuses=st.dictionaries(st.integers(0, 11), WAGES, max_size=3),
)  # fmt: skip
def test_the_payments_of_a_year_withhold_exactly_its_tax(
    wages: list[Decimal], allowances: Decimal, bonuses: dict[int, Decimal]
) -> None:
    """Any pay, raises, cuts, bonuses, a joiner in any month; who is cut may have been withheld too much."""
    paid, withheld, over = Decimal(0), Decimal(0), Decimal(0)
    for place, wage in enumerate(wages):
        bonus = bonuses.get(place, Decimal(0))
        pay = Pay(wage, len(wages) - place, allowances, paid, withheld, bonus)
        found = pay_tax(pay, END, Working(KNOWN))
        assert found.withhold >= 0
        paid, withheld, over = paid + wage + bonus, withheld + found.withhold, found.over
    assert withheld - over == tax_of_year(paid, allowances)


@QUICK
@given(wage=WAGES, allowances=WAGES, months=st.integers(1, 12))
def test_even_pay_is_withheld_evenly_and_the_remainder_last(
    wage: Decimal, allowances: Decimal, months: int
) -> None:
    taken: list[Decimal] = []
    for place in range(months):
        pay = Pay(wage, months - place, allowances, wage * place, sum(taken, Decimal(0)))
        taken.append(pay_tax(pay, END, Working(KNOWN)).withhold)
    assert max(taken) - min(taken) <= Decimal("0.01") * months
    assert sum(taken) == tax_of_year(wage * months, allowances)


@QUICK
@given(wage=WAGES, allowances=WAGES)
def test_an_employer_who_bears_the_tax_bears_the_tax_on_it_too(wage: Decimal, allowances: Decimal) -> None:
    found = pay_tax(Pay(wage, 12, allowances, mode=FOREVER), END, Working(KNOWN))
    assert found.annual_tax == tax_of_year(wage * 12 + found.annual_tax, allowances)
    once = pay_tax(Pay(wage, 12, allowances, mode=ONCE), END, Working(KNOWN))
    assert once.annual_tax == tax_of_year(wage * 12 + tax_of_year(wage * 12, allowances), allowances)


def test_every_rate_is_reached_and_every_pair_is_answered() -> None:
    """No row hides behind an earlier one; a pair without a rule is refused, never answered with nothing."""
    codes = {
        name: [row["code"] for row in KNOWN.table(f"wht.{name}s", END).value]
        for name in ("payer", "income", "payee")
    }
    rows = KNOWN.table("wht.rates", END).value
    for row in rows:
        for name in codes:
            assert row[name] == "any" or set(row[name].split()) <= set(codes[name]), row
    reached, refused = set(), set()
    for payer, income, payee in product(*codes.values()):
        asked = {"payer": payer, "income": income, "payee": payee}
        first = next(
            (place for place, row in enumerate(rows)
             if all(row[name] == "any" or asked[name] in row[name].split() for name in asked)),
            None,
        )  # fmt: skip
        payment = Payment(Decimal(50_000), income, payee, payer, DEDUCTED)
        try:
            found = withhold_at_source(payment, END, Working(KNOWN))
        except ChutdiaoError as error:
            assert first is None and [problem.code for problem in error.problems] == ["tax.wht-no-rule"]
            refused.add((income, payee))
            continue
        assert first is not None
        reached.add(first)
        assert found.form == rows[first].get("form", "")
        assert bool(found.form) or found.withheld.tax == 0
        assert found.rate is None or 0 <= found.rate <= 15
    assert reached == set(range(len(rows)))
    assert ("salary", "company") in refused and ("service", "company") not in refused


def test_every_doubt_of_a_rate_has_its_sentences() -> None:
    texts = problem_texts()
    said = {f"tax.wht-{row['say']}" for row in KNOWN.table("wht.rates", END).value if "say" in row}
    assert len(said) >= 5
    for code, language in product(said, ("th", "en")):
        assert texts.message(Problem(code), language) != code  # type: ignore[arg-type]
        assert texts.cure(Problem(code), language)  # type: ignore[arg-type]


def test_a_form_follows_the_payee() -> None:
    forms = {
        payee: withhold_at_source(
            Payment(Decimal(50_000), "professional", payee, "company", DEDUCTED), END, Working(KNOWN)
        ).form
        for payee in (
            "person",
            "nonresident",
            "company",
            "partnership",
            "foundation",
            "bank",
            "foreign-company",
        )
    }
    assert forms == {
        "person": "pnd3", "nonresident": "pnd3", "company": "pnd53", "partnership": "pnd53",
        "foundation": "pnd53", "bank": "pnd53", "foreign-company": "pnd54",
    }  # fmt: skip
