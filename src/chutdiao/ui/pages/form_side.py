"""What stands beside the card of a form: sections on the left, documents and paper on the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from chutdiao.app.opened import OpenedForm
from chutdiao.app.segment import words
from chutdiao.app.vault import held_for
from chutdiao.ui import icons
from chutdiao.ui.desk import Desk
from chutdiao.ui.widgets import Card, Chip, Heading, Muted, ThaiLabel, clear, line, named, restyle, rows

_PAPER_MS = 900
_ROWS_SEEN = 60


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One line of the list; state is done, now, bad, files, later or send."""

    id: str
    title: str
    state: str


_ICONS = {
    "done": ("circle-check", "ok"),
    "now": ("file-pen-line", "primary"),
    "bad": ("triangle-alert", "bad"),
    "files": ("paperclip", "muted"),
    "later": ("clock", "muted"),
    "send": ("send", "muted"),
}


class SectionList(QWidget):
    """The sections of a form in order, each with its state as picture and words."""

    wanted = Signal(str)  # the section to show

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "sections", desk.tr("form.sections"))
        self._desk = desk
        self._column = rows(self, 2)
        self._buttons: dict[str, QPushButton] = {}
        self._column.addStretch(1)
        self.setFixedWidth(desk.theme.px(206))

    def show_entries(self, entries: Sequence[SectionEntry], now: str) -> None:
        """Show the sections; ``now`` is the one in front."""
        if [e.id for e in entries] != list(self._buttons):
            self._make(entries)
        for entry in entries:
            button = self._buttons[entry.id]
            state = "now" if entry.id == now else entry.state
            picture, colour = _ICONS[state]
            button.setIcon(icons.icon(picture, self._desk.theme.colour(colour)))
            restyle(button, "now", entry.id == now)
            button.setAccessibleDescription(self._desk.tr("nav.here") if entry.id == now else "")
            restyle(button, "state", entry.state)
            self._title(button, entry.title)
            told = self._desk.tr(f"form.section.{entry.state}")
            button.setAccessibleName(f"{entry.title} {told}")
            button.setToolTip(f"{entry.title} · {told}")

    def _make(self, entries: Sequence[SectionEntry]) -> None:
        for button in self._buttons.values():
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for place, entry in enumerate(entries):
            button = QPushButton()
            button.setObjectName(f"section.{entry.id}")
            button.setProperty("nav", "item")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(self._clicked)
            self._buttons[entry.id] = button
            self._column.insertWidget(place, button)

    def _title(self, button: QPushButton, title: str) -> None:
        room = self.width() - self._desk.theme.px(52)
        first, rest = _two_lines(title, button.fontMetrics(), room)
        restyle(button, "lines", "2" if rest else "1")
        button.setText(f" {first}\n {rest}" if rest else f" {first}")

    @Slot()
    def _clicked(self) -> None:
        name = self.sender().objectName().removeprefix("section.")
        self.wanted.emit(name)


