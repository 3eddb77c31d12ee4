"""A text or tick drawn inside one rectangle: sized to fit, aligned, in cells, baht and satang apart."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from chutdiao.pdf.thai_lines import draw_line, ink, width, wrap

Rect = tuple[float, float, float, float]
Align = Literal["left", "center", "right"]
_INK = (0.05, 0.1, 0.45)
LARGEST, _READABLE, _SMALLEST = 10.5, 7.0, 5.5
# How narrow letters are drawn at most: a clerk's pen would crowd them as much.
_SQUEEZED = 0.72
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


@dataclass(frozen=True, slots=True)
class _Setting:
    """Lines of one part of a mark, how large and how narrow; a size of 0 says that they do not fit."""

    mark: Mark
    lines: tuple[str, ...]
    size: float
    squeeze: float = 1

    def wide(self, line: str) -> float:
        return width(line, size=self.size) * self.squeeze


def fits(mark: Mark) -> bool:
    """Whether a text stays inside its rectangle at a legible size."""
    if mark.state:
        return True
    if mark.cells:
        return len(mark.text) <= mark.cells
    return all(setting.size for setting in _laid(mark))


def flowed(text: str, room: float, boxes: int, largest: float = LARGEST) -> list[str]:
    """A text over so many boxes of one width; what is too long stays on the last, which then does not fit."""
    lines = [text]
    for squeeze in (1.0, _SQUEEZED):
        size = largest
        while size >= _SMALLEST:
            lines = wrap(text, (room - 2 * _PAD) / squeeze, size=size)
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
        for setting in _laid(mark):
            _lines(canvas, setting)


def _laid(mark: Mark) -> list[_Setting]:
    """The parts of a text as they are set; an amount with satang apart has two."""
    baht, dot, satang = mark.text.rpartition(".")
    if not mark.satang or not dot:
        return [_set(mark)]
    left, low, right, high = mark.rect
    middle = right - mark.satang
    whole = _set(replace(mark, text=baht, rect=(left, low, middle, high), align="right", satang=0))
    cents = replace(mark, text=satang, rect=(middle, low, right, high), align="center", satang=0)
    return [whole, _set(replace(cents, largest=max(whole.size, _SMALLEST)))]


def _set(mark: Mark) -> _Setting:
    """The largest letters that fit; narrower ones only where plain ones would be too small to read well."""
    left, low, right, high = mark.rect
    room, tall = right - left - 2 * _PAD, high - low
    largest = min(mark.largest, tall * 0.82 / (1 if mark.lines == 1 else mark.lines * 0.9))
    for squeeze, least in (
        (1.0, _READABLE),
        (_SQUEEZED, _READABLE),
        (1.0, _SMALLEST),
        (_SQUEEZED, _SMALLEST),
    ):
        size = largest
        while size >= min(least, largest) and size >= _SMALLEST:
            lines = [mark.text] if mark.lines == 1 else wrap(mark.text, room / squeeze, size=size)
            setting = _Setting(mark, tuple(lines), size, squeeze)
            wide = max(setting.wide(line) for line in lines)
            if wide <= room and len(lines) <= mark.lines and _height(lines, size) <= tall:
                return setting
            size -= 0.25
    return _Setting(mark, (mark.text,), 0.0)


def _height(lines: list[str], size: float) -> float:
    top, bottom = ink(lines[0])[1], ink(lines[-1])[0]
    return (top - bottom + _LEADING * (len(lines) - 1)) * size


def _lines(canvas: Any, setting: _Setting) -> None:
    size, lines = setting.size, setting.lines
    if not size:
        return
    left, low, right, high = setting.mark.rect
    under, over = ink(lines[-1])[0] * size, ink(lines[0])[1] * size
    step = _LEADING * size
    foot = low + (high - low) * 0.5 - size * 0.3 - step * (len(lines) - 1) / 2
    if len(lines) == 1 and high - low < _TALL:
        foot = min(foot, low + _ON_THE_LINE)
    # The marks over and under Thai letters stay inside too, so a crowded line moves off its middle.
    foot = max(low - under, min(foot, high - over - step * (len(lines) - 1)))
    for number, line in enumerate(reversed(lines)):
        x = _start(setting.mark.align, left, right, setting.wide(line))
        draw_line(canvas, x, foot + step * number, line, size=size, squeeze=setting.squeeze)


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
