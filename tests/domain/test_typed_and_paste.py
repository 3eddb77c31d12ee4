"""What people type and paste, and how answers are shown."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chutdiao.domain.form import Choice, Field, FieldType, Rows
from chutdiao.domain.paste import read_paste
from chutdiao.domain.problem import Json
from chutdiao.domain.text import LocalText, clean
from chutdiao.domain.typed import read_typed, show_value

TODAY = date(2026, 11, 23)
MakeField = Callable[..., Field]
KINDS = (
    Choice("natural", LocalText("บุคคลธรรมดา", "Natural person")),
    Choice("juristic", LocalText("นิติบุคคล", "Juristic person")),
)


@pytest.fixture
def table(field: MakeField) -> Field:
    return field(
        "people",
        "table",
        rows=Rows(0, 500, ("holder", "name", "kind", "held")),
        columns=(
            field("no", "number", value="row()"),
            field("holder", "identity"),
            field("name", "name"),
            field("kind", "choice", choices=KINDS),
            field("held", "number", whole=True),
        ),
    )


@pytest.mark.parametrize(
    ("kind", "text", "answer", "code"),
    [
        ("text", "  ก\u200bา  แฟ ", "กา แฟ", None),
        ("text", "", None, None),
        ("text", "x" * 1001, "x" * 1001, "text.too-long"),
        ("money", "1,250.5", "1250.50", None),
        ("money", "ฟรี", "ฟรี", "money.unreadable"),
        ("number", "๖๐", "60", None),
        ("date", "23/11/2569", "2026-11-23", None),
        ("date", "31 ก.พ. 2569", "31 ก.พ. 2569", "date.no-such-day"),
        ("identity", "9-9999-00001-01-5", "9999900001015", None),
        ("identity", "9-9999-00001-01-6", "9999900001016", "id.check-digit"),
        ("phone", "081 234 5678", "0812345678", None),
        ("email", "A@B.com", "A@b.com", None),
        ("branch", "สำนักงานใหญ่", "00000", None),
        ("choice", "นิติบุคคล", "juristic", None),
        ("choice", "natural", "natural", None),
        ("choice", "นิติ", "juristic", None),
        ("choice", "ผี", "ผี", "choice.unknown"),
        ("choices", "natural, นิติบุคคล", ["natural", "juristic"], None),
        ("name", "นายสมชาย ใจดี", {"title": "นาย", "first": "สมชาย", "last": "ใจดี"}, None),
        ("name", "นางสาว ก ข ค", {"title": "นางสาว", "first": "ก", "last": "ข ค"}, None),
        ("name", "บริษัท ก จำกัด", {"full": "บริษัท ก จำกัด"}, None),
        ("name", "สมชาย", {"first": "สมชาย"}, "name.last-missing"),
        (
            "address",
            "99/1 ม.3 เชิงดอย 50220",
            {"house": "99/1", "moo": "3", "postcode": "50220", "road": "เชิงดอย"},
            "address.check",
        ),
        ("file", "x", None, "answer.not-typed"),
    ],
)
def test_typed(field: MakeField, kind: str, text: str, answer: Json, code: str | None) -> None:
    found, problem = read_typed(field("x", kind, choices=KINDS), text, TODAY)
    assert found == answer
    assert (problem.code if problem else None) == code


def test_a_fraction_where_whole_is_asked(field: MakeField) -> None:
    _, problem = read_typed(field("x", "number", whole=True), "2.5", TODAY)
    assert problem is not None
    assert (problem.code, problem.mend) == ("number.not-whole", "3")


@pytest.mark.parametrize(
    ("kind", "value", "thai"),
    [
        ("money", "1250.5", "1,250.50"),
        ("number", "1250", "1,250"),
        ("number", "oops", "oops"),
        ("date", "2026-11-23", "23 พ.ย. 2569"),
        ("date", "31 ก.พ. 2569", "31 ก.พ. 2569"),
        ("identity", "9999900001015", "9-9999-00001-01-5"),
        ("branch", "00000", "สำนักงานใหญ่"),
        ("choice", "juristic", "นิติบุคคล"),
        ("choices", ["natural", "juristic"], "บุคคลธรรมดา, นิติบุคคล"),
        ("reference", "500101", "<500101>"),
        ("name", {"title": "นาย", "first": "สมชาย", "last": "ใจดี"}, "นายสมชาย ใจดี"),
        ("name", {"title": "Mr.", "first": "John", "last": "Doe"}, "Mr. John Doe"),
        (
            "address",
            {"house": "9", "moo": "3", "road": "เชิงดอย", "subdistrict": "500501", "postcode": "50220"},
            "9 หมู่ที่ 3 ถนนเชิงดอย <500501> 50220",
        ),
        ("file", [{"name": "a.pdf"}], "a.pdf"),
        ("table", [{}, {}], "2 รายการ"),
        ("text", None, ""),
    ],
)
def test_shown(field: MakeField, kind: str, value: Json, thai: str) -> None:
    assert show_value(field("x", kind, choices=KINDS), value, "th", lambda table, code: f"<{code}>") == thai


@given(st.sampled_from(list(FieldType)), st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_is_lost_or_breaks(field: MakeField, kind: FieldType, text: str) -> None:
    spec = field("x", kind.value, choices=KINDS)
    answer, problem = read_typed(spec, text, TODAY)
    show_value(spec, answer, "th", lambda table, code: "")
    if isinstance(answer, str):
        assert read_typed(spec, answer, TODAY)[0] == answer, "reading again changes nothing"
    if clean(text):
        assert answer or problem


def test_rows_from_a_spreadsheet(table: Field) -> None:
    text = (
        "9-9999-00001-01-5\tนายสมชาย ใจดี\tบุคคลธรรมดา\t1,000\r\n9-9999-00002-02-0\tนางใจ ดี\tnatural\t๕๐๐\r\n"
    )
    found = read_paste(table, text, TODAY)
    assert found.problems == ()
    assert [row["held"] for row in found.rows] == ["1000", "500"]
    assert found.rows[0]["kind"] == "natural"


def test_a_header_may_put_columns_in_another_order(table: Field) -> None:
    found = read_paste(table, "held,name\n10,นาย ก ข\n", TODAY)
    assert found.rows == ({"held": "10", "name": {"title": "นาย", "first": "ก", "last": "ข"}},)


def test_quoted_cells_hold_separators_and_line_ends(table: Field) -> None:
    found = read_paste(table, '9999900001015,"บริษัท ก, ข\nจำกัด",juristic,"1,000"\n', TODAY)
    assert found.rows[0]["name"] == {"full": "บริษัท ก, ข จำกัด"}
    assert found.rows[0]["held"] == "1000"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "paste.nothing"),
        ("\n\n", "paste.nothing"),
        ("held\tname\n", "paste.nothing"),
        ("a\tb\tc\td\te\tf\n", "paste.columns"),
        ("x\n" * 10_000, "paste.too-many"),
        ("x" * 5_000_001, "paste.too-much"),
    ],
)
def test_refused_whole_with_the_reason(table: Field, text: str, code: str) -> None:
    found = read_paste(table, text, TODAY)
    assert found.refused
    assert [problem.code for problem in found.problems] == [code]
    assert found.problems[0].place == "people"


def test_a_bad_cell_keeps_what_was_pasted(table: Field) -> None:
    found = read_paste(table, "9999900001016\tนาย ก ข\tผี\tสิบ\n", TODAY)
    assert found.rows[0] == {
        "holder": "9999900001016",
        "name": {"title": "นาย", "first": "ก", "last": "ข"},
        "kind": "ผี",
        "held": "สิบ",
    }
    assert [(problem.code, problem.place) for problem in found.problems] == [
        ("id.check-digit", "people[1].holder"),
        ("choice.unknown", "people[1].kind"),
        ("number.unreadable", "people[1].held"),
    ]


@given(st.text(st.sampled_from('a1ก\t,;"\n\r\x00 '), max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_or_refused(table: Field, text: str) -> None:
    found = read_paste(table, text, TODAY)
    assert found.rows or found.refused
