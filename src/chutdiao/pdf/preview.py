"""Pages of a PDF as pixels, through PDFium."""


def page_image(pdf: bytes, page: int, width: int) -> tuple[bytes, int, int]:
    """Return one page as RGBA bytes with its width and height in pixels."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        bitmap = sheet.render(scale=width / sheet.get_width(), rev_byteorder=True, prefer_bgrx=True)
        image = bitmap.to_pil().convert("RGBA")
        return image.tobytes(), image.width, image.height
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
