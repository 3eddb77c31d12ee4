"""Whatever rows are given: fields within their width, exact counts, true sums, the same rows read back."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chutdiao import paths
from chutdiao.agencyfiles.saving import rows_csv
from chutdiao.agencyfiles.tables import escaped, read_sheet, unescaped
from chutdiao.domain.agencyfile import (
    AgencyFile,
    Column,
    Layout,
    Period,
    Shape,
    Sheet,
    read_lines,
    read_payer,
    read_rows,
    to_bytes,
    write_rows,
)
from chutdiao.domain.agencyfile.cells import Value
from chutdiao.domain.agencyfile.writing import grouped
from chutdiao.domain.money import round_to
from chutdiao.formlib.layouts import load_layouts

TODAY = date(2026, 11, 26)
SEEDS = st.integers(0, 2**32)
QUIET: dict[str, Any] = {
    "derandomize": True,
    "deadline": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
THAI = "กขคงจชซญดตถทธนบปผพฟภมยรลวศสหอฮะาิีึืุูเแโใไ่้๊๋์"
LETTERS = THAI + "ABCxyz0123456789 .-()"
PAYER = {
    "tax_id": "0105599999016", "branch": "12", "name": "บริษัท สมมติทดลอง จำกัด", "sso_account": "9900000017",
    "sso_branch": "3", "sso_rate": "5", "paid_on": "13/05/2569",
}  # fmt: skip


@cache
def layouts() -> dict[str, Layout]:
    return load_layouts(paths.forms_dir())


FILES = sorted(name for name, layout in layouts().items() if layout.shape is not Shape.SHEET)


def identity(chance: Random, first: str) -> str:
    number = f"{first}{chance.randrange(10 ** (12 - len(first))):0{12 - len(first)}d}"
    return number + str((11 - sum(int(d) * (13 - n) for n, d in enumerate(number)) % 11) % 10)


def width(layout: Layout, column: Column) -> int:
    return min((one.width for one in layout.detail if one.take == column.id and one.width), default=40)


def cell(chance: Random, layout: Layout, column: Column) -> str:
    """What a person may type in this column; blank now and then where it may be."""
    if column.additional or (not column.required and chance.random() < 0.4):
        return ""
    room = width(layout, column)
    longest = chance.choice((3, 12, room))
    kinds: dict[str, Callable[[], str]] = {
        "text": lambda: "ก" + "".join(chance.choices(LETTERS, k=chance.randrange(min(longest, room)))),
        "identity": lambda: identity(chance, "0103" if column.of == "juristic" else "9"),
        "digits": lambda: "".join(chance.choices("0123456789", k=column.digits)),
        "branch": lambda: str(chance.randrange(100_000)),
        "date": lambda: f"{chance.randint(1, 30):02d}/04/2569",
        "amount": lambda: f"{Decimal(chance.randrange(10 ** chance.choice((1, 5, 11)))).scaleb(-2):f}",
        "rate": lambda: f"{Decimal(chance.randrange(10_000)).scaleb(-2):f}",
        "choice": lambda: chance.choice(column.choices).title.th,
        "flag": lambda: "no",
    }
    return kinds[column.kind]()


def table(seed: int, layout: Layout) -> Sheet:
    """A sheet of a few rows; some rows share their payee, so that payments come together."""
    chance = Random(seed)
    rows: list[tuple[int, list[str]]] = []
    for number in range(2, 3 + chance.randrange(9)):
        row = [cell(chance, layout, column) for column in layout.columns]
        if rows and chance.random() < 0.6:
            same = chance.choice(rows)[1]
            row = [
                row[n] if column.id in layout.payees.columns else same[n]
                for n, column in enumerate(layout.columns)
            ]
        rows.append((number, _taxed(layout, row)))
    return Sheet("rows.csv", tuple(column.id for column in layout.columns), rows)


def _taxed(layout: Layout, row: list[str]) -> list[str]:
    place = {column.id: n for n, column in enumerate(layout.columns)}
    if "zero_rated" in place:
        parts = (row[place[name]] or "0" for name in ("sales", "zero_rated", "exempt"))
        row[place["sales"]] = str(sum(map(Decimal, parts)))
    if layout.taxed is None:
        return row
    amount, rate, tax = (
        next(n for n, c in enumerate(layout.columns) if c.id == name) for name in layout.taxed
    )
    row[tax] = str(round_to(Decimal(row[amount]) * Decimal(row[rate] or 0) / 100, "satang"))
    return row


def filed(layout: Layout, sheet: Sheet) -> tuple[dict[str, Value], list[Any], AgencyFile, Period]:
    period = Period(2026) if layout.yearly else Period(2026, 4)
    given_keys = {column.id for column in layout.payer}
    data = {key: text for key, text in PAYER.items() if key in given_keys}
    payer, problems = read_payer(layout, data, "payer.json", given_keys, TODAY)
    assert problems == []
    rows, problems = read_rows(layout, sheet, period, TODAY, payer)
    assert problems == []
    file, problems = write_rows(layout, payer, rows, period, "rows.csv")
    assert problems == [] and file is not None
    return payer, rows, file, period


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, **QUIET)
@given(seed=SEEDS)
def test_what_is_written_is_read_back(name: str, seed: int) -> None:
    layout = layouts()[name]
    payer, rows, file, period = filed(layout, table(seed, layout))
    text = to_bytes(file).decode(layout.encoding)
    assert text.endswith("\r\n") and not text.startswith("\ufeff")
    lines = text.split("\r\n")[:-1]
    assert len(lines) == len(file.details) + bool(layout.header) + layout.headings
    for line in lines:
        if layout.shape is Shape.FIXED:
            assert len(line) == len(line.encode("cp874")) == 135
        else:
            head = bool(layout.header) and line is lines[0]
            assert len(line.split(layout.separator)) == (layout.counts[0] if head else layout.counts[1])
    for fields, record in [(layout.header, file.header), *((layout.detail, one) for one in file.details)]:
        assert all(len(text) <= one.width or not one.width for one, text in zip(fields, record, strict=True))

    back = read_lines(layout, text, "x.txt", payer, period)
    assert back.problems == () and back.period == period
    assert back.file is not None and to_bytes(back.file) == to_bytes(file)
    in_order = [row for record in grouped(layout, rows) for row in record.rows]
    assert [row.values for row in back.rows] == [_as_held(name, row.values) for row in in_order]
    if layout.header:
        assert back.payer == payer


def _as_held(name: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The paper's two conditions of PND53 do not tell borne once from borne forever."""
    once = name.endswith("two-conditions") and values["condition"] == "once"
    return {**values, "condition": "forever"} if once else dict(values)


