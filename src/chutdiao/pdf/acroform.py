"""An agency's AcroForm blank, filled: text drawn in its boxes, its own ticks set."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chutdiao.pdf import fonts
from chutdiao.pdf.paper import mark_practice
from chutdiao.pdf.thai_lines import draw_line, width

_COMB, _PUSH = 1 << 24, 1 << 16
_SMALLEST = 5.5


@dataclass(frozen=True, slots=True)
class Box:
    """One widget of a blank: its page, rectangle, and for a comb its number of cells."""

    name: str
    page: int
    rect: tuple[float, float, float, float]
    cells: int
    states: tuple[str, ...]


def read_boxes(blank: bytes) -> tuple[Box, ...]:
    """Return every widget of a blank, by its full field name."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(blank))
    boxes = []
    for number, page in enumerate(reader.pages):
        boxes.extend(_box(widget, number) for widget in _widgets(page))
    return tuple(boxes)


def _widgets(page: Any) -> Iterable[Any]:
    for annotation in page.get("/Annots") or []:
        widget = annotation.get_object()
        if widget.get("/Subtype") == "/Widget":
            yield widget


def _box(widget: Any, page: int) -> Box:
    flags = int(_inherited(widget, "/Ff") or 0)
    cells = int(_inherited(widget, "/MaxLen") or 0) if flags & _COMB else 0
    left, low, right, high = (float(side) for side in widget["/Rect"])
    return Box(
        full_name(widget),
        page,
        (min(left, right), min(low, high), max(left, right), max(low, high)),
        cells,
        tuple(_states(widget)),
    )


def full_name(widget: Any) -> str:
    """Return the dotted name of the field a widget belongs to."""
    names = []
    node = widget
    while node is not None:
        if "/T" in node:
            names.append(str(node["/T"]))
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return ".".join(reversed(names))


def _inherited(widget: Any, key: str) -> Any:
    node = widget
    while node is not None:
        if key in node:
            return node[key]
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return None


def _states(widget: Any) -> list[str]:
    if _inherited(widget, "/FT") != "/Btn":
        return []
    normal = widget.get("/AP", {}).get("/N")
    normal = normal.get_object() if normal is not None else {}
    return [str(state) for state in normal if state not in ("/Off", "/BBox")] if "/BBox" not in normal else []


def fill(blank: bytes, texts: Mapping[str, str], ticks: Iterable[tuple[str, str]], practice: bool) -> bytes:
    """Return the blank with texts drawn and ticks set; nothing on it can be changed by a viewer.

    Texts are drawn as page content, not as field values: viewers draw field values with
    fonts that put Thai marks in the wrong place.
    """
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(blank))
    writer = pypdf.PdfWriter(clone_from=reader)
    chosen = set(ticks)
    for page in writer.pages:
        boxes = [_box(widget, 0) for widget in _widgets(page)]
        ticked = [box for box in boxes if any((box.name, state) in chosen for state in box.states)]
        written = [(box, texts[box.name]) for box in boxes if texts.get(box.name)]
        size = (float(page.mediabox.width), float(page.mediabox.height))
        origin = (float(page.mediabox.left), float(page.mediabox.bottom))
        overlay = _overlay(size, origin, written, ticked, practice)
        if "/Annots" in page:
            del page["/Annots"]
        page.transfer_rotation_to_content()
        page.merge_page(pypdf.PdfReader(io.BytesIO(overlay)).pages[0])
    if "/AcroForm" in writer._root_object:
        del writer._root_object["/AcroForm"]
    for action in ("/OpenAction", "/AA", "/Names"):
        if action in writer._root_object:
            del writer._root_object[action]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _overlay(
    size: tuple[float, float],
    origin: tuple[float, float],
    written: Iterable[tuple[Box, str]],
    ticked: Iterable[Box],
    practice: bool,
) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    fonts.register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    canvas.saveState()
    canvas.translate(-origin[0], -origin[1])
    canvas.setFillColorRGB(0.05, 0.1, 0.45)
    for box, text in written:
        _draw_comb(canvas, box, text) if box.cells else _draw_text(canvas, box, text)
    canvas.setStrokeColorRGB(0.05, 0.1, 0.45)
    for box in ticked:
        _draw_tick(canvas, box)
    canvas.restoreState()
    if practice:
        mark_practice(canvas, lambda: size)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_text(canvas: Any, box: Box, text: str) -> None:
    left, low, right, high = box.rect
    size = fitting_size(text, right - left - 3, high - low)
    draw_line(canvas, left + 2, low + (high - low) * 0.5 - size * 0.28, text, size=size)


def fitting_size(text: str, room: float, height: float) -> float:
    """Return the largest size at which a text fits its box, down to the smallest legible."""
    size = min(10.5, height * 0.82)
    while size > _SMALLEST and width(text, size=size) > room:
        size -= 0.25
    return size


def overflows(box: Box, text: str) -> bool:
    """Whether a text does not fit its box even at the smallest legible size."""
    if box.cells:
        return len(text) > box.cells
    return width(text, size=_SMALLEST) > box.rect[2] - box.rect[0] - 1


def _draw_comb(canvas: Any, box: Box, text: str) -> None:
    left, low, right, high = box.rect
    step = (right - left) / box.cells
    size = min(10.5, (high - low) * 0.8)
    for place, letter in enumerate(text[: box.cells]):
        x = left + step * (place + 0.5) - width(letter, size=size) / 2
        draw_line(canvas, x, low + (high - low) * 0.5 - size * 0.3, letter, size=size)


def _draw_tick(canvas: Any, box: Box) -> None:
    left, low, right, high = box.rect
    wide, tall = right - left, high - low
    canvas.setLineWidth(1.6)
    canvas.lines(
        [
            (left + wide * 0.2, low + tall * 0.5, left + wide * 0.42, low + tall * 0.25),
            (left + wide * 0.42, low + tall * 0.25, left + wide * 0.85, low + tall * 0.85),
        ]
    )
