"""Sample answers on our sheets and on the agency's own blank, read back as a person would."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.form import FormSpec
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.blank import fill_blank
from chutdiao.pdf.cover import cover_pdf, power_of_attorney_pdf
from chutdiao.pdf.paper import PRACTICE
from chutdiao.pdf.render import sheet_pdf

SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
BLANK = Path(__file__).parents[3] / "shared" / "blanks" / "pp01_010968.pdf"
needs_blank = pytest.mark.skipif(not BLANK.is_file(), reason="the official blank is not beside the checkout")


def sample(form: str) -> tuple[FormSpec, FormState]:
    spec = SHELF.load(form)
    answers = json.loads((paths.resources_dir() / "samples" / f"{form}.json").read_text("utf-8"))
    return spec, evaluate(spec, answers, Context(date(2026, 11, 23), SHELF.parameters()))


def text_of(pdf: bytes) -> str:
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


@pytest.mark.parametrize("form", ["tp", "food-notification", "pp01"])
def test_a_sheet_shows_title_answers_and_official_numbers(form: str) -> None:
    spec, state = sample(form)
    text = text_of(sheet_pdf(spec, state, SHELF.print_map(form), TABLES))
    assert spec.title.th in " ".join(text.split())
    shown = [f for f in spec.fields() if f.item and f.type != "table" and state.fields[f.id].visible]
    omitted = SHELF.print_map(form).get("sheet", {}).get("omit", [])
    assert [f.id for f in shown if f.id not in omitted and f"[{f.item}]" not in text] == []


def test_money_is_written_in_words() -> None:
    spec, state = sample("tp")
    assert "สองแสนบาทถ้วน" in text_of(sheet_pdf(spec, state, {}, TABLES))


def test_unverified_forms_and_practice_are_said_on_the_sheet() -> None:
    spec, state = sample("tp")
    text = text_of(sheet_pdf(spec, state, {}, TABLES, practice=True))
    assert "ยังไม่ยืนยัน" in text
    assert PRACTICE in text


@needs_blank
def test_the_agencys_own_blank_carries_the_answers() -> None:
    spec, state = sample("pp01")
    pdf = fill_blank(spec, state, SHELF.print_map("pp01"), BLANK, TABLES)
    text = text_of(pdf)
    for part in ("เชิงดอย", "เชียงใหม่", "ดอยสะเก็ด", "shop@example.com", "พฤศจิกายน"):
        assert part in text
    assert "9 9 9 9 9 0 0 0 0 1 0 1 5" in " ".join(text.split())


@needs_blank
def test_another_file_is_not_taken_for_the_blank() -> None:
    spec, state = sample("pp01")
    other = BLANK.with_name("pp09_010968.pdf")
    with pytest.raises(ChutdiaoError) as caught:
        fill_blank(spec, state, SHELF.print_map("pp01"), other, TABLES)
    assert caught.value.problems[0].code == "blank.unknown"


@needs_blank
def test_text_too_long_for_its_box_is_said_and_not_cut() -> None:
    spec = SHELF.load("pp01")
    answers = json.loads((paths.resources_dir() / "samples" / "pp01.json").read_text("utf-8"))
    answers["address"] = {**answers["address"], "moo": "9" * 90}
    state = evaluate(spec, answers, Context(date(2026, 11, 23), SHELF.parameters()))
    with pytest.raises(ChutdiaoError) as caught:
        fill_blank(spec, state, SHELF.print_map("pp01"), BLANK, TABLES)
    assert {problem.code for problem in caught.value.problems} == {"blank.too-long"}


def test_a_damaged_blank_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "blank.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    spec, state = sample("pp01")
    with pytest.raises(ChutdiaoError) as caught:
        fill_blank(spec, state, SHELF.print_map("pp01"), broken, TABLES)
    assert caught.value.problems[0].code in {"blank.unreadable", "blank.unknown"}


def test_the_cover_says_what_to_bring_and_what_not_with_the_law() -> None:
    spec, state = sample("tp")
    text = text_of(cover_pdf(spec, state.requirements(), "เทศบาลตำบลเชิงดอย", "นางสาวสมมติ ใจดี", "th", False))
    assert "เอกสารที่ต้องนำไป" in text
    assert "เอกสารที่ไม่ต้องนำไป" in text
    assert "2565" in text


def test_the_power_of_attorney_names_its_giver_and_stamp() -> None:
    spec, _ = sample("tp")
    text = text_of(power_of_attorney_pdf(spec, "นางสาวสมมติ ใจดี", "9-9999-00001-01-5", False))
    assert "นางสาวสมมติ ใจดี" in text
    assert "10 บาท" in text
