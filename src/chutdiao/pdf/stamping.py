"""Blanks with their marks drawn on: flat pages that nothing can change, or fields still to edit."""

import io
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chutdiao.pdf import fonts
from chutdiao.pdf.acroform import full_name, inherited, states, widgets
from chutdiao.pdf.inking import Mark, draw
from chutdiao.pdf.paper import mark_practice

_ACTIONS = ("/OpenAction", "/AA", "/Names")
_PUSH = 1 << 16


@dataclass(frozen=True, slots=True)
class Stamped:
    """One blank, whole, with what is written on its pages."""

    blank: bytes
    marks: tuple[Mark, ...]


def flat_pdf(sheets: Sequence[Stamped], practice: bool) -> bytes:
    """Return the sheets in one file; the marks are page content.

    Viewers draw field values with fonts that put Thai marks in the wrong place. Each blank is kept
    once, however many sheets show it, and so is the font.
    """
    import pypdf

    readers = {sheet.blank: _reader(sheet.blank, threading.get_ident()) for sheet in sheets}
    pages = [(sheet, number) for sheet in sheets for number in range(len(readers[sheet.blank].pages))]
    overlay = _overlay([(_size(readers[s.blank].pages[n]), s.marks, n) for s, n in pages], practice)
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(overlay)))
    pictures: dict[tuple[bytes, int], Any] = {}
    for page, (sheet, number) in zip(writer.pages, pages, strict=True):
        source = readers[sheet.blank].pages[number]
        if (sheet.blank, number) not in pictures:
            pictures[sheet.blank, number] = _picture(writer, source)
        _lay_under(writer, page, source, pictures[sheet.blank, number])
    return _written(writer)


@lru_cache(8)
def _reader(blank: bytes, thread: int) -> Any:  # noqa: ARG001
    """A blank taken apart once for many papers; not shared by threads, since reading moves about in it."""
    import pypdf

    return pypdf.PdfReader(io.BytesIO(blank))


def _size(page: Any) -> tuple[float, float, float, float]:
    return tuple(float(side) for side in page.mediabox)  # type: ignore[return-value]


def _overlay(
    pages: Iterable[tuple[tuple[float, float, float, float], Sequence[Mark], int]], practice: bool
) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    fonts.register()
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setCreator("Chutdiao")
    for (left, low, right, high), marks, number in pages:
        canvas.setPageSize((right, high))
        for mark in marks:
            if mark.page == number:
                draw(canvas, mark)
        if practice:
            canvas.translate(left, low)
            mark_practice(canvas, _constantly((right - left, high - low)))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _constantly(size: tuple[float, float]) -> Callable[[], tuple[float, float]]:
    return lambda: size


def _picture(writer: Any, page: Any) -> Any:
    """The page of a blank as something that any number of pages can show."""
    from pypdf.generic import ArrayObject, FloatObject, NameObject, StreamObject

    form = StreamObject()
    contents = page.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    form = form.flate_encode()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in _size(page))
    for key, value in (("/Resources", inherited(page, "/Resources")), ("/Group", page.get("/Group"))):
        if value is not None:
            form[NameObject(key)] = value.get_object().clone(writer)
    return writer._add_object(form)


def _lay_under(writer: Any, page: Any, source: Any, picture: Any) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    for key in ("/MediaBox", "/CropBox"):
        if inherited(source, key) is not None:
            sides = inherited(source, key)
            page[NameObject(key)] = ArrayObject(FloatObject(float(side)) for side in sides)
    if source.rotation:
        page.rotate(source.rotation)
    resources = page["/Resources"].get_object()
    if "/XObject" not in resources:
        resources[NameObject("/XObject")] = DictionaryObject()
    resources["/XObject"].get_object()[NameObject("/Blank")] = picture
    under = StreamObject()
    under.set_data(b"q /Blank Do Q\n")
    over = page.raw_get("/Contents")
    parts = over.get_object() if isinstance(over.get_object(), list) else [over]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(under), *parts])


def editable_pdf(sheets: Sequence[Stamped], practice: bool) -> bytes:
    """Return the sheets in one file whose fields hold the values and can still be changed.

    Every field carries the picture our font draws, and viewers are told not to draw their own.
    Fields of a second and later sheet stand under ``sheet2``, ``sheet3`` …, or equal names would be
    one field.
    """
    import pypdf

    if len(sheets) == 1:
        return _editable(sheets[0], practice)
    writer = pypdf.PdfWriter()
    for number, sheet in enumerate(sheets, 1):
        reader = pypdf.PdfReader(io.BytesIO(_editable(sheet, practice)))
        if number > 1:
            reader.add_form_topname(f"sheet{number}")
        writer.append(reader, import_outline=False)
    return _written(writer)


