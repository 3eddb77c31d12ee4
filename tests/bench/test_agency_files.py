"""100,000 rows into the agencies' files, beside a bare CSV writer of the same fields in the same run.

Started by hand, printed, never asserted:
``.venv/bin/python -m pytest -m bench tests/bench/test_agency_files.py -s``
"""

import csv
import io
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from chutdiao import paths
from chutdiao.domain.agencyfile import Period, Sheet, read_lines, read_payer, read_rows, to_bytes, write_rows
from chutdiao.formlib.layouts import load_layouts

pytestmark = pytest.mark.bench
ROWS = 100_000
TODAY, PERIOD = date(2026, 11, 26), Period(2026, 4)
T = TypeVar("T")


def closed(prefix: str, n: int) -> str:
    body = f"{prefix}{n:0{12 - len(prefix)}d}"
    return body + str((11 - sum(int(d) * (13 - place) for place, d in enumerate(body)) % 11) % 10)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


WITHHELD = ("payee_id", "first_name", "paid_date", "rate", "amount", "tax", "income", "condition")
INSURED = ("insured_id", "sso_title", "first_name", "last_name", "wages", "contribution")


def withheld(n: int) -> tuple[str, ...]:
    amount = 1000 + n
    name = f"ห้างหุ้นส่วนจำกัด สมมติ {n}"
    return closed("0103", n), name, "09/04/2569", "3", f"{amount}.00", f"{amount * 3 / 100:.2f}", "ค่าจ้าง", "1"


def insured(n: int) -> tuple[str, ...]:
    return closed("9", n), "นาย", f"สมมติ{n}", "ตัวอย่าง", "18250.00", "875.00"


@pytest.mark.parametrize(
    ("name", "titles", "row", "payer"),
    [
        ("rd-central-pnd53", WITHHELD, withheld, {"tax_id": "0105599999016"}),
        ("sso-135", INSURED, insured,
         {"sso_account": "9900000017", "name": "สมมติ", "sso_rate": "5", "paid_on": "13/05/2569"}),
    ],
)  # fmt: skip
def test_a_hundred_thousand_rows(
    name: str, titles: tuple[str, ...], row: Callable[[int], tuple[str, ...]], payer: dict[str, str]
) -> None:
    layout = load_layouts(paths.forms_dir())[name]
    sheet = Sheet("rows", titles, [(n + 2, row(n)) for n in range(ROWS)])
    who, _ = read_payer(layout, payer, "payer", set(payer), TODAY)
    checking, (rows, problems) = timed(lambda: read_rows(layout, sheet, PERIOD, TODAY, who))
    assert problems == []
    writing, (file, problems) = timed(lambda: write_rows(layout, who, rows, PERIOD, "rows"))
    assert file is not None and problems == []
    coding, data = timed(lambda: to_bytes(file))
    back, found = timed(lambda: read_lines(layout, data.decode(layout.encoding), "x", who, PERIOD))
    assert found.problems == () and len(found.rows) == ROWS

    def bare() -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter="|").writerows(file.details)
        return out.getvalue().encode("utf-8")

    beside, _ = timed(bare)
    write = writing + coding
    print(f"\n{name}: {ROWS:,} rows, {len(data) / 1e6:.1f} MB: check {checking:.2f} s, write {write:.2f} s")
    print(f"read back {back:.2f} s; bare CSV writer {beside:.2f} s: write is {write / beside:.1f} × bare")
