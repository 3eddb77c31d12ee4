"""Personal income tax against the official table and against what the law's shape must give."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chutdiao import paths
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.tax.allowances import Bases, Claim, granted
from chutdiao.domain.tax.annual import Assessed, Income, Return, assess
from chutdiao.domain.tax.personal import tax_on_net
from chutdiao.domain.tax.working import Working
from chutdiao.formlib.parameters import load_parameters

QUICK = settings(max_examples=80, deadline=None, derandomize=True)
AMOUNTS = st.integers(0, 2 * 10**9).map(lambda satang: Decimal(satang) / 100)
END = date(2025, 12, 31)
# The cumulative column of the official table, written out here and nowhere in the parameters.
OFFICIAL = (
    (0, 0, "0"), (150_000, 0, "0.05"), (300_000, 7_500, "0.10"), (500_000, 27_500, "0.15"),
    (750_000, 65_000, "0.20"), (1_000_000, 115_000, "0.25"), (2_000_000, 365_000, "0.30"),
    (5_000_000, 1_265_000, "0.35"),
)  # fmt: skip
KINDS = ("40-1", "40-2", "40-3", "40-4", "40-5", "40-6", "40-7", "40-8", "40-8-performer")
FIXED = ("personal", "spouse", "child", "parent", "disabled")
PAID = (
    "life",
    "health",
    "life-spouse",
    "home-loan",
    "sso",
    "maternity",
    "gpf",
    "nsf",
    "easy-receipt",
    "travel-minor",
)
KNOWN = load_parameters(paths.forms_dir())


def by_official_table(net: Decimal) -> Decimal:
    low, before, rate = next(row for row in reversed(OFFICIAL) if net > row[0] or row[0] == 0)
    return before + ((net - low) * Decimal(rate)).quantize(Decimal("0.01"), "ROUND_HALF_UP")


def claims_of(chosen: Mapping[str, Decimal]) -> list[Claim]:
    return [Claim(code, heads=1) if code in FIXED else Claim(code, paid) for code, paid in chosen.items()]


def assessed(*incomes: Income, claims: list[Claim] | None = None, half: bool = False) -> Assessed:
    return assess(Return(incomes, claims or [], half=half), END, Working(KNOWN))


@QUICK
@given(net=AMOUNTS)
def test_bands_agree_with_the_official_cumulative_table(net: Decimal) -> None:
    assert tax_on_net(net, END, Working(KNOWN)) == by_official_table(net)


@QUICK
@given(
    kind=st.sampled_from(KINDS), amount=AMOUNTS, more=AMOUNTS,
    chosen=st.dictionaries(st.sampled_from(FIXED + PAID), AMOUNTS, max_size=6),
    given_away=AMOUNTS,
)  # fmt: skip
def test_tax_never_falls_as_income_rises(
    kind: str,
    amount: Decimal,
    more: Decimal,
    chosen: dict[str, Decimal],
    given_away: Decimal,
) -> None:
    claims = [*claims_of(chosen), Claim("donation-special", given_away), Claim("donation", given_away)]
    low = assessed(Income(kind, amount), claims=claims)
    high = assessed(Income(kind, amount + more), claims=claims)
    assert low.tax <= high.tax


@QUICK
@given(
    incomes=st.dictionaries(st.sampled_from(KINDS), AMOUNTS, min_size=1, max_size=4),
    chosen=st.dictionaries(st.sampled_from(FIXED + PAID), AMOUNTS, max_size=6),
    withheld=AMOUNTS,
)  # fmt: skip
def test_the_lines_of_the_return_add_up(
    incomes: dict[str, Decimal], chosen: dict[str, Decimal], withheld: Decimal
) -> None:
    declared = Return([Income(*pair) for pair in incomes.items()], claims_of(chosen), withheld=withheld)
    working = Working(KNOWN)
    found = assess(declared, END, working)
    left = found.gross - found.exempt - found.expenses - found.allowances
    assert found.gross == sum(incomes.values())
    assert found.net == max(left, Decimal(0)) - found.donations
    assert sum(found.granted.values()) == found.allowances + found.exempt
    assert found.tax == max(found.tax_on_net, found.minimum_tax)
    assert found.payable == found.tax - withheld
    assert not found.instalments or sum(found.instalments) == found.payable
    assert {"เงินได้สุทธิ", "ภาษีที่ต้องชำระ"} <= {step.say.th for step in working.steps}


@QUICK
@given(
    paid=st.dictionaries(
        st.sampled_from(("pvd", "gpf", "teacher-fund", "nsf", "rmf", "pension", "life", "health")), AMOUNTS
    ),
    income=AMOUNTS,
)
def test_funds_and_premiums_stay_within_their_shared_limits(
    paid: dict[str, Decimal], income: Decimal
) -> None:
    working = Working(KNOWN)
    found = {one.code: one for one in granted(claims_of(paid), Bases(income, income), END, working)}
    whole = {code: one.allowance + one.exempt for code, one in found.items()}
    assert all(whole[code] <= paid[code] for code in whole)
    insured = sum((whole.get(code, Decimal(0)) for code in ("life", "health")), Decimal(0))
    funds = sum(
        (whole.get(code, Decimal(0)) for code in ("pvd", "gpf", "teacher-fund", "nsf", "rmf")), Decimal(0)
    )
    pension = whole.get("pension", Decimal(0))
    assert insured <= 100_000 and whole.get("health", Decimal(0)) <= 25_000
    assert funds <= 500_000
    assert funds + insured + pension <= 600_000
    assert pension <= 100_000 - insured + min(income * Decimal("0.15") + Decimal("0.01"), 200_000)
    assert whole.get("rmf", Decimal(0)) <= income * Decimal("0.30") + Decimal("0.01")
    assert "pvd" not in found or found["pvd"].allowance <= 10_000


@QUICK
@given(chosen=st.dictionaries(st.sampled_from(PAID), AMOUNTS, min_size=2, max_size=6), data=st.data())
def test_the_order_and_the_splitting_of_claims_do_not_matter(
    chosen: dict[str, Decimal], data: st.DataObject
) -> None:
    income = Income("40-1", Decimal(2_000_000))
    claims = claims_of(chosen)
    halves = [Claim(c.code, c.paid - c.paid // 2) for c in claims] + [
        Claim(c.code, c.paid // 2) for c in claims
    ]
    shuffled = data.draw(st.permutations(halves))
    assert assessed(income, claims=shuffled).granted == assessed(income, claims=claims).granted


@QUICK
@given(amount=AMOUNTS, rate=st.sampled_from((3, 10, 15, 20, 23, 25, 30)))
def test_a_dividend_credit_gives_back_what_the_company_paid(amount: Decimal, rate: int) -> None:
    found = assessed(Income("dividend", amount, company_rate=Decimal(rate)))
    before_tax = amount + found.dividend_credit
    # The credit is the company's tax on its profit before tax.
    assert abs(before_tax * rate / 100 - found.dividend_credit) <= Decimal("0.01")
    assert found.net == before_tax


def test_the_allowances_of_2569_are_those_of_2568_and_say_so() -> None:
    working = Working(KNOWN)
    declared = Return([Income("40-1", Decimal(600_000))], [Claim("personal", heads=1)])
    found = assess(declared, date(2026, 12, 31), working)
    assert found == assessed(*declared.incomes, claims=list(declared.claims))
    assert [warning.code for warning in working.warnings] == ["tax.beyond"]
    assert all(warning.values["source"] for warning in working.warnings)


def test_every_mistake_of_a_return_is_told_at_once() -> None:
    incomes = [
        Income("40-9", Decimal(1)),
        Income("40-1", Decimal(5), expense=Decimal(1)),
        Income("40-5", Decimal(5), expense=Decimal(6)),
    ]
    with pytest.raises(ChutdiaoError) as refused:
        assess(Return(incomes), END, Working(KNOWN))
    assert [problem.code for problem in refused.value.problems] == [
        "tax.income-unknown", "tax.expense-not-actual", "tax.expense-above",
    ]  # fmt: skip
    with pytest.raises(ChutdiaoError) as refused:
        assessed(
            Income("40-1", Decimal(5)),
            claims=[Claim("cat"), Claim("parent", heads=5), Claim("life", heads=1)],
        )
    assert {problem.code for problem in refused.value.problems} == {
        "tax.allowance-unknown", "tax.allowance-most", "tax.allowance-amount",
    }  # fmt: skip


def test_every_kind_of_income_and_every_allowance_can_be_declared() -> None:
    rows = KNOWN.table("pit.incomes", END).value
    everything = [Income(row["code"], Decimal(100_000)) for row in rows]
    claims = [
        Claim(row["code"], heads=1)
        if "amount" in row and "each" not in row
        else Claim(row["code"], Decimal(1_000))
        for table in ("pit.allowances", "pit.allowances_of_year")
        for row in KNOWN.table(table, END).value
    ]
    found = assessed(*everything, claims=claims)
    assert set(found.granted) == {claim.code for claim in claims}
    halved = [income for income, row in zip(everything, rows, strict=True) if row.get("half") == "yes"]
    assert assessed(*halved, half=True).form == "pnd94"
