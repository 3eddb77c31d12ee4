"""Ten thousand returns and payrolls with their working, beside the same arithmetic bare, in one run.

``.venv/bin/python -m pytest -m bench tests/bench/test_tax_bench.py -s``
"""

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from chutdiao import paths
from chutdiao.domain.tax.allowances import Claim
from chutdiao.domain.tax.annual import Income, Return, assess
from chutdiao.domain.tax.payroll import Pay, pay_tax
from chutdiao.domain.tax.working import Working
from chutdiao.formlib.parameters import load_parameters

pytestmark = pytest.mark.bench
MANY = 10_000
END = date(2025, 12, 31)
BANDS = tuple(
    (Decimal(up_to), Decimal(rate))
    for up_to, rate in (
        (150_000, "0"), (300_000, "0.05"), (500_000, "0.10"), (750_000, "0.15"), (1_000_000, "0.20"),
        (2_000_000, "0.25"), (5_000_000, "0.30"), (10**12, "0.35"),
    )
)  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_tax(net: Decimal) -> Decimal:
    total, low = Decimal(0), Decimal(0)
    for up_to, rate in BANDS:
        if net <= low:
            break
        total += ((min(net, up_to) - low) * rate).quantize(Decimal("0.01"))
        low = up_to
    return total


def test_ten_thousand_returns_with_working() -> None:
    known = load_parameters(paths.forms_dir())
    wages = [Decimal(200_000 + 137 * place) for place in range(MANY)]
    claims = [Claim("personal", heads=1), Claim("sso", Decimal(9_000)), Claim("life", Decimal(50_000))]
    steps: list[int] = []

    def returns() -> list[Decimal]:
        taxes = []
        for wage in wages:
            working = Working(known)
            taxes.append(assess(Return([Income("40-1", wage)], claims), END, working).tax)
            steps.append(len(working.steps))
        return taxes

    def payrolls() -> list[Decimal]:
        return [
            pay_tax(Pay(wage / 12, 12, Decimal(119_000)), END, Working(known)).annual_tax for wage in wages
        ]

    def bare() -> list[Decimal]:
        return [bare_tax(wage - min(wage / 2, Decimal(100_000)) - 119_000) for wage in wages]

    assert returns() == bare() and len(steps) == MANY
    plain, full, paid = seconds(bare), seconds(returns), seconds(payrolls)
    print(
        f"\n{MANY:,} returns, {steps[0]} steps each, {full:.2f} s ({full / plain:.0f} × bare {plain:.3f} s)"
    )
    print(f"{MANY:,} payrolls with working {paid:.2f} s ({paid / plain:.0f} × bare)")
