"""Every blank that a form maps, filled and looked at: ink inside its box, nothing beside, nothing missing."""

import io
import random
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw
from tests.pdf.blank_answers import Drawn, blanks_dir, sample

from chutdiao import paths
from chutdiao.domain.blankmap import spread, targets
from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.acroform import only_pages, read_boxes
from chutdiao.pdf.blank import Filled, lay_out
from chutdiao.pdf.inking import Mark
from chutdiao.pdf.stamping import Stamped, flat_pdf

SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
BLANKS = blanks_dir()
TODAY = date(2026, 11, 23)
SCALE = 2


def _described(form: str) -> list[Mapping[str, Any]]:
    blank: Any = SHELF.print_map(form).get("blank")
    return [blank, *blank.get("attachments", ())] if isinstance(blank, dict) else []


def _at_hand() -> list[str]:
    forms = [str(row["id"]) for row in SHELF.index()["forms"]]  # type: ignore[union-attr,call-overload]
    found = [form for form in dict.fromkeys(forms) if _described(form)]
    return [form for form in found if all((BLANKS / str(d["file"])).is_file() for d in _described(form))]


FORMS = _at_hand() if BLANKS.is_dir() else []
pytestmark = pytest.mark.skipif(not FORMS, reason="the official blanks are not beside the checkout")


def _state(form: str, seed: int, extreme: bool, wordy: int = 1) -> FormState:
    spec = SHELF.load(form)
    dice = random.Random(f"{form}{seed}")
    drawn = Drawn(spec, dice, _rows(form), extreme, _digits(form))
    drawn.wordy = wordy
    return evaluate(spec, drawn.answers(), Context(TODAY, SHELF.parameters()))


def _filled(form: str, state: FormState) -> Filled:
    print_map = SHELF.print_map(form)
    return lay_out(SHELF.load(form), state, print_map, BLANKS / _described(form)[0]["file"], (), TABLES)


def _rows(form: str) -> dict[str, int]:
    """Rows of a table enough for further sheets, but no more than a blank without attachment holds."""
    main, *attachments = _described(form)
    held = {str(table): int(str(rows)) for table, rows in main.get("overflow", {}).items()}
    return held | {str(a["table"]): int(str(a["rows"])) * 2 for a in attachments if "table" in a}


@cache
def _digits(form: str) -> int:
    """How many digits of baht an amount may have: twelve, or what the blank's narrowest comb holds less two.

    Two are left for a sum of them and its minus sign.
    """
    main = _described(form)[0]
    combs = {entry["to"] for entry in main["map"] if entry.get("format") == "money-comb"}
    cells = [box.cells for box in read_boxes((BLANKS / main["file"]).read_bytes()) if box.name in combs]
    return min((cell - len(" 99") - 2 for cell in cells), default=12)


@cache
def _page(pdf: bytes, number: int) -> Image.Image:
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[number]
    return page.render(scale=SCALE, may_draw_forms=False, grayscale=True).to_pil()


def _pixels(mark: Mark, page: Image.Image) -> tuple[int, int, int, int]:
    """The mark's rectangle on the picture, with a pixel to spare for the softness of edges."""
    left, low, right, high = mark.rect
    tall = page.height / SCALE
    return (
        int(left * SCALE) - 1,
        int((tall - high) * SCALE) - 1,
        int(right * SCALE) + 2,
        int((tall - low) * SCALE) + 2,
    )


def _gap_at_right(mark: Mark, ink: Image.Image) -> int:
    """Empty pixels between the last letter and the right side, or the place of satang."""
    left, top, right, bottom = _pixels(mark, ink)
    edge = right - int(mark.satang * SCALE)
    found = ink.crop((left, top, edge, bottom)).getbbox()
    return edge - left - found[2] if found else edge - left


def _ink(filled: Filled) -> Iterator[tuple[Image.Image, list[Mark]]]:
    """For each page: what is there beyond the empty blank, and the marks that should be."""
    flat = filled.pdf()
    bare = flat_pdf([Stamped(sheet.blank, ()) for sheet in filled.sheets], practice=False)
    number = 0
    for sheet in filled.sheets:
        for page in range(_pages(sheet.blank)):
            difference = ImageChops.difference(_page(flat, number), _page(bare, number))
            yield (
                difference.point(lambda value: 255 if value > 40 else 0),
                [mark for mark in sheet.marks if mark.page == page],
            )
            number += 1


@cache
def _pages(blank: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(blank))


@pytest.mark.parametrize("extreme", [False, True], ids=["dense", "extreme"])
@pytest.mark.parametrize("form", FORMS)
def test_ink_is_inside_the_boxes_and_nowhere_else(form: str, extreme: bool) -> None:
    filled = _filled(form, _state(form, 1, extreme))
    for ink, marks in _ink(filled):
        for mark in marks:
            assert ink.crop(_pixels(mark, ink)).getbbox(), f"nothing is drawn in {mark}"
            if mark.align == "right" and not mark.cells:
                assert _gap_at_right(mark, ink) <= 5 * SCALE, f"not at the right of its box: {mark}"
        rest = ImageDraw.Draw(ink)
        for mark in marks:
            rest.rectangle(_pixels(mark, ink), fill=0)
        assert ink.getbbox() is None, f"ink outside every box at {ink.getbbox()}"


