"""A return with as many attached sheets as its rows need, on stand-ins that have the blanks' box names."""

import hashlib
import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.pdf.blank_answers import sample

from chutdiao import paths
from chutdiao.__main__ import main
from chutdiao.domain.blankmap import spread, targets
from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.problem import ChutdiaoError, Level
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.blank import Filled, lay_out

SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
MAP: Any = SHELF.print_map("pnd1")["blank"]
SHEET: Any = MAP["attachments"][0]


def stand_in(path: Path, described: Mapping[str, Any]) -> Path:
    """A blank with the boxes of the map, wide enough for any answer, one below the other on a long page."""
    names = {name: line for entry in described["map"] for line in spread(entry) for name in targets(line)}
    canvas = Canvas(str(path), pagesize=(600, 30 * len(names) + 30))
    for number, (name, line) in enumerate(names.items()):
        if "state" not in line:
            canvas.acroForm.textfield(name=name, x=10, y=30 * number + 10, width=500, height=18)
        else:
            canvas.acroForm.checkbox(name=name, x=10, y=30 * number + 10, size=12)
    canvas.showPage()
    canvas.save()
    return path


def state_with(rows: list[str]) -> FormState:
    """The sample with a row for each of these kinds of income, of 100.10 baht with 1.01 of tax."""
    usual: Any = sample("pnd1")
    answers = {
        **usual,
        "payees": [
            {**usual["payees"][0], "_row": f"r{n}", "kind": kind, "paid": "100.10", "tax": "1.01"}
            for n, kind in enumerate(rows)
        ],
    }
    return evaluate(SHELF.load("pnd1"), answers, Context(date(2026, 5, 7), SHELF.parameters()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    stand_in(tmp_path / "main.pdf", MAP)
    stand_in(tmp_path / "attach.pdf", SHEET)
    return tmp_path


def laid(folder: Path, rows: list[str], attach: tuple[str, ...] = ("attach.pdf",)) -> Filled:
    given = [folder / name for name in attach]
    print_map = SHELF.print_map("pnd1")
    return lay_out(SHELF.load("pnd1"), state_with(rows), print_map, folder / "main.pdf", given, TABLES)


def texts(filled: Filled, sheet: int) -> dict[str, str]:
    return {mark.place: mark.text for mark in filled.sheets[sheet].marks if mark.text}


def test_each_kind_begins_a_sheet_and_its_numbers_run_on(folder: Path) -> None:
    filled = laid(folder, ["4", *["1"] * 9, "4"])
    assert len(filled.sheets) == 4
    first, second, third = (texts(filled, number) for number in (1, 2, 3))
    assert [sheet["Text1.2"] for sheet in (first, second, third)] == ["1", "2", "3"]
    assert {sheet["Text1.3"] for sheet in (first, second, third)} == {"3"}
    assert (first["Text1.4"], first["Text8.1"], second["Text1.4"]) == ("1", "8", "9")
    assert (third["Text1.4"], third["Text2.1"]) == ("1", "2")
    assert "Text3.1" not in third


def test_the_totals_of_a_sheet_are_its_own_and_those_of_the_return_are_of_all(folder: Path) -> None:
    filled = laid(folder, ["4", *["1"] * 9, "4"])
    assert [texts(filled, number)["Text8.9"] for number in (1, 2, 3)] == ["800.80", "100.10", "200.20"]
    assert [texts(filled, number)["Text8.10"] for number in (1, 2, 3)] == ["8.08", "1.01", "2.02"]
    assert (texts(filled, 0)["Text2.19"], texts(filled, 0)["Text2.20"]) == ("1,101.10", "11.11")
    assert texts(filled, 0)["Text1.19"] == "3"


def test_a_full_sheet_makes_no_empty_one(folder: Path) -> None:
    assert len(laid(folder, ["1"] * 8).sheets) == 2
    assert len(laid(folder, ["1"] * 9).sheets) == 3


def test_one_file_holds_the_return_and_its_sheets(folder: Path) -> None:
    pdf = laid(folder, ["1"] * 9).pdf()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 3
    assert not reader.get_fields()
    # The attached blank is held once however many pages show it.
    pictures = {str(page["/Resources"]["/XObject"].raw_get("/Blank")) for page in reader.pages}
    assert len(pictures) == 2


def test_fields_of_later_sheets_do_not_share_a_value(folder: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(laid(folder, ["1"] * 9).pdf(editable=True)))
    fields = reader.get_fields() or {}
    assert (fields["sheet2.Text1.2"]["/V"], fields["sheet3.Text1.2"]["/V"]) == ("1", "2")
    assert fields["Text1.18"]["/V"] == "2569"


def test_an_attachment_that_is_not_at_hand_is_said_and_our_sheet_stands_in(folder: Path) -> None:
    filled = laid(folder, ["1"] * 9, attach=())
    (problem,) = filled.problems
    assert (problem.code, problem.level, problem.values["sheets"]) == (
        "blank.attachment-missing",
        Level.WARN,
        "2",
    )
    assert len(pypdf.PdfReader(io.BytesIO(filled.pdf())).pages) > 1


def test_an_attachment_beside_the_blank_is_found_by_its_name_or_digest(folder: Path) -> None:
    beside = folder / str(SHEET["file"])
    (folder / "attach.pdf").rename(beside)
    assert len(laid(folder, ["1"] * 9, attach=()).sheets) == 3
    beside.rename(folder / "renamed by its owner.pdf")
    assert len(laid(folder, ["1"] * 9, attach=()).sheets) == 1
    digest = hashlib.sha256((folder / "renamed by its owner.pdf").read_bytes()).hexdigest()
    known = {**MAP, "attachments": [{**SHEET, "sha256": [digest]}]}
    filled = lay_out(
        SHELF.load("pnd1"), state_with(["1"] * 9), {"blank": known}, folder / "main.pdf", (), TABLES
    )
    assert (len(filled.sheets), filled.problems) == (3, ())


def test_a_file_that_is_no_attachment_is_said(folder: Path) -> None:
    with pytest.raises(ChutdiaoError) as caught:
        laid(folder, ["1"], attach=("attach.pdf", "main.pdf"))
    assert caught.value.problems[0].code == "blank.unknown"


def test_the_command_takes_blank_and_attachment(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = folder / "data.json"
    data.write_text(json.dumps(sample("pnd1")), "utf-8")
    words = ["fill", "pnd1", "--data", str(data), "--pdf", str(folder / "out.pdf"), "--today", "7/5/2569"]
    files = ["--blank", str(folder / "main.pdf"), "--attachment", str(folder / "attach.pdf")]
    assert main([*words, *files, "--editable", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["on"], result["pages"], result["problems"], result["warnings"]) == ("blank", 3, [], [])
    steps = {step["step"]: step["value"] for step in result["working"]}
    assert steps["[8] รวมยอดภาษีที่นำส่งทั้งสิ้น และเงินเพิ่ม (6. + 7.)"] == "1850.03"


def test_a_day_that_cannot_be_read_is_to_mend(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = folder / "data.json"
    data.write_text(json.dumps(sample("pnd1")), "utf-8")
    words = ["fill", "pnd1", "--data", str(data), "--pdf", str(folder / "out.pdf"), "--today", "soon"]
    assert main([*words, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "tax.day"


def test_help_lists_the_forms_and_their_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["fill", "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert "  pnd1                 pnd1_200360.pdf + pnd1_attach.pdf" in lines
    assert "  tp" in lines
