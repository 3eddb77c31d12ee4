"""Rates and holidays: dated, sourced, and refused with a place when they are not."""

from datetime import date
from decimal import Decimal

import pytest

from chutdiao.domain.parameters import Parameters
from chutdiao.formlib.parameters import read_parameters
from chutdiao.formlib.source import read_table

GOOD = "value: 7, from: 2020-01-01, source: กฎหมาย, checked_on: 2026-11-23"


def _codes(text: str) -> list[str]:
    _, _, problems = read_parameters({"x.yaml": read_table(text, "x.yaml")})
    assert all(problem.place.startswith("x.yaml") for problem in problems)
    return [problem.code for problem in problems]


def test_the_shipped_values(parameters: Parameters) -> None:
    found = parameters.at("vat.threshold", date(2026, 11, 23))
    assert (found.value, found.beyond) == (Decimal(1_800_000), False)
    assert parameters.at("vat.rate", date(2027, 10, 1)).beyond
    assert parameters.at("commercial.daily_sale", date(2026, 1, 1)).value == 300
    assert parameters.at("food.notification_limit", date(2026, 1, 1)).value == 200
    for name, rows in parameters.values.items():
        assert all(row.source and row.checked_on for row in rows), name


def test_a_value_is_exact() -> None:
    text = f"parameters:\n  - {{id: a, values: [{{{GOOD.replace('7', '0.0700')}}}]}}\n"
    values, _, problems = read_parameters({"x.yaml": read_table(text, "x.yaml")})
    assert not problems
    assert str(values["a"][0].value) == "0.0700"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("{id: a}", "parameter.no-values"),
        ("{values: []}", "parameter.no-id"),
        (f"{{id: a, unti: x, values: [{{{GOOD}}}]}}", "parameter.unknown-key"),
        (f"{{id: a, values: [{{{GOOD}, extra: 1}}]}}", "parameter.unknown-key"),
        ("{id: a, values: [{value: 7, from: 2020-01-01, checked_on: 2026-11-23}]}", "parameter.missing"),
        (f"{{id: a, values: [{{{GOOD}, confidence: sure}}]}}", "parameter.confidence"),
        (f"{{id: a, values: [{{{GOOD}, to: 2019-01-01}}]}}", "parameter.backwards"),
        (f"{{id: a, values: [{{{GOOD.replace('7', 'seven')}}}]}}", "parameter.number"),
        (f"{{id: a, values: [{{{GOOD.replace('2020-01-01', '2020-02-31')}}}]}}", "parameter.date"),
        (
            f"{{id: a, values: [{{{GOOD}, to: 2022-01-01}}, {{{GOOD.replace('2020', '2021')}}}]}}",
            "parameter.overlap",
        ),
        (f"{{id: a, values: [{{{GOOD}}}]}}\n  - {{id: a, values: [{{{GOOD}}}]}}", "parameter.twice"),
    ],
)
def test_what_is_wrong_with_a_parameter_is_named(rows: str, code: str) -> None:
    assert code in _codes(f"parameters:\n  - {rows}\n")


def test_a_file_without_a_list() -> None:
    assert _codes("parameter: []\n") == ["parameter.no-list"]
