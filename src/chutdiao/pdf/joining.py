"""Several papers put together as one file."""

import io
from collections.abc import Sequence


def joined(pdfs: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all, in order; each paper keeps its own page numbers."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(io.BytesIO(pdf))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
