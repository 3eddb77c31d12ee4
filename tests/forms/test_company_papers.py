"""The papers of a company: printed as prose, with the duty the schedule says and nothing left open."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from chutdiao.domain.check import Context, evaluate
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.render import sheet_pdf

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "forms"
TODAY = date(2026, 11, 23)
DOCUMENTS = {
    "boj2": "แบ่งออกเป็น 10,000 หุ้น มูลค่าหุ้นละ 100.00 บาท (หนึ่งร้อยบาทถ้วน)",
    "objects": "วัตถุที่ประสงค์ของ บริษัท ครัวดอยสมมติ จำกัด มี 24 ข้อ",
    "articles": "ข้อ 13. จำนวนหรือชื่อกรรมการซึ่งลงชื่อผูกพันบริษัทได้ คือ กรรมการสองคนลงลายมือชื่อร่วมกัน",
    "meeting-notice": "วาระที่ 9 พิจารณาเปิดบัญชีธนาคารของบริษัท",
    "meeting-minutes": "นับหุ้นได้ 10,000 หุ้น จากหุ้นทั้งสิ้น 10,000 หุ้น",
    "share-payment": "รวมเป็นเงิน 600,000.00 บาท (หกแสนบาทถ้วน)",
    "share-money": "ได้รับเงินจำนวน 6,000,000.00 บาท (หกล้านบาทถ้วน)",
    "power-of-attorney": "ปิดอากรแสตมป์ 10 บาท",
    "office-map": "ที่ตั้ง 99 หมู่ที่ 1 ถนนสมมติ",
}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(FORMS)


def printed(shelf: Shelf, form: str, **changes: object) -> str:
    answers = {**json.loads((ROOT / "resources" / "samples" / f"{form}.json").read_text("utf-8")), **changes}
    tables = CsvTables(FORMS)
    context = Context(TODAY, shelf.parameters())
    state = evaluate(shelf.load(form), answers, context, frozenset(), tables.holds)
    pdf = sheet_pdf(shelf.load(form), state, shelf.print_map(form), tables)
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


@pytest.mark.parametrize("form", DOCUMENTS)
def test_a_document_says_its_answers_in_prose(shelf: Shelf, form: str) -> None:
    text = printed(shelf, form)
    assert "".join(DOCUMENTS[form].split()) in "".join(text.split())
    assert "{" not in text
    body = [line for line in text.splitlines() if "ลงชื่อ" not in line and "(....." not in line]
    dotted = [line for line in body if "........" in line and "มาเอง" not in line]
    assert dotted == [], dotted


def test_each_shareholder_gets_a_receipt_on_a_page_of_its_own(shelf: Shelf) -> None:
    pages = printed(shelf, "share-payment").split("\f")
    assert ["สมมติ ใจดี เลข" in page.replace("\n", " ") for page in pages[:2]] == [True, False]
    assert "ทดลอง ขยัน" in pages[1]
    assert "400,000.00" in pages[1]


def test_what_is_not_answered_is_left_to_write_by_hand(shelf: Shelf) -> None:
    assert "จังหวัด......" in printed(shelf, "boj2", province=None).replace(" ", "")


def test_conditions_choose_between_articles(shelf: Shelf) -> None:
    assert "เสนอแก่ผู้ถือหุ้นอื่นตามส่วนก่อน" in printed(shelf, "articles", transfer="holders-first")
    assert "เสนอแก่ผู้ถือหุ้นอื่นตามส่วนก่อน" not in printed(shelf, "articles")
    more = [{"_row": "r1", "article": "บริษัทจัดอบรมทุกปี"}]
    assert "ข้อ 27. บริษัทจัดอบรมทุกปี" in printed(shelf, "articles", more=more)


def test_stamps_are_those_of_the_schedule(shelf: Shelf) -> None:
    parameters = shelf.parameters()
    rows = parameters.table("stamp.duties", TODAY).value
    duty = {(row["item"], row["variant"]): row["duty"] for row in rows}
    for name, key in {
        "dbd.stamp_memorandum": ("24", ""),
        "dbd.stamp_articles": ("25", ""),
        "dbd.stamp_power_once": ("7", "one-act"),
        "dbd.stamp_power_several": ("7", "several-acts"),
    }.items():
        assert str(parameters.at(name, TODAY).value) == duty[key], name
