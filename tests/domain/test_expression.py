"""The expression language: what it refuses, Kleene's laws, exact numbers, rows."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chutdiao.domain.expression import (
    UNANSWERED,
    ExpressionError,
    FlatScope,
    Unanswered,
    Value,
    compile_expression,
)
from chutdiao.domain.parameters import DatedTable, DatedValue, Parameters

TODAY = date(2026, 11, 23)
VAT = DatedValue(Decimal("0.07"), date(2020, 1, 1), None, "law", TODAY)
truths = st.sampled_from([True, False, UNANSWERED])


def ask(source: str, **values: Value) -> Value:
    return compile_expression(source).evaluate(FlatScope(values, TODAY, Parameters({"vat.rate": [VAT]})))


def ask_tables(source: str, **values: Value) -> Value:
    bands = ({"up_to": "100", "rate": "0"}, {"up_to": "300", "rate": "0.05"}, {"up_to": "", "rate": "0.1"})
    heads = ({"code": "head", "amount": "60", "half": ""},)
    known = {
        name: [DatedTable(rows, date(2020, 1, 1), None, "law", TODAY)]
        for name, rows in {"bands": bands, "heads": heads}.items()
    }
    return compile_expression(source).evaluate(FlatScope(values, TODAY, Parameters(tables=known)))


def code(source: str, **values: Value) -> str:
    with pytest.raises(ExpressionError) as caught:
        ask(source, **values)
    return caught.value.problems[0].code


@pytest.mark.parametrize(
    "source",
    [
        "a.b",
        "a[0]",
        "lambda: 1",
        "[x for x in y]",
        "2 ** 3",
        "f'{a}'",
        "a @ b",
        "a // b",
        "a % b",
        "{1: 2}",
        "(1, 2)",
        "(a := 1)",
        "a; b",
        "import os",
        "__import__('os')",
        "eval('1')",
        "a is b",
        "1e400",
        "0x10",
        "1j",
        "b'x'",
        "'a' # comment",
        "ก + 1",
        "'\\x41'",
        "...",
        "None",
        "+a",
        "~a",
        "total(a.b, c)",
        "(",
        "total([1], x)",
        "known()",
        "param(a)",
        "param('x', of=a)",
        "matches(a, 'nope')",
        "before(1, 2)",
        "",
        "  ",
        "\x00",
        "\ud800",
        "9" * 31,
        "a" * 2001,
        "not " * 60 + "a",
        "-" * 900 + "1",
        "(" * 500,
        "Ａ",
        "*a",
        "row(1)",
        "known(*a)",
        "u'a'",
        "round_to(a, b)",
        "1or 2",
        "yield a",
        "await a",
        "today(1)",
    ],
)
def test_refused_when_compiled(source: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(source)


words = st.sampled_from(
    [
        "a",
        "1",
        "0.5",
        "'x'",
        "+",
        "-",
        "*",
        "/",
        "(",
        ")",
        "[",
        "]",
        ",",
        "and",
        "or",
        "not",
        "in",
        "==",
        "<",
        "if",
        "else",
        "known",
        "total",
        "before",
        "row()",
        "param",
        "lambda",
        ":",
        ".",
        "=",
        "\\",
        "#",
        "\n",
        "ก",
        "**",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=20).map(" ".join)))
@example("(" * 199 + "1" + ")" * 199)
@example("a" + "+a" * 999)
@example("[" * 100 + "]" * 100)
@example("a if b else " * 160 + "c")
def test_only_its_own_error_when_compiled(source: str) -> None:
    try:
        compiled = compile_expression(source)
    except ExpressionError as error:
        assert error.problems[0].code.startswith("expression.")
        return
    try:
        compiled.evaluate(FlatScope({}, TODAY))
    except ExpressionError as error:
        assert error.problems


@given(truths, truths, truths)
def test_kleene_laws(a: Value, b: Value, c: Value) -> None:
    def same(left: str, right: str) -> bool:
        return ask(left, a=a, b=b, c=c) is ask(right, a=a, b=b, c=c)

    assert same("not (a and b)", "not a or not b")
    assert same("not (a or b)", "not a and not b")
    assert same("a and b", "b and a")
    assert same("a or b", "b or a")
    assert same("a and (b and c)", "(a and b) and c")
    assert same("a or (b and c)", "(a or b) and (a or c)")
    assert same("a and (b or c)", "(a and b) or (a and c)")
    assert same("not not a", "a")
    assert same("a and (a or b)", "a")
    assert same("a and yes", "a")
    assert same("a or no", "a")
    assert ask("a and no", a=a) is False
    assert ask("a or yes", a=a) is True


@given(truths, truths)
def test_answering_never_turns_yes_into_no(a: Value, b: Value) -> None:
    for source in ("a and b", "a or b", "not a", "a and not b", "not (a or b)"):
        found = ask(source, a=a, b=b)
        if not isinstance(found, Unanswered):
            for a2 in [a] if a is not UNANSWERED else [True, False]:
                for b2 in [b] if b is not UNANSWERED else [True, False]:
                    assert ask(source, a=a2, b=b2) is found


@pytest.mark.parametrize(
    "source",
    [
        "a + 1",
        "-a",
        "a < 1",
        "a == a",
        "1 if a else 2",
        "a in [1]",
        "length(a)",
        "1 / a",
        "round_to(a, 'up')",
        "param('vat.rate', on=a)",
        "age_on(a, today())",
        "1 < 2 < a",
        "matches(a, 'thai')",
        "is_id(a, 'any')",
    ],
)
def test_unanswered_is_contagious(source: str) -> None:
    assert ask(source, a=UNANSWERED) is UNANSWERED


def test_known_and_default_stop_it() -> None:
    assert ask("known(a)", a=UNANSWERED) is False
    assert ask("known(a + b)", a=Decimal(1), b=Decimal(2)) is True
    assert ask("default(a, 3)", a=UNANSWERED) == 3
    assert ask("a in [1, b]", a=Decimal(1), b=UNANSWERED) is True
    assert ask("a not in [1, b]", a=Decimal(2), b=UNANSWERED) is UNANSWERED


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**12, places=4))
def test_numbers_are_read_exactly(value: Decimal) -> None:
    assert ask(f"{value:f}") == value
    assert ask(f"{value:f} + 0.1 - 0.1") == value


def test_arithmetic_and_calls() -> None:
    assert ask("0.1 + 0.2 == 0.3") is True
    assert ask("10 - 2 - 3") == 5
    assert ask("12 / 3 * 2 + 1") == 9
    assert ask("round_to(107 * param('vat.rate'), 'satang')") == Decimal("7.49")
    assert ask("days_between('2026-11-01', today())") == 22
    assert ask("working_days('2026-11-20', today())") == 1
    assert ask("add_months('2026-01-31', 1) == '2026-02-28'") is True
    assert ask("month_of('2026-04-01') == 4 and year_of('2026-04-01') + 543 == 2569") is True
    assert ask("1 <= a <= 3", a=Decimal(2)) is True
    assert ask('"3" in a', a=("1", "3")) is True
    assert ask("matches(a, 'postcode')", a="50220") is True
    assert ask("is_id(a, 'natural')", a="9999900001015") is True


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 / 0", "divide-by-zero"),
        ("'a' + 1", "not-number"),
        ("1 == '1'", "kinds"),
        ("1 and yes", "not-yes-no"),
        ("1 < 'a'", "not-ordered"),
        ("1 in 2", "not-list"),
        ("param('x')", "unknown-parameter"),
        ("row()", "outside-row"),
        ("total(a, b)", "not-table"),
        ("add_months(today(), 999999999)", "too-large"),
        ("round_to(1" + "0" * 28 + " * 1" + "0" * 28 + " * 1" + "0" * 28 + ", 'satang')", "too-large"),
    ],
)
def test_faults_have_a_code(source: str, expected: str) -> None:
    assert code(source) == f"expression.{expected}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("banded('bands', 100)", "0"),
        ("banded('bands', 100.01)", "0"),
        ("banded('bands', 300)", "10"),
        ("banded('bands', 400.50, on='2021-01-01')", "20.05"),
        ("banded('bands', 0 - 5)", "0"),
        ("listed('heads', 'head', 'amount') * 2", "120"),
        ("least(3, 1.50, 2)", "1.50"),
        ("most(3, 1.50, 0 - 2)", "3"),
        ("most(0, least(7, 9))", "7"),
    ],
)
def test_tables_of_parameters_and_limits(source: str, expected: str) -> None:
    assert ask_tables(source) == Decimal(expected)


@pytest.mark.parametrize("source", ["banded('bands', a)", "least(1, a)", "banded('bands', 1, on=a)"])
def test_what_is_not_answered_gives_no_tax(source: str) -> None:
    assert ask_tables(source, a=UNANSWERED) is UNANSWERED


@pytest.mark.parametrize(
    "source",
    [
        "banded('none', 1)",
        "listed('heads', 'tail', 'amount')",
        "listed('heads', 'head', 'half')",
        "param('bands')",
    ],
)
def test_what_no_table_holds_is_said(source: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        ask_tables(source)
    assert caught.value.problems[0].code == "expression.unknown-parameter"


def test_what_it_depends_on() -> None:
    found = compile_expression("total(rows, held * par) == shares and before(x) > param('vat.rate')")
    assert found.outer == {"shares"}
    assert found.above == {"x"}
    assert found.inner == {(("rows",), "held"), (("rows",), "par"), (("rows",), "")}
    assert found.names == {"held", "par", "shares", "x"}
    assert found.tables == {"rows"}
    assert found.parameters == {"vat.rate"}
    assert found.calls == {"total", "before", "param"}


def test_a_long_sum_is_not_deep() -> None:
    assert ask(" + ".join(["1"] * 400)) == 400


def test_an_unknown_name_is_a_fault_where_names_are_known() -> None:
    scope = FlatScope({}, TODAY, known=frozenset({"a"}))
    assert compile_expression("known(a)").evaluate(scope) is False
    with pytest.raises(ExpressionError):
        compile_expression("known(b)").evaluate(scope)


def test_text_is_put_together_as_thai_prose_has_it() -> None:
    name = {"title": "นาย", "first": "สมมติ", "last": "ใจดี"}
    said = ask('text("กรรมการ", in_words(n), "คน ", who, " วันที่ ", on)', n=Decimal(21), who=name, on=TODAY)
    assert said == "กรรมการยี่สิบเอ็ดคน นายสมมติ ใจดี วันที่ 23 พฤศจิกายน พ.ศ. 2569"
    assert ask('text("ทุน ", n, " บาท")', n=Decimal("1000000.00")) == "ทุน 1,000,000 บาท"
    assert ask('text("ทุน ", n)', n=UNANSWERED) is UNANSWERED
    assert code('text("ที่ ", a)', a={"house": "1"}) == "expression.not-text"
    assert code("text()") == "expression.arguments"
    assert code("joined(a, b, c)", a="x") == "expression.literal"


def test_words_parts_and_days() -> None:
    assert ask('mentions(n, ["ธนาคาร", "ประกัน"])', n="ไทย ประกัน ภัย") is True
    assert ask('mentions(n, ["ธนาคาร"])', n="ครัวดอย") is False
    area = {"house": "1", "subdistrict": "500501"}
    assert ask('part_of(a, "province")', a=area) == "50"
    assert ask('part_of(a, "postcode")', a=area) is UNANSWERED
    assert ask("add_days(d, 30)", d=date(2026, 11, 16)) == date(2026, 12, 16)
    assert code('part_of(a, "province")', a="x") == "expression.not-parts"
    assert code('part_of(a, "planet")', a=area) == "expression.unknown-word"
    assert code("add_days(d, 9999999)", d=TODAY) == "expression.too-large"
