"""Files that are given as a blank and are none, damaged, turned or hostile: said, never a crash."""

import io
import random
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas
from tests.pdf.blank_answers import sample

from chutdiao import paths
from chutdiao.domain.blankmap import spread, targets
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.blank import lay_out

SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
MAP: Any = SHELF.print_map("wht50")["blank"]
STATE = evaluate(SHELF.load("wht50"), sample("wht50"), Context(date(2026, 4, 24), SHELF.parameters()))


def stand_in() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(600, 3000), invariant=1)
    names = {name for entry in MAP["map"] for line in spread(entry) for name in targets(line)}
    for number, name in enumerate(sorted(names)):
        canvas.acroForm.textfield(name=name, x=10, y=30 * number + 10, width=500, height=18)
    canvas.drawString(300, 2980, "HEAD")
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def fill(path: Path, data: bytes, *, editable: bool = False) -> bytes:
    path.write_bytes(data)
    return lay_out(SHELF.load("wht50"), STATE, SHELF.print_map("wht50"), path, (), TABLES).pdf(
        editable=editable
    )


@pytest.mark.parametrize("editable", [False, True])
def test_a_damaged_blank_is_said_or_filled(tmp_path: Path, editable: bool) -> None:
    whole = stand_in()
    dice = random.Random(50)
    for _ in range(30):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        cut = bytes(data[: dice.randrange(len(data))]) if dice.random() < 0.3 else bytes(data)
        try:
            assert fill(tmp_path / "b.pdf", cut, editable=editable).startswith(b"%PDF")
        except ChutdiaoError as error:
            assert {p.code for p in error.problems} <= {"blank.unknown", "blank.unreadable", "blank.too-long"}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_stays_turned_and_the_marks_with_it(tmp_path: Path, turn: int) -> None:
    import pypdfium2
    from PIL import ImageChops

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(stand_in())))
    writer.pages[0].rotate(turn)
    file = io.BytesIO()
    writer.write(file)
    upright, turned = fill(tmp_path / "u.pdf", stand_in()), fill(tmp_path / "t.pdf", file.getvalue())
    shown = [pypdfium2.PdfDocument(pdf)[0].render(scale=0.5).to_pil() for pdf in (upright, turned)]
    difference = ImageChops.difference(shown[0].rotate(-turn, expand=True), shown[1]).convert("L")
    assert shown[0].rotate(-turn, expand=True).size == shown[1].size
    assert sum(difference.histogram()[128:]) < 200


def test_what_a_blank_would_run_when_opened_is_left_out(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(stand_in())))
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('opened')"),
        }
    )
    writer._root_object[NameObject("/OpenAction")] = script
    writer._root_object[NameObject("/AA")] = DictionaryObject({NameObject("/WC"): script})
    file = io.BytesIO()
    writer.write(file)
    for editable in (False, True):
        pdf = fill(tmp_path / "b.pdf", file.getvalue(), editable=editable)
        root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
        assert not {"/OpenAction", "/AA", "/Names"} & set(root)
