"""Lateness, VAT, stamp duty and contributions against slow oracles and the law's own bounds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chutdiao import paths
from chutdiao.domain.dates import add_months
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.tax.corporate import GENERAL, SME, corporate_tax, losses_carried, year_tax
from chutdiao.domain.tax.late import known_forms, late_charges, months_begun, whole_months
from chutdiao.domain.tax.social_security import contribution
from chutdiao.domain.tax.vat import VatMonth, monthly_items
from chutdiao.domain.tax.working import Working
from chutdiao.formlib.parameters import load_parameters

QUICK = settings(max_examples=60, deadline=None, derandomize=True)
DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))
AMOUNTS = st.integers(0, 10**11).map(lambda satang: Decimal(satang) / 100)
YEAR = date(2026, 1, 1)


@pytest.fixture(scope="module")
def known() -> Parameters:
    return load_parameters(paths.forms_dir())


def _months_by_walking(due: date, paid: date) -> int:
    """One day after the other: a new month begins on the day number of the day after ``due``."""
    start, months, day = due + timedelta(days=1), 0, due
    while day < paid:
        day += timedelta(days=1)
        begins = day == start or (day > start and day == _nth_start(start, months))
        months += begins
    return months


def _nth_start(start: date, months: int) -> date:
    """The first day of the month after ``months`` months; one past the end where the day is missing."""
    same = add_months(start, months)
    return same if same.day == start.day else same + timedelta(days=1)


@QUICK
@given(due=DAYS, late=st.integers(0, 500))
def test_months_are_counted_as_a_person_counts_them(due: date, late: int) -> None:
    paid = due + timedelta(days=late)
    assert months_begun(due, paid) == _months_by_walking(due, paid)
    whole, rest = whole_months(due, paid)
    assert whole + bool(rest) == months_begun(due, paid) and 0 <= rest <= 31


@pytest.mark.parametrize(
    ("due", "paid", "months"),
    [
        (date(2026, 6, 15), date(2026, 7, 15), 1),
        (date(2026, 6, 15), date(2026, 7, 16), 2),
        (date(2026, 1, 30), date(2026, 2, 28), 1),
        (date(2026, 1, 30), date(2026, 3, 1), 2),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 6, 15), date(2026, 6, 15), 0),
        (date(2026, 6, 15), date(2026, 6, 1), 0),
    ],
)
def test_month_counting_at_its_edges(due: date, paid: date, months: int) -> None:
    assert months_begun(due, paid) == months


@QUICK
@given(tax=AMOUNTS, late=st.integers(1, 4000), more=st.integers(0, 400))
def test_charges_grow_with_time_and_the_surcharge_never_passes_the_tax(
    known: Parameters, tax: Decimal, late: int, more: int
) -> None:
    due = date(2021, 7, 15)
    for form in known_forms(Working(known), due):
        first = late_charges(form, tax, due, due + timedelta(days=late), Working(known))
        later = late_charges(form, tax, due, due + timedelta(days=late + more), Working(known))
        assert first.surcharge <= later.surcharge <= tax
        assert first.total <= later.total


@QUICK
@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_items_of_pp30_agree(
    known: Parameters, sales: Decimal, zero: Decimal, output: Decimal, bought: Decimal, credit: Decimal
) -> None:
    month = VatMonth(sales, min(zero, sales), Decimal(0), output, bought, bought, credit)
    items = monthly_items(month, Working(known))
    assert items["4"] == items["1"] - items["2"] - items["3"]
    assert items["8"] * items["9"] == 0 and items["11"] * items["12"] == 0
    assert items["11"] - items["12"] == items["8"] - items["9"] - items["10"]
    assert items["15"] - items["16"] == items["11"] - items["12"] + items["13"] + items["14"]


@QUICK
@given(AMOUNTS, AMOUNTS, st.sampled_from([GENERAL, SME]))
def test_company_tax_never_falls_as_profit_rises(
    known: Parameters, low: Decimal, more: Decimal, schedule: str
) -> None:
    taxes = [corporate_tax(amount, schedule, YEAR, Working(known)) for amount in (low, low + more)]
    assert taxes[0] <= taxes[1]
    assert corporate_tax(low, SME, YEAR, Working(known)) <= corporate_tax(low, GENERAL, YEAR, Working(known))


@QUICK
@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_working_of_a_company_year_ends_in_its_result(
    known: Parameters, profit: Decimal, loss: Decimal, credits: Decimal
) -> None:
    working = Working(known)
    found = year_tax(profit, Decimal(0), loss, credits, GENERAL, YEAR, working)
    assert found.taxable == profit - found.loss_used and found.loss_used + found.loss_left == loss
    assert working.steps[-1].value == found.payable == found.tax - credits


@QUICK
@given(st.dictionaries(st.integers(2010, 2025), st.integers(-500, 500).map(Decimal), max_size=12))
def test_losses_carried_are_no_more_than_losses_made(known: Parameters, history: dict[int, Decimal]) -> None:
    losses = losses_carried(history, 2026, Working(known))
    for loss in losses:
        assert 0 < loss.left <= -history[loss.year]
        assert 2021 <= loss.year <= 2025
    assert [loss.year for loss in losses] == sorted(loss.year for loss in losses)


@QUICK
@given(AMOUNTS, DAYS)
def test_a_contribution_is_whole_baht_within_its_bounds(known: Parameters, wage: Decimal, day: date) -> None:
    found = contribution(wage, day.replace(day=1), Working(known))
    assert found.employee == found.employer == found.employee.to_integral_value()
    assert found.employee == 0 if not wage else 83 <= found.employee <= 1150


def test_an_unknown_form_is_named_with_the_known_ones(known: Parameters) -> None:
    with pytest.raises(ChutdiaoError) as caught:
        late_charges("pp99", Decimal(1), YEAR, YEAR, Working(known))
    assert "pp30" in caught.value.problems[0].values["known"]


def test_a_day_outside_what_is_known_is_said(known: Parameters) -> None:
    working = Working(known)
    contribution(Decimal(20000), date(1990, 1, 1), working)
    assert {warning.code for warning in working.warnings} == {"tax.beyond"}
    with pytest.raises(ChutdiaoError) as caught:
        working.at("vat.rate", date(2040, 1, 1), strict=True)
    assert caught.value.problems[0].code == "tax.unknown-day"
