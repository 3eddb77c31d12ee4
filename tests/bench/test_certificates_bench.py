"""A thousand certificates of tax withheld on the official blank and as our sheet, beside bare libraries.

``.venv/bin/python -m pytest -m bench tests/bench/test_certificates_bench.py -s``
"""

import io
import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.form import FormSpec
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.blank import Filled, lay_out
from chutdiao.pdf.render import sheet_pdf

pytestmark = pytest.mark.bench
MANY = 1_000
BLANK = Path(__file__).parents[3] / "shared" / "blanks" / "50tawi_template.pdf"
SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())


def seconds(work: Callable[[], object]) -> float:
    """The processor's time: the work is all its own, and other programs do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def certificates() -> Iterator[tuple[FormSpec, FormState]]:
    """Certificates that differ in number, amount and tax; checking them is part of the work."""
    form, context = SHELF.load("wht50"), Context(date(2026, 4, 24), SHELF.parameters())
    answers = json.loads((paths.resources_dir() / "samples" / "wht50.json").read_text("utf-8"))
    for number in range(1, MANY + 1):
        row = {**answers["incomes"][0], "paid": f"{number * 100}.00", "tax": f"{number * 5}.00"}
        yield form, evaluate(form, {**answers, "run_no": str(number), "incomes": [row]}, context)


def on_blank(form: FormSpec, state: FormState) -> Filled:
    return lay_out(form, state, SHELF.print_map("wht50"), BLANK, (), TABLES)


def bare_sheet(number: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for line in range(30):
        canvas.drawString(60, 780 - line * 20, f"Certificate {number} line {line} 12,345.67")
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def bare_fill(values: dict[str, str]) -> bytes:
    """The same blank with its fields set the library's own way: no Thai shaping, no squeezing, not flat."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(BLANK.read_bytes())))
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def say(what: str, ours: float, beside: str, reference: float) -> None:
    print(f"{what}: {ours:.1f} s; {beside}: {reference:.1f} s; ratio {ours / reference:.2f}; budget 60 s")


def test_a_thousand_certificates_as_our_sheet() -> None:
    written: list[int] = []

    def ours() -> None:
        print_map = SHELF.print_map("wht50")
        written.extend(len(sheet_pdf(form, state, print_map, TABLES)) for form, state in certificates())

    took = seconds(ours)
    say(f"{MANY} sheets", took, "bare ReportLab", seconds(lambda: [bare_sheet(n) for n in range(MANY)]))
    assert len(written) == MANY


@pytest.mark.skipif(not BLANK.is_file(), reason="the official blank is not beside the checkout")
def test_a_thousand_certificates_on_the_blank() -> None:
    written: list[int] = []
    first = on_blank(*next(certificates()))
    values = {mark.place: mark.text for mark in first.sheets[0].marks if mark.text}

    def ours() -> None:
        written.extend(len(on_blank(form, state).pdf()) for form, state in certificates())

    took = seconds(ours)
    say(
        f"{MANY} filled blanks", took, "bare pypdf", seconds(lambda: [bare_fill(values) for _ in range(MANY)])
    )
    assert len(written) == MANY


@pytest.mark.skipif(not BLANK.is_file(), reason="the official blank is not beside the checkout")
def test_a_thousand_certificates_in_one_file() -> None:
    """What a printer is sent: the blank is kept once and every page shows it."""
    written: list[bytes] = []

    def ours() -> None:
        sheets = tuple(on_blank(form, state).sheets[0] for form, state in certificates())
        written.append(Filled(sheets).pdf())

    print(f"{MANY} filled blanks in one file: {seconds(ours):.1f} s, {len(written[0]) / 1e6:.1f} MB")
    assert written[0].startswith(b"%PDF")