@pytest.mark.parametrize("name", [name for name in FILES if layouts()[name].header])
@settings(max_examples=15, **QUIET)
@given(seed=SEEDS)
def test_the_header_adds_up_the_rows(name: str, seed: int) -> None:
    layout = layouts()[name]
    _, rows, file, _ = filed(layout, table(seed, layout))
    header = dict(zip((one.id for one in layout.header), file.header, strict=True))
    amount = sum((row.values[layout.amount] for row in rows), Decimal(0))
    tax = sum((row.values[layout.tax] for row in rows), Decimal(0))
    if layout.shape is Shape.FIXED:
        assert (int(header["WAGES"]), int(header["EMPLOYEES"])) == (amount * 100, tax * 100)
        assert int(header["CONTRIBUTIONS"]) == int(header["EMPLOYEES"]) + int(header["EMPLOYER"])
        assert int(header["INSURED"]) == len(rows)
    else:
        assert (Decimal(header["TOT_AMT"]), Decimal(header["TOT_TAX"])) == (amount, tax)
        assert int(header["TOT_NUM"]) == len(file.details)
        paid = [n for n, one in enumerate(layout.detail) if one.id.startswith("PAID_AMT")]
        written = [Decimal(detail[n]) for detail in file.details for n in paid]
        assert sum(written) == amount


@settings(max_examples=25, **QUIET)
@given(seed=SEEDS)
def test_rows_exported_as_csv_are_the_same_rows(seed: int, tmp_path_factory: Any) -> None:
    layout = layouts()["rd-central-pnd3"]
    payer, rows, _, period = filed(layout, table(seed, layout))
    path: Path = tmp_path_factory.mktemp("csv") / "rows.csv"
    path.write_bytes(rows_csv(layout, rows))
    again, problems = read_rows(layout, read_sheet(path)[0], period, TODAY, payer)
    assert problems == [] and [row.values for row in again] == [row.values for row in rows]


@settings(max_examples=200, derandomize=True)
@given(st.text(st.sampled_from("=+-@'\t\r1.ก"), max_size=6))
def test_no_exported_cell_is_a_formula(text: str) -> None:
    shown = escaped(text)
    assert not shown.startswith(("=", "@", "\t", "\r"))
    if shown.startswith(("+", "-")):
        assert Decimal(shown).is_finite()
    assert unescaped(shown) == text or text.startswith("'")


@settings(max_examples=300, derandomize=True)
@given(text=st.text(max_size=60))
def test_any_name_is_written_within_the_format_or_refused(text: str) -> None:
    layout = layouts()["sso-135"]
    cells = ("9999900001015", "นาย", text, "ตัวอย่าง", "18250", "875")
    sheet = Sheet(
        "r", ("insured_id", "sso_title", "first_name", "last_name", "wages", "contribution"), [(2, cells)]
    )
    payer, _ = read_payer(layout, {k: v for k, v in PAYER.items() if k not in ("tax_id", "branch")}, "p",
                          set(PAYER), TODAY)  # fmt: skip
    rows, problems = read_rows(layout, sheet, Period(2026, 4), TODAY, payer)
    if problems:
        assert [problem.code for problem in problems] == ["cell.missing"] and not text.split()
        return
    file, problems = write_rows(layout, payer, rows, Period(2026, 4), "r")
    if file is None:
        assert {problem.code for problem in problems} <= {"cell.unencodable", "cell.unseen", "cell.too-long"}
        return
    data = to_bytes(file)
    assert [len(line) for line in data.split(b"\r\n")] == [135, 135, 0]
    assert not any(0x80 <= byte <= 0xA0 for byte in data)
