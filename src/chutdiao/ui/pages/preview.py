"""The form as paper, page by page."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from chutdiao.app.opened import OpenedForm, open_form
from chutdiao.ui.desk import PDF, Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.page import Page
from chutdiao.ui.pages.blank_choice import BlankChoice
from chutdiao.ui.pages.form_side import image_of
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import Heading, Muted, Scroll, SecondaryButton, named, rows

_WIDTH = 1500


class PreviewPage(Page):
    """Draws the sheet off the window's thread and shows one page of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedForm | None = None
        self._draft = ""
        self._pdf, self._page, self._pages = b"", 0, 1
        column = rows(self, 12, (30, 16, 30, 16))
        head = Reflow(12)
        words = rows(gap=0)
        self.title = Heading("preview.title", desk.tr("preview.title"), 1)
        words.addWidget(self.title)
        self.note = Muted("preview.note", desk.tr("preview.note"), small=False)
        words.addWidget(self.note)
        head.add(words, 1)
        self.save = SecondaryButton("save", desk.tr("preview.save"))
        self.save.picture(desk.theme, "download")
        self.save.clicked.connect(self._save)
        head.add(self.save)
        column.addLayout(head)
        self.blank = BlankChoice(desk)
        self.blank.filled.connect(self._drawn)
        self.blank.filled.connect(self.note.hide)
        column.addWidget(self.blank)
        scroll = Scroll("preview-scroll", 0, (0, 0, 0, 0))
        self.picture = named(QLabel(), "preview.page", desk.tr("preview.title"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        scroll.body.addWidget(self.picture)
        scroll.body.addStretch(1)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(desk.tr("preview.title"))
        column.addWidget(scroll, 1)
        column.addLayout(self._build_buttons())

    def _build_buttons(self) -> object:
        buttons = Reflow(12)
        self.back = SecondaryButton("back", self.desk.tr("preview.back"))
        self.back.clicked.connect(self._go_back)
        self.earlier = SecondaryButton("earlier", self.desk.tr("preview.earlier"))
        self.earlier.clicked.connect(self._earlier)
        self.later = SecondaryButton("later", self.desk.tr("preview.later"))
        self.later.clicked.connect(self._later)
        self.count = Muted("preview.count", "", wrap=False)
        pages = FlowLayout(across=12, down=8)
        for widget in (self.earlier, self.count, self.later):
            pages.addWidget(widget)
        buttons.add(self.back)
        buttons.add_room()
        buttons.add(pages)
        return buttons

    def open(self, **arguments: Any) -> None:
        """Draw the sheet of a draft; until it is drawn nothing of another one is seen or saved."""
        self._opened, self._pdf, self._draft = None, b"", str(arguments.get("draft", ""))
        self.picture.clear()
        self.count.say(self.desk.tr("preview.drawing"))
        for button in (self.save, self.earlier, self.later):
            button.setEnabled(False)
        work = partial(open_form, self.desk.workspace, self._draft)
        self.desk.jobs.ask(work, self._opened_form, self.desk.tell_error)

    def _opened_form(self, opened: OpenedForm) -> None:
        self._opened = opened
        self.blank.offer(opened)
        self.note.show()
        ws, language = self.desk.workspace, self.desk.language
        answers = opened.session.state.submitted()
        draw = partial(ws.printer.sheet, opened.form, answers, language, ws.practice)
        self.desk.jobs.ask(draw, self._drawn, self.desk.tell_error)

    def _drawn(self, pdf: bytes) -> None:
        self._pdf, self._page = pdf, 0
        inspect = partial(self.desk.workspace.printer.inspect, pdf, "sheet.pdf")
        self.desk.jobs.ask(inspect, self._counted)

    def _counted(self, found: tuple[str, int, object]) -> None:
        self._pages = max(1, found[1])
        self._turn(0)

    def _turn(self, page: int) -> None:
        self._page = page
        draw = partial(self.desk.workspace.printer.page_image, self._pdf, page, _WIDTH)
        self.desk.jobs.ask(draw, self._show, self.desk.tell_error)

    def _show(self, page: tuple[bytes, int, int]) -> None:
        picture = QPixmap.fromImage(image_of(page))
        width = self.desk.theme.px(760) * 2
        picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(2)
        self.picture.setPixmap(picture)
        self.save.setEnabled(True)
        self.count.say(self.desk.tr("preview.page", n=self._page + 1, all=self._pages))
        self.earlier.setEnabled(self._page > 0)
        self.later.setEnabled(self._page + 1 < self._pages)

    @Slot()
    def _earlier(self) -> None:
        self._turn(max(0, self._page - 1))

    @Slot()
    def _later(self) -> None:
        self._turn(min(self._pages - 1, self._page + 1))

    @Slot()
    def _save(self) -> None:
        if self._opened is None or not self._pdf:
            return
        pdf, name = self._pdf, f"{self._opened.form.id}.pdf"
        self.desk.save_as(self.desk.tr("preview.save"), name, lambda: pdf, self._was_saved, PDF)

    def _was_saved(self, path: str) -> None:
        self.desk.tell(self.desk.tr("preview.saved", path=path))

    @Slot()
    def _go_back(self) -> None:
        if self._draft:
            self.go.emit("form", {"draft": self._draft})
