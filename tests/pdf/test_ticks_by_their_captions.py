"""A tick stands before the caption it means: the blanks number their boxes in orders of their own."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from tests.pdf.blank_answers import blanks_dir, sample

from chutdiao import paths
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.problem import Json
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.blank import lay_out
from chutdiao.pdf.inking import Mark
from chutdiao.pdf.stamping import Stamped

SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
MONTHS = [f"{number:02d}" for number in range(1, 13)]
# form, sheet, what is answered, the box, the choices in the order of their printed numbers
CASES = [
    ("pnd1", 0, "month", "Radio Button1", MONTHS),
    ("pnd2", 0, "month", "Radio Button1", MONTHS),
    ("pnd3", 0, "month", "Radio Button10", MONTHS),
    ("pnd53", 0, "month", "Radio Button10", MONTHS),
    ("pnd1", 1, "payees.kind", "Radio Button0", list("12345")),
    ("pnd1a", 1, "payees.kind", "Radio Button0", list("12345")),
    ("pnd2", 1, "payees.kind", "Radio Button0", list("12345")),
    ("pnd3", 0, "sections", "Radio Button2", ["3t", "48b", "50"]),
    ("pnd53", 0, "sections", "Radio Button0", ["3t", "65", "69b"]),
    ("pnd54", 0, "section", "Radio Button1", ["70", "70b"]),
    ("pnd54", 0, "kind", "Radio Button3", [str(number) for number in range(1, 12)]),
    ("wht50", 0, "in_form", "chk", ["pnd1a", "pnd1as", "pnd2", "pnd3", "pnd2a", "pnd3a", "pnd53"]),
    ("wht50", 0, "condition", "chk", list("1234")),
]


def _blank(form: str) -> Any:
    return blanks_dir() / str(SHELF.print_map(form)["blank"]["file"])  # type: ignore[index,call-overload]


pytestmark = pytest.mark.skipif(
    not all(_blank(form).is_file() for form, *_ in CASES), reason="the blanks are not beside the checkout"
)


def _answered(form: str, where: str, code: str) -> dict[str, Json]:
    answers: Any = sample(form)
    if where == "payees.kind":
        answers["payees"] = [{**answers["payees"][0], "kind": code}]
    else:
        answers[where] = [code] if where == "sections" else code
    return answers  # type: ignore[no-any-return]


def _ticks(form: str, sheet: int, where: str, code: str) -> tuple[Stamped, set[Mark]]:
    context = Context(date(2026, 5, 7), SHELF.parameters())
    state = evaluate(SHELF.load(form), _answered(form, where, code), context)
    filled = lay_out(SHELF.load(form), state, SHELF.print_map(form), _blank(form), (), TABLES)
    return filled.sheets[sheet], {mark for mark in filled.sheets[sheet].marks if mark.state}


@cache
def _page(blank: bytes, number: int) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(blank)[number].get_textpage()


@pytest.mark.parametrize(("form", "sheet", "where", "box", "codes"), CASES)
def test_the_number_after_the_tick_is_that_of_the_choice(
    form: str, sheet: int, where: str, box: str, codes: list[str]
) -> None:
    drawn = [_ticks(form, sheet, where, code) for code in codes]
    always = set.intersection(*(marks for _, marks in drawn))
    for number, (stamped, marks) in enumerate(drawn, 1):
        (tick,) = (mark for mark in marks - always if mark.place.startswith(box))
        _, low, right, high = tick.rect
        after = _page(stamped.blank, tick.page).get_text_bounded(right - 2, low - 1, right + 18, high + 1)
        assert f"({number})" in after.replace(" ", ""), (number, tick, after)
