"""A text or tick drawn inside one rectangle: sized to fit, aligned, in cells, baht and satang apart."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from chutdiao.pdf.thai_lines import draw_line, ink, width, wrap

Rect = tuple[float, float, float, float]
Align = Literal["left", "center", "right"]
_INK = (0.05, 0.1, 0.45)
LARGEST, _SMALLEST = 10.5, 5.5
_PAD = 2.0
_LEADING = 1.3
# As measured on the combs that the Revenue Department prints.
_NARROW = 0.5
# A box up to this height lies over a dotted line, and one writes close above the line.
_TALL, _ON_THE_LINE = 18.0, 3.9


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing written on a page of a blank: a text, or the tick named ``state``.

    ``place`` is the box's name, empty where the blank has none there. ``cells`` deals the letters one
    a cell, those in ``narrow`` half as wide: the hyphens of a number, the gap before satang. ``satang``
    is the width at the right that the blank rules off for satang.
    """

    place: str
    page: int
    rect: Rect
    text: str = ""
    state: str = ""
    align: Align = "left"
    cells: int = 0
    narrow: tuple[int, ...] = ()
    satang: float = 0
    lines: int = 1
    largest: float = LARGEST

    def at_origin(self) -> "Mark":
        """The same with the rectangle's corner at 0, 0: a box's own appearance."""
        left, low, right, high = self.rect
        return replace(self, rect=(0.0, 0.0, right - left, high - low))


def fits(mark: Mark) -> bool:
    """Whether a text stays inside its rectangle at a legible size."""
    if mark.state:
        return True
    if mark.cells:
        return len(mark.text) <= mark.cells
    return all(size >= _SMALLEST for size, _, _ in _laid(mark))


def flowed(text: str, room: float, boxes: int, largest: float = LARGEST) -> list[str]:
    """A text over so many boxes of one width; what is too long stays on the last, which then does not fit."""
    size = largest
    while size >= _SMALLEST:
        lines = wrap(text, room - 2 * _PAD, size=size)
        if len(lines) <= boxes:
            return lines
        size -= 0.25
    return [*lines[: boxes - 1], "".join(lines[boxes - 1 :])]


def draw(canvas: Any, mark: Mark) -> None:
    """Draw a mark in the ink of a pen."""
    canvas.setFillColorRGB(*_INK)
    canvas.setStrokeColorRGB(*_INK)
    if mark.state:
        _tick(canvas, mark.rect)
    elif mark.cells:
        _cells(canvas, mark)
    else:
        for size, lines, part in _laid(mark):
            _lines(canvas, part, lines, size)


def _laid(mark: Mark) -> list[tuple[float, list[str], Mark]]:
    """The parts of a text with their size and lines; an amount with satang apart has two."""
    baht, dot, satang = mark.text.rpartition(".")
    if not mark.satang or not dot:
        return [(*_sized(mark), mark)]
    left, low, right, high = mark.rect
    middle = right - mark.satang
    whole = replace(mark, text=baht, rect=(left, low, middle, high), align="right", satang=0)
    size, lines = _sized(whole)
    cents = replace(
        mark, text=satang, rect=(middle, low, right, high), align="center", satang=0, largest=max(size, 1.0)
    )
    return [(size, lines, whole), (*_sized(cents), cents)]


def _sized(mark: Mark) -> tuple[float, list[str]]:
    """The largest size at which a text fits and its lines there; below the smallest, it does not."""
    left, low, right, high = mark.rect
    room, tall = right - left - 2 * _PAD, high - low
    size = min(mark.largest, tall * 0.82 / (1 if mark.lines == 1 else mark.lines * 0.9))
    while size >= _SMALLEST:
        lines = [mark.text] if mark.lines == 1 else wrap(mark.text, room, size=size)
        wide = max(width(line, size=size) for line in lines)
        if wide <= room and len(lines) <= mark.lines and _height(lines, size) <= tall:
            return size, lines
        size -= 0.25
    return 0.0, [mark.text]


def _height(lines: list[str], size: float) -> float:
    top, bottom = ink(lines[0])[1], ink(lines[-1])[0]
    return (top - bottom + _LEADING * (len(lines) - 1)) * size


def _lines(canvas: Any, mark: Mark, lines: list[str], size: float) -> None:
    if not size:
        return
    left, low, right, high = mark.rect
    under, over = ink(lines[-1])[0] * size, ink(lines[0])[1] * size
    step = _LEADING * size
    foot = low + (high - low) * 0.5 - size * 0.3 - step * (len(lines) - 1) / 2
    if len(lines) == 1 and high - low < _TALL:
        foot = min(foot, low + _ON_THE_LINE)
    # The marks over and under Thai letters stay inside too, so a crowded line moves off its middle.
    foot = max(low - under, min(foot, high - over - step * (len(lines) - 1)))
    for number, line in enumerate(reversed(lines)):
        x = _start(mark.align, left, right, width(line, size=size))
        draw_line(canvas, x, foot + step * number, line, size=size)


def _start(align: Align, left: float, right: float, wide: float) -> float:
    if align == "right":
        return right - _PAD - wide
    return (left + right - wide) / 2 if align == "center" else left + _PAD


def _cells(canvas: Any, mark: Mark) -> None:
    left, low, right, high = mark.rect
    step = (right - left) / (mark.cells - _NARROW * len(mark.narrow))
    size = min(mark.largest, (high - low) * 0.8, step * 1.6)
    first = mark.cells - len(mark.text) if mark.align == "right" else 0
    edge = left
    for place in range(mark.cells):
        wide = step * _NARROW if place in mark.narrow else step
        letter = mark.text[place - first : place - first + 1] if place >= first else ""
        if letter.strip():
            x = edge + (wide - width(letter, size=size)) / 2
            draw_line(canvas, x, low + (high - low) * 0.5 - size * 0.33, letter, size=size)
        edge += wide


def _tick(canvas: Any, rect: Rect) -> None:
    left, low, right, high = rect
    wide, tall = right - left, high - low
    canvas.setLineWidth(1.6)
    canvas.lines(
        [
            (left + wide * 0.2, low + tall * 0.5, left + wide * 0.42, low + tall * 0.25),
            (left + wide * 0.42, low + tall * 0.25, left + wide * 0.85, low + tall * 0.85),
        ]
    )
