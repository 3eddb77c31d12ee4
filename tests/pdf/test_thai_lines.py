"""Thai lines look right, break between words, and copy out whole."""

import io
import subprocess

import pypdfium2
import pytest

from chutdiao.app.segment import words
from chutdiao.pdf import fonts
from chutdiao.pdf.paper import OURS, PRACTICE, Paper
from chutdiao.pdf.thai_lines import width, wrap

CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F) if chr(code) not in "ฤฦ"]
HARD = ["ที่ปั้นน้ำ", "ญี่ปุ่น", "ฏุ ญู ฎู", "กำหนด", "เชิงดอย", "ป๊อป", "ฟ้าผ่า", "ภาษีมูลค่าเพิ่ม"]


def written(*lines: str, practice: bool = False) -> bytes:
    paper = Paper("ทดสอบ", practice=practice)
    for line in lines:
        paper.text(line)
    return paper.finish()


def poppler(pdf: bytes) -> str:
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def pdfium(pdf: bytes) -> str:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("read", [poppler, pdfium])
def test_hard_words_copy_out_whole(read) -> None:
    text = read(written(*HARD))
    assert [word for word in HARD if word not in text] == []


def test_every_consonant_with_upper_vowel_and_tone_copies_out() -> None:
    lines = [f"{letter}ี่ {letter}ู้ {letter}ำ" for letter in CONSONANTS]
    text = poppler(written(*lines))
    assert [line for line in lines if line not in text] == []


def test_tone_mark_over_upper_vowel_is_drawn_higher_than_the_vowel() -> None:
    def ink_top(word: str) -> int:
        paper = Paper("ทดสอบ", practice=False, foot="")
        paper.text(word, size=40)
        image = pypdfium2.PdfDocument(paper.finish())[0].render(scale=1).to_pil().convert("L")
        box = image.crop((0, 0, image.width, 200)).point(lambda shade: 255 if shade < 128 else 0).getbbox()
        assert box is not None
        return int(box[1])

    assert ink_top("ที่") < ink_top("ที") < ink_top("ท")


def test_lines_break_between_words_and_keep_every_letter() -> None:
    text = "คำขอจดทะเบียนพาณิชย์ของร้านกาแฟในห้องแถว อำเภอดอยสะเก็ด จังหวัดเชียงใหม่"
    lines = wrap(text, 120)
    assert len(lines) > 2
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= 120 for line in lines)
    assert not any(line[0] in "ะัาำิีึืุู็่้๊๋์ๆ" for line in lines)


def test_a_word_wider_than_the_line_is_cut_before_a_letter() -> None:
    lines = wrap("ก" * 80, 60)
    assert "".join(lines) == "ก" * 80
    assert all(width(line) <= 60 for line in lines)


def test_practice_is_written_across_every_page_and_our_foot_stands_below() -> None:
    paper = Paper("ทดสอบ", practice=True)
    paper.text("หนึ่ง")
    paper.turn()
    paper.text("สอง")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper.finish())]
    assert len(pages) == 2
    assert all(PRACTICE in page and OURS in page for page in pages)
    assert "หน้า 2 จาก 2" in pages[1]


def test_a_table_repeats_its_head_on_each_page() -> None:
    paper = Paper("ทดสอบ", practice=False)
    paper.table(["ลำดับ", "ชื่อ"], [[str(n), "ตัวอย่าง"] for n in range(90)])
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper.finish())]
    assert len(pages) > 1
    assert all("ลำดับ" in page for page in pages)


def test_fonts_are_the_bundled_ones() -> None:
    pdf = written("ที่")
    run = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    assert fonts.REGULAR in run.stdout.decode()
    assert io.BytesIO(pdf).read(5) == b"%PDF-"


def test_a_long_text_is_cut_between_words_to_its_end() -> None:
    text = (
        "ด้วยหุ้นทั้งหมดของ บริษัท ครัวดอยสมมติ จำกัด มีผู้เข้าชื่อซื้อครบแล้ว "
        "ผู้เริ่มก่อการจึงขอเชิญท่านเข้าร่วมประชุมตั้งบริษัท ในวันที่ 20 พฤศจิกายน พ.ศ. 2569 เวลา 10.00 น. "
    ) * 3
    found = words(text)
    assert "".join(found) == text
    assert {"ผู้", "ก่อการ", "ประชุม", "บริษัท"} <= set(found)
    assert max(map(len, found)) < 20


def test_a_bracket_and_a_short_title_stay_with_what_they_open() -> None:
    for room in range(60, 240, 7):
        lines = wrap("เป็นเงิน 1,000,000.00 บาท (หนึ่งล้านบาทถ้วน) ที่ ต.เชิงดอย อ.ดอยสะเก็ด จ.เชียงใหม่", room)
        assert not any(line.endswith(("(", "ต.", "อ.", "จ.")) for line in lines), lines
