"""What a file really is, before it is attached: its type, its pages and what is wrong with it."""

import io

from chutdiao.domain.problem import Problem

_ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
_MAX_PIXELS = 100_000_000


def inspect(data: bytes, name: str) -> tuple[str, int, tuple[Problem, ...]]:
    """Return media type, pages and problems; the type is read from the bytes, not the name."""
    if not data:
        return "", 0, (Problem("file.empty", values={"name": name}),)
    media = _media_type(data)
    if not media:
        return "", 0, (Problem("file.unknown-type", values={"name": name}),)
    if not name.lower().endswith(_ENDINGS[media]):
        wanted = _ENDINGS[media][0]
        return media, 0, (Problem("file.misnamed", values={"name": name, "type": wanted}),)
    return _inspect_pdf(data, name) if media == "application/pdf" else _inspect_image(data, name, media)


def _media_type(data: bytes) -> str:
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return ""


def _inspect_pdf(data: bytes, name: str) -> tuple[str, int, tuple[Problem, ...]]:
    import pypdfium2

    media = "application/pdf"
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "file.encrypted" if "password" in str(error).lower() else "file.damaged"
        return media, 0, (Problem(code, values={"name": name}),)
    try:
        pages = len(document)
        if pages == 0:
            return media, 0, (Problem("file.damaged", values={"name": name}),)
        return media, pages, ()
    finally:
        document.close()


def _inspect_image(data: bytes, name: str, media: str) -> tuple[str, int, tuple[Problem, ...]]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MAX_PIXELS:
                return media, 1, (Problem("file.too-many-pixels", values={"name": name}),)
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return media, 0, (Problem("file.damaged", values={"name": name}),)
    return media, 1, ()
