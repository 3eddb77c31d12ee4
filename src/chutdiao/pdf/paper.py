"""A4 paper with a cursor: headings, answers, tables, page numbers and the practice mark."""

import io
from collections.abc import Callable, Sequence

from chutdiao.pdf import fonts
from chutdiao.pdf.thai_lines import draw_line, draw_right, width, wrap

WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 56.0, 539.0, 790.0, 64.0
PRACTICE = "ฝึกหัด ไม่ใช่เอกสารราชการ"
OURS = "ใช้ประกอบการกรอก ไม่ใช่แบบของทางราชการ"
_TOGETHER = 4  # a paragraph of so many lines is not parted by the end of a page
_INK, _MUTED, _LINE = (0.09, 0.13, 0.18), (0.34, 0.38, 0.46), (0.78, 0.8, 0.84)


class Paper:
    """Flows text down numbered A4 pages; ``finish`` returns the PDF's bytes."""

    def __init__(self, title: str, *, practice: bool, foot: str = OURS) -> None:
        from reportlab.pdfgen.canvas import Canvas

        fonts.register()
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
        self.canvas.setTitle(title)
        self.canvas.setCreator("Chutdiao")
        self.y = TOP
        self._practice = practice
        self._foot = foot
        self._pages: list[dict[str, object]] = []

    def room(self, needed: float) -> None:
        """Turn the page when fewer than ``needed`` points are left."""
        if self.is_short_of(needed):
            self.turn()

    def is_short_of(self, needed: float) -> bool:
        """Whether fewer than ``needed`` points are left on the page."""
        return self.y - needed < BOTTOM

    def turn(self) -> None:
        self._pages.append(dict(self.canvas.__dict__))
        self.canvas._startPage()
        self.y = TOP

    def space(self, points: float) -> None:
        self.y -= points

    def text(
        self,
        text: str,
        *,
        size: float = 11,
        bold: bool = False,
        muted: bool = False,
        indent: float = 0,
        right: float = RIGHT,
    ) -> None:
        """Write a paragraph from the cursor down."""
        font = fonts.BOLD if bold else fonts.REGULAR
        for line in wrap(text, right - LEFT - indent, font, size):
            self.room(size * 1.6)
            self.y -= size * 1.55
            self.ink(muted)
            draw_line(self.canvas, LEFT + indent, self.y, line, font, size)

    def centred(self, text: str, size: float = 13) -> None:
        """Write bold lines in the middle."""
        for line in wrap(text, RIGHT - LEFT, fonts.BOLD, size):
            self.room(size * 1.6)
            self.y -= size * 1.55
            self.ink()
            middle = (LEFT + RIGHT - width(line, fonts.BOLD, size)) / 2
            draw_line(self.canvas, middle, self.y, line, fonts.BOLD, size)

    def paragraph(self, text: str, *, first: float, size: float = 11.5, bold: bool = False) -> None:
        """Write prose whose first line is set in, as an official letter has it."""
        font = fonts.BOLD if bold else fonts.REGULAR
        head = wrap(text, RIGHT - LEFT - first, font, size)[0]
        rest = text[len(head) :].lstrip()
        lines = [head, *(wrap(rest, RIGHT - LEFT, font, size) if rest else ())]
        self.room(size * 1.6 * min(len(lines), _TOGETHER))
        for number, line in enumerate(lines):
            self.room(size * 1.6)
            self.y -= size * 1.6
            self.ink()
            draw_line(self.canvas, LEFT + (0 if number else first), self.y, line, font, size)
        self.space(3)

    def frame(self, label: str, tall: float) -> None:
        """Leave a framed space to draw or stick something in."""
        self.room(tall + 24)
        if label:
            self.text(label, bold=True)
        self.space(6)
        self.canvas.setStrokeColorRGB(*_LINE)
        self.canvas.rect(LEFT, self.y - tall, RIGHT - LEFT, tall)
        self.space(tall + 6)

    def heading(self, text: str, size: float = 13) -> None:
        """Write a heading that stays with what follows it."""
        self.room(size * 5)
        self.space(8)
        self.text(text, size=size, bold=True)
        self.rule(4)

    def rule(self, gap: float = 6) -> None:
        self.y -= gap
        self.canvas.setStrokeColorRGB(*_LINE)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, self.y, RIGHT, self.y)

    def ink(self, muted: bool = False) -> None:
        self.canvas.setFillColorRGB(*(_MUTED if muted else _INK))

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write labels and answers in two columns, long answers across both."""
        half = (RIGHT - LEFT - 18) / 2
        waiting: tuple[str, str] | None = None
        for label, value in rows:
            if width(value) > half * 1.6 or width(label, size=9) > half * 1.5:
                if waiting:
                    self._cells([waiting], half)
                    waiting = None
                self._cells([(label, value)], RIGHT - LEFT)
            elif waiting:
                self._cells([waiting, (label, value)], half)
                waiting = None
            else:
                waiting = (label, value)
        if waiting:
            self._cells([waiting], half)

    def _cells(self, cells: Sequence[tuple[str, str]], room: float) -> None:
        laid = [(wrap(label, room, size=9), wrap(value or "–", room)) for label, value in cells]
        tall = max(len(labels) * 13.5 + len(values) * 17 + 6 for labels, values in laid)
        self.room(min(tall, TOP - BOTTOM))
        top = self.y
        for column, (labels, values) in enumerate(laid):
            x = LEFT + column * (room + 18)
            y = top
            for line in labels:
                y -= 13.5
                self.ink(muted=True)
                draw_line(self.canvas, x, y, line, size=9)
            for line in values:
                y -= 17
                self.ink()
                draw_line(self.canvas, x, y, line)
        self.y = top - tall

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        size: float = 9,
        shares: Sequence[float] = (),
    ) -> None:
        """Write a ruled table whose head is repeated on each page; ``shares`` divide its width."""
        shares = shares or [1.0] * len(heads)
        whole = sum(shares) or 1.0
        rooms = [(RIGHT - LEFT) * share / whole for share in shares]
        self._table_row(heads, rooms, size, bold=True)
        for row in rows:
            self._table_row(row, rooms, size, head=heads)

    def _table_row(
        self,
        cells: Sequence[str],
        rooms: Sequence[float],
        size: float,
        *,
        bold: bool = False,
        head: Sequence[str] = (),
    ) -> None:
        font = fonts.BOLD if bold else fonts.REGULAR
        laid = [wrap(cell, room - 8, font, size) for cell, room in zip(cells, rooms, strict=True)]
        tall = max((len(lines) for lines in laid), default=0) * size * 1.55 + 5
        if self.y - tall < BOTTOM:
            self.turn()
            if head:
                self._table_row(head, rooms, size, bold=True)
        for column, lines in enumerate(laid):
            y = self.y
            for line in lines:
                y -= size * 1.55
                self.ink()
                draw_line(self.canvas, LEFT + sum(rooms[:column]) + 2, y, line, font, size)
        self.y -= tall
        self.rule(0)

    def finish(self) -> bytes:
        """Number the pages, mark practice and return the PDF."""
        self._pages.append(dict(self.canvas.__dict__))
        total = len(self._pages)
        for number, page in enumerate(self._pages, 1):
            self.canvas.__dict__.update(page)
            self._foot_of(number, total)
            self.canvas.showPage()
        self.canvas.save()
        return self._file.getvalue()

    def _foot_of(self, number: int, total: int) -> None:
        self.ink(muted=True)
        if self._foot:
            draw_line(self.canvas, LEFT, 36, self._foot, size=8.5)
        draw_right(self.canvas, RIGHT, 36, f"หน้า {number} จาก {total}", size=8.5)
        if self._practice:
            mark_practice(self.canvas)


def mark_practice(canvas: object, page: Callable[[], tuple[float, float]] | None = None) -> None:
    """Write the practice words across the page, light enough to read through."""
    wide, tall = page() if page else (WIDTH, HEIGHT)
    canvas.saveState()  # type: ignore[attr-defined]
    canvas.translate(wide / 2, tall / 2)  # type: ignore[attr-defined]
    canvas.rotate(35)  # type: ignore[attr-defined]
    canvas.setFillColorRGB(0.7, 0.15, 0.12, alpha=0.22)  # type: ignore[attr-defined]
    size = 40 * wide / WIDTH
    draw_line(canvas, -width(PRACTICE, fonts.BOLD, size) / 2, 0, PRACTICE, fonts.BOLD, size)  # type: ignore[arg-type]
    canvas.restoreState()  # type: ignore[attr-defined]