def test_an_amount_with_more_digits_than_its_comb_is_said_and_not_cut() -> None:
    spec = SHELF.load("pnd54")
    answers = {**sample("pnd54"), "income": "999999999999.99"}
    state = evaluate(spec, answers, Context(TODAY, SHELF.parameters()))
    with pytest.raises(ChutdiaoError) as caught:
        _filled("pnd54", state)
    assert ("blank.too-long", "Text2.1") in {(p.code, p.place) for p in caught.value.problems}


def test_two_answers_in_one_box_are_said() -> None:
    spec = SHELF.load("wht50")
    answers = sample("wht50")
    rows = answers["incomes"]
    assert isinstance(rows, list) and isinstance(rows[0], dict)
    answers["incomes"] = [rows[0], {**rows[0], "_row": "r2"}]
    state = evaluate(spec, answers, Context(TODAY, SHELF.parameters()))
    with pytest.raises(ChutdiaoError) as caught:
        _filled("wht50", state)
    assert {p.code for p in caught.value.problems} == {"blank.taken"}


@pytest.mark.parametrize("form", FORMS)
def test_each_text_is_read_back_from_its_own_box(form: str) -> None:
    import pypdfium2

    filled = _filled(form, _state(form, 2, extreme=False))
    document = pypdfium2.PdfDocument(filled.pdf())
    number = 0
    for sheet in filled.sheets:
        pages = [document[number + page].get_textpage() for page in range(_pages(sheet.blank))]
        for mark in sheet.marks:
            if any(letter.isalnum() for letter in mark.text) and _plain(mark.text).isascii():
                left, low, right, high = mark.rect
                found = pages[mark.page].get_text_bounded(left - 1, low - 2, right + 1, high + 2)
                assert all(part in _plain(found) for part in _parts(mark)), mark
        number += len(pages)


def _parts(mark: Mark) -> list[str]:
    """A text as it is set: baht and satang stand apart."""
    return [_plain(part) for part in (mark.text.rpartition(".")[::2] if mark.satang else (mark.text,))]


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "-/,@")


@pytest.mark.parametrize("form", FORMS)
def test_thai_words_are_read_back_whole(form: str) -> None:
    filled = _filled(form, _state(form, 3, extreme=False))
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=filled.pdf(), capture_output=True, check=True
    )
    text = "".join(run.stdout.decode().split())
    for sheet in filled.sheets:
        for mark in sheet.marks:
            if mark.text and mark.lines == 1 and not mark.cells:
                parts = mark.text.rpartition(".")[::2] if mark.satang else (mark.text,)
                assert all("".join(part.split()) in text for part in parts), mark


@pytest.mark.parametrize("form", FORMS)
def test_every_line_of_the_map_is_drawn_by_some_answers(form: str) -> None:
    """A line that no answers can draw is a wrong condition, a wrong name or a wrong tick."""
    missing = {
        (_named(described), name or str(line.get("at")), str(line.get("state", "")))
        for described in _described(form)
        for entry in described["map"]
        for line in spread(entry)
        for name in targets(line) or [""]
    }
    files = {_blank(described): _named(described) for described in _described(form)}
    for seed in range(120):
        try:
            # Long answers too, in turn: some lines are the second line of a long one.
            wordy = 1 + seed // 3 % 12 if seed % 3 == 1 else 1
            filled = _filled(form, _state(form, seed, seed % 3 == 0, wordy))
        except ChutdiaoError:
            continue
        for sheet in filled.sheets:
            file = files[sheet.blank]
            missing -= {(file, mark.place, mark.state) for mark in sheet.marks}
            drawn = {mark.rect for mark in sheet.marks if not mark.place}
            missing = {line for line in missing if not (line[0] == file and _drawn_at(line[1], drawn))}
        if not missing:
            return
    assert missing == set()


def _named(described: Mapping[str, Any]) -> str:
    return f"{described['file']} {described.get('keep', '')}"


def _blank(described: Mapping[str, Any]) -> bytes:
    """The blank as it is printed: of a file that holds several forms, its own pages."""
    data = (BLANKS / str(described["file"])).read_bytes()
    kept = [int(str(page)) - 1 for page in described.get("keep", ())]
    return only_pages(data, kept) if kept else data


def _drawn_at(place: str, drawn: set[tuple[float, float, float, float]]) -> bool:
    return any(all(f"'{side:g}'" in place or f"{side:g}" in place for side in rect) for rect in drawn)


@pytest.mark.parametrize("form", FORMS)
def test_an_editable_blank_holds_the_values_and_is_drawn_by_us(form: str) -> None:
    import pypdf
    import pypdfium2

    filled = _filled(form, _state(form, 4, extreme=False))
    pdf = filled.pdf(editable=True)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    form_fields = reader.trailer["/Root"].get("/AcroForm")
    assert form_fields is None or str(form_fields["/NeedAppearances"]) == "False"
    fields = reader.get_fields() or {}
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    first = 0
    for number, sheet in enumerate(filled.sheets, 1):
        before = f"sheet{number}." if number > 1 else ""
        shown = [ImageChops.invert(_shown(document[first + page])) for page in range(_pages(sheet.blank))]
        for mark in sheet.marks:
            if not mark.text:
                continue
            assert not mark.place or fields[before + mark.place].get("/V") == mark.text, mark
            picture = shown[mark.page].crop(_pixels(mark, shown[mark.page]))
            assert picture.point(lambda value: 255 if value > 120 else 0).getbbox(), mark
        first += len(shown)


def _shown(page: Any) -> Image.Image:
    picture: Image.Image = page.render(scale=SCALE, grayscale=True).to_pil()
    return picture
