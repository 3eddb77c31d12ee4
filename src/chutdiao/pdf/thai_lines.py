"""Lines of Thai text: broken between words, drawn with right marks, copied out whole."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chutdiao.app.segment import words
from chutdiao.pdf import fonts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_NEVER_FIRST = set("ๆฯ)]}”’%,.;:!?/")
_NEVER_LAST = set("([{“‘.")  # a point only without a space behind it, as in อ.ดอยสะเก็ด


@lru_cache(8192)
def _shaped(text: str, font: str, size: float) -> Any:
    from reportlab.pdfbase.ttfonts import shapeStr

    fonts.register()
    return shapeStr(text, font, size, force=True)


@lru_cache(4)
def _shaper(font: str) -> tuple[Any, int]:
    """The shaping engine's own view of a font, and its units in an em."""
    import uharfbuzz
    from reportlab.pdfbase import pdfmetrics

    fonts.register()
    face = pdfmetrics.getFont(font).hbFace
    return uharfbuzz.Font(face), face.upem


def _glyphs(text: str, font: str) -> Any:
    # Asked directly: ReportLab's own shaping builds what only drawing needs, and takes fifty times as long.
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_shaper(font)[0], buffer)
    return buffer


@lru_cache(16384)
def _ems(text: str, font: str) -> float:
    """The width of one line in ems."""
    return float(sum(place.x_advance for place in _glyphs(text, font).glyph_positions)) / _shaper(font)[1]


def width(text: str, font: str = fonts.REGULAR, size: float = 11) -> float:
    """The drawn width of one line, in points."""
    return _ems(text, font) * size if text else 0.0


@lru_cache(8192)
def ink(text: str, font: str = fonts.REGULAR) -> tuple[float, float]:
    """The lowest and highest point that one line's ink reaches, in ems from the base line."""
    shaper, upem = _shaper(font)
    buffer = _glyphs(text, font)
    low = high = 0.0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        box = shaper.get_glyph_extents(glyph.codepoint)
        top = box.y_bearing + place.y_offset
        high, low = max(high, top), min(low, top + box.height)
    return low / upem, high / upem


def wrap(text: str, room: float, font: str = fonts.REGULAR, size: float = 11) -> list[str]:
    """Break text into lines no wider than ``room`` points, between words where it can."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, room, font, size))
    return lines or [""]


def _wrap_paragraph(text: str, room: float, font: str, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in _kept_together(words(text)):
        fits = width((line + word).rstrip(), font, size) <= room
        if fits or not line or word[0] in _NEVER_FIRST:
            line += word
        else:
            lines.append(line.rstrip())
            line = word.lstrip()
        while width(line.rstrip(), font, size) > room and len(line) > 1:
            head, line = _split_long(line, room, font, size)
            lines.append(head)
    lines.append(line.rstrip())
    return lines


def _kept_together(found: Iterable[str]) -> list[str]:
    """Words that may begin a line: what must not end one is carried to the next word."""
    kept: list[str] = []
    for word in found:
        if (kept and kept[-1][-1] in _NEVER_LAST and word != " ") or (
            kept and word[0] == "." and kept[-1] != " "
        ):
            kept[-1] += word
        else:
            kept.append(word)
    return kept


def _split_long(line: str, room: float, font: str, size: float) -> tuple[str, str]:
    """Cut a word that is wider than the line, never before a mark that stands on a letter."""
    cut = len(line) - 1
    while cut > 1 and (width(line[:cut], font, size) > room or _is_mark(line[cut])):
        cut -= 1
    return line[:cut], line[cut:]


def _is_mark(letter: str) -> bool:
    return letter in "ะัาำ" or "\u0e31" <= letter <= "\u0e3a" or "\u0e45" <= letter <= "\u0e4e"


def draw_line(
    canvas: "Canvas",
    x: float,
    y: float,
    text: str,
    font: str = fonts.REGULAR,
    size: float = 11,
    squeeze: float = 1,
) -> float:
    """Draw one line with shaped marks and return its width; ``squeeze`` makes letters narrower.

    Shaping replaces letters by glyphs of the font's own, which copy as rubbish; the
    ActualText span around them gives readers the letters back.
    """
    if not text:
        return 0.0
    shaped = _shaped(text, font, size)
    line = canvas.beginText(x, y)
    line.setFont(font, size)
    if squeeze != 1:
        line.setHorizScale(100 * squeeze)
    actual = text.encode("utf-16-be").hex().upper()
    line._code.append(f"/Span <</ActualText <FEFF{actual}>>> BDC")
    line._code.append(line._formatText(shaped))
    line._code.append("EMC")
    if squeeze != 1:
        # The scale outlives the text object and would narrow whatever is drawn next.
        line.setHorizScale(100)
    canvas.drawText(line)
    return width(text, font, size) * squeeze


def draw_right(
    canvas: "Canvas", x: float, y: float, text: str, font: str = fonts.REGULAR, size: float = 11
) -> None:
    """Draw one line that ends at ``x``."""
    draw_line(canvas, x - width(text, font, size), y, text, font, size)