def _two_lines(title: str, metrics: QFontMetrics, room: int) -> tuple[str, str]:
    """A title as it fits one line or two; only what is longer still is cut."""
    if metrics.horizontalAdvance(title) <= room:
        return title, ""
    parts = words(title)
    taken = 0
    while taken < len(parts) and metrics.horizontalAdvance("".join(parts[: taken + 1]).rstrip()) <= room:
        taken += 1
    first, rest = "".join(parts[:taken]).rstrip(), "".join(parts[taken:]).strip()
    cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)
    return (first, cut) if first else (cut, "")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of the requirement panel; ``bring`` is false where the officer looks it up."""

    id: str
    text: str
    bring: bool
    law: str = ""


class DocumentsCard(Card):
    """What to bring, and what need not be brought, with the law."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("documents", desk.tr("form.documents"))
        self._desk = desk
        self.body.addWidget(Heading("documents.title", desk.tr("form.documents"), 3))
        self._lines = rows(gap=4)
        self.body.addLayout(self._lines)
        self._asked: tuple[str, ...] = ()
        self._held: dict[str, ThaiLabel] = {}
        self._found: Mapping[str, str] = {}

    def show_documents(self, documents: Sequence[DocumentLine], business: str = "") -> None:
        """Show what to bring; with ``business`` also what of it lies in the vault already."""
        clear(self._lines)
        self._held = {}
        if not documents:
            self._lines.addWidget(Muted("documents.none", self._desk.tr("form.documents.none")))
        for document in documents:
            self._lines.addWidget(self._line(document))
        if any(not document.bring for document in documents):
            chip = Chip("documents.looked-up", self._desk.tr("form.documents.looked-up"), "ok")
            self._lines.addWidget(chip)
        wanted = tuple(document.id for document in documents if document.bring)
        if business and wanted != self._asked:
            self._asked, self._found = wanted, {}
            self._desk.jobs.ask(partial(held_for, self._desk.workspace, business, wanted), self._tell)
        else:
            self._tell(self._found)

    def _tell(self, found: Mapping[str, str]) -> None:
        self._found = found
        for name, label in self._held.items():
            label.setVisible(name in found)
            label.say(self._desk.tr("form.documents.held", title=found.get(name, "")))

    def _line(self, document: DocumentLine) -> QWidget:
        box = QWidget()
        row = line(box, 8)
        row.addWidget(Muted(f"dot.{document.id}", "•", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        label = Muted(f"document.{document.id}", document.text)
        if not document.bring:
            font = label.font()
            font.setStrikeOut(True)
            label.setFont(font)
            label.setToolTip(document.law)
            told = self._desk.tr("form.documents.need-not", law=document.law)
            label.setAccessibleName(f"{document.text} {told}")
        both = rows(gap=0)
        both.addWidget(label)
        if document.bring:
            held = ThaiLabel(f"held.{document.id}", "")
            held.setProperty("tone", "ok")
            held.setProperty("small", True)
            held.hide()
            self._held[document.id] = held
            both.addWidget(held)
        row.addLayout(both, 1)
        return box


class PaperCard(Card):
    """A small picture of the page being filled, drawn anew when answers rest."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("paper", desk.tr("form.paper"))
        self._desk = desk
        self.title = Heading("paper.title", desk.tr("form.paper"), 3)
        self.body.addWidget(self.title)
        frame = Card("paper.frame", desk.tr("form.paper"))
        frame.body.setContentsMargins(1, 1, 1, 1)
        self.picture = named(QLabel(), "paper.picture", desk.tr("form.paper"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.picture.setMinimumHeight(desk.theme.px(266))
        frame.body.addWidget(self.picture)
        self.body.addWidget(frame)
        self._whole = QPixmap()
        self._opened: OpenedForm | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAPER_MS)
        self._soon.timeout.connect(self._draw)

    def draw_soon(self, opened: OpenedForm) -> None:
        """Draw the paper when nothing changed for a moment; another form's picture goes at once."""
        if self._opened is None or self._opened.draft.id != opened.draft.id:
            self._whole = QPixmap()
            self.picture.clear()
        self._opened = opened
        self._soon.start()

    @Slot()
    def _draw(self) -> None:
        opened = self._opened
        if opened is None:
            return
        ws, language = self._desk.workspace, self._desk.language
        # The first page is all that is seen of it: thousands of rows would be drawn for nothing.
        whole, width = opened.session.state.submitted(), self._desk.theme.px(480)
        answers = {k: v[:_ROWS_SEEN] if isinstance(v, list) else v for k, v in whole.items()}

        def draw() -> tuple[bytes, int, int]:
            pdf = ws.printer.sheet(opened.form, answers, language, ws.practice)
            return ws.printer.page_image(pdf, 0, width)

        self._desk.jobs.ask(draw, self._drawn, self._failed)

    def _drawn(self, page: tuple[bytes, int, int]) -> None:
        self.show_page(image_of(page))

    def _failed(self, _: Exception) -> None:
        """The picture is only a courtesy; the one before it stays."""

    def show_page(self, image: QImage) -> None:
        """Show a page, cut at the foot to what fits."""
        self._whole = QPixmap.fromImage(image)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, height = self.picture.width() - 2, self.picture.height() - 2
        if self._whole.isNull() or width < 10:
            return
        ratio = self.devicePixelRatioF()
        scaled = self._whole.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        scaled = scaled.copy(0, 0, scaled.width(), min(scaled.height(), round(height * ratio)))
        scaled.setDevicePixelRatio(ratio)
        self.picture.setPixmap(scaled)


class OpenOnly(Card):
    """Says that the agency asked for some fields and only those may change."""

    def __init__(self, desk: Desk, reason: str, fields: Sequence[str]) -> None:
        super().__init__("open-only", desk.tr("form.open-only"), "warn")
        self.body.addWidget(Heading("open-only.title", desk.tr("form.open-only"), 3))
        names = " · ".join(fields)
        self.body.addWidget(ThaiLabel("open-only.fields", desk.tr("form.open-only.fields", fields=names)))
        if reason:
            self.body.addWidget(Muted("open-only.reason", reason))


def image_of(page: tuple[bytes, int, int]) -> QImage:
    """The picture of a page that the printer drew as RGBA bytes."""
    data, width, height = page
    return QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
