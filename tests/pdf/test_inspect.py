"""Files are known by their bytes, and bad ones are refused with the reason."""

import io

import pypdf
import pytest
from PIL import Image

from chutdiao.pdf.inspect import inspect
from chutdiao.pdf.paper import Paper
from chutdiao.pdf.preview import page_count, page_image


def a_pdf(pages: int = 1) -> bytes:
    paper = Paper("ทดสอบ", practice=False)
    for _ in range(pages - 1):
        paper.turn()
    return paper.finish()


def a_picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, kind)
    return out.getvalue()


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(a_pdf()))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def codes(data: bytes, name: str) -> list[str]:
    return [problem.code for problem in inspect(data, name)[2]]


def test_good_files_tell_their_type_and_pages() -> None:
    assert inspect(a_pdf(3), "แผนที่.pdf") == ("application/pdf", 3, ())
    assert inspect(a_picture("JPEG"), "a.JPG") == ("image/jpeg", 1, ())
    assert inspect(a_picture("PNG"), "a.png") == ("image/png", 1, ())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "file.empty"),
        (b"PK\x03\x04 not a picture", "a.docx", "file.unknown-type"),
        (a_picture("PNG"), "a.pdf", "file.misnamed"),
        (locked_pdf(), "a.pdf", "file.encrypted"),
        (a_pdf()[:200], "a.pdf", "file.damaged"),
        (a_picture("JPEG")[:200], "a.jpg", "file.damaged"),
    ],
)
def test_bad_files_are_refused_with_the_reason(data: bytes, name: str, code: str) -> None:
    assert codes(data, name) == [code]


def test_a_page_becomes_pixels_of_the_width_asked_for() -> None:
    pixels, wide, tall = page_image(a_pdf(2), 1, 300)
    assert wide == 300
    assert len(pixels) == wide * tall * 4
    assert page_count(a_pdf(2)) == 2
