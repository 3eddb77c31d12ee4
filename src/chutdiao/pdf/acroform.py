"""What an agency's PDF blank holds: its boxes, by name."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chutdiao.pdf.inking import Align, Rect

_COMB, _MULTILINE = 1 << 24, 1 << 12
_ALIGNED: dict[int, Align] = {1: "center", 2: "right"}


@dataclass(frozen=True, slots=True)
class Box:
    """One widget of a blank: page from 0, rectangle, a comb's cells, ticks, and how it sets text."""

    name: str
    page: int
    rect: Rect
    cells: int
    states: tuple[str, ...]
    align: Align = "left"
    multiline: bool = False


@lru_cache(16)
def read_boxes(blank: bytes) -> tuple[Box, ...]:
    """Return every widget of a blank, by its full field name."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(blank))
    boxes = []
    for number, page in enumerate(reader.pages):
        boxes.extend(_box(widget, number) for widget in widgets(page))
    return tuple(boxes)


def troubles() -> tuple[type[Exception], ...]:
    """What taking a damaged blank apart can raise: the library's own errors and those it lets through."""
    import zlib

    from pypdf.errors import PyPdfError

    return (
        PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
        NotImplementedError, zlib.error,
    )  # fmt: skip


def widgets(page: Any) -> Iterable[Any]:
    """The form fields a page shows."""
    for annotation in page.get("/Annots") or []:
        widget = annotation.get_object()
        if widget.get("/Subtype") == "/Widget":
            yield widget


def _box(widget: Any, page: int) -> Box:
    flags = int(inherited(widget, "/Ff") or 0)
    cells = int(inherited(widget, "/MaxLen") or 0) if flags & _COMB else 0
    left, low, right, high = (float(side) for side in widget["/Rect"])
    return Box(
        full_name(widget),
        page,
        (min(left, right), min(low, high), max(left, right), max(low, high)),
        cells,
        tuple(states(widget)),
        _ALIGNED.get(int(inherited(widget, "/Q") or 0), "left"),
        bool(flags & _MULTILINE) and inherited(widget, "/FT") == "/Tx",
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


def inherited(widget: Any, key: str) -> Any:
    """A property of a widget, or of the nearest field above it that has it."""
    node = widget
    while node is not None:
        if key in node:
            return node[key]
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return None


def states(widget: Any) -> list[str]:
    """The ticks a button can show; a push button has none."""
    if inherited(widget, "/FT") != "/Btn":
        return []
    normal = widget.get("/AP", {}).get("/N")
    normal = normal.get_object() if normal is not None else {}
    return [str(state) for state in normal if state not in ("/Off", "/BBox")] if "/BBox" not in normal else []


def only_pages(blank: bytes, kept: Sequence[int]) -> bytes:
    """Some pages of a blank, counted from 0, as a blank of their own: one file may hold several forms."""
    import pypdf

    writer = pypdf.PdfWriter()
    writer.append(pypdf.PdfReader(io.BytesIO(blank)), pages=list(kept), import_outline=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