def joined(*files: bytes) -> bytes:
    """One file with the pages of several; what is empty is passed over."""
    import pypdf

    writer = pypdf.PdfWriter()
    for file in files:
        if file:
            writer.append(io.BytesIO(file), import_outline=False)
    return _written(writer)


def _editable(sheet: Stamped, practice: bool) -> bytes:
    import pypdf
    from pypdf.generic import BooleanObject, NameObject

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(sheet.blank)))
    boxed = [mark for mark in sheet.marks if mark.place]
    looks = _looks(writer, [mark for mark in boxed if not mark.state])
    ticked = {(mark.place, mark.state) for mark in boxed if mark.state}
    for number, page in enumerate(writer.pages):
        for widget in widgets(page):
            name = full_name(widget)
            if (number, name) in looks:
                _write_value(widget, *looks[number, name])
            for state in states(widget):
                if (name, state) in ticked:
                    _set_tick(widget, state)
        _drop_buttons(page)
    _adopt(writer)
    _lay_over(writer, [mark for mark in sheet.marks if not mark.place], practice)
    if "/AcroForm" in writer._root_object:
        writer._root_object["/AcroForm"].get_object()[NameObject("/NeedAppearances")] = BooleanObject(False)
    return _written(writer)


def _adopt(writer: Any) -> None:
    """List the fields that a blank shows on a page but forgot to list in its form (ภ.ง.ด.90 and 91)."""
    form = writer._root_object.get("/AcroForm")
    if form is None:
        return
    listed = form.get_object()["/Fields"].get_object()
    known = {reference.idnum for reference in listed}
    for page in writer.pages:
        for reference in page.get("/Annots") or []:
            root, node = reference, reference.get_object()
            if node.get("/Subtype") != "/Widget":
                continue
            while "/Parent" in node:
                root = node.raw_get("/Parent")
                node = root.get_object()
            if root.idnum not in known:
                known.add(root.idnum)
                listed.append(root)


def _looks(writer: Any, marks: Sequence[Mark]) -> dict[tuple[int, str], tuple[str, Any]]:
    """The value and appearance of each box that is written in."""
    import pypdf
    from pypdf.generic import ArrayObject, FloatObject, NameObject, StreamObject

    if not marks:
        return {}
    sizes = [(0.0, 0.0, mark.rect[2] - mark.rect[0], mark.rect[3] - mark.rect[1]) for mark in marks]
    drawn = [mark.at_origin() for mark in marks]
    pages = [(size, [mark], mark.page) for size, mark in zip(sizes, drawn, strict=True)]
    reader = pypdf.PdfReader(io.BytesIO(_overlay(pages, practice=False)))
    found: dict[tuple[int, str], tuple[str, Any]] = {}
    for mark, size, page in zip(marks, sizes, reader.pages, strict=True):
        form = StreamObject()
        form.set_data(b"/Tx BMC q\n" + page.get_contents().get_data() + b"\nQ EMC")
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in size)
        form[NameObject("/Resources")] = page["/Resources"].get_object().clone(writer)
        found[mark.page, mark.place] = (mark.text, writer._add_object(form))
    return found


def _write_value(widget: Any, text: str, look: Any) -> None:
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    _field_of(widget)[NameObject("/V")] = TextStringObject(text)
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look})


def _set_tick(widget: Any, state: str) -> None:
    from pypdf.generic import NameObject

    _field_of(widget)[NameObject("/V")] = NameObject(state)
    widget[NameObject("/AS")] = NameObject(state)


def _field_of(widget: Any) -> Any:
    """The field that holds a widget's value: the first with a name, from the widget up."""
    node = widget
    while "/T" not in node and "/Parent" in node:
        node = node["/Parent"].get_object()
    return node


def _drop_buttons(page: Any) -> None:
    """Take off the buttons that clear the blank: they would be printed."""
    from pypdf.generic import ArrayObject, NameObject

    kept = [
        note
        for note in page.get("/Annots") or []
        if not (
            inherited(note.get_object(), "/FT") == "/Btn"
            and int(inherited(note.get_object(), "/Ff") or 0) & _PUSH
        )
    ]
    if "/Annots" in page:
        page[NameObject("/Annots")] = ArrayObject(kept)


def _lay_over(writer: Any, marks: Sequence[Mark], practice: bool) -> None:
    import pypdf

    if not marks and not practice:
        return
    pages = [(_size(page), marks, number) for number, page in enumerate(writer.pages)]
    overlay = pypdf.PdfReader(io.BytesIO(_overlay(pages, practice)))
    for page, over in zip(writer.pages, overlay.pages, strict=True):
        page.merge_page(over)


def _written(writer: Any) -> bytes:
    for action in _ACTIONS:
        if action in writer._root_object:
            del writer._root_object[action]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
