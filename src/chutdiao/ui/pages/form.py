"""One form being filled: its sections, the card of one of them, documents and paper beside it."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from chutdiao.app.opened import OpenedForm, label_at, open_form, section_of
from chutdiao.app.ports import Draft
from chutdiao.domain.form import FieldType, Section
from chutdiao.domain.problem import Json
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.section import SectionPanel
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.page import Page
from chutdiao.ui.pages.form_side import (
    DocumentLine,
    DocumentsCard,
    OpenOnly,
    PaperCard,
    SectionEntry,
    SectionList,
    image_of,
)
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    Muted,
    PrimaryButton,
    Rule,
    Scroll,
    SecondaryButton,
    clear,
    line,
    rows,
)

QUIET_MS = 350
_PAPER_MS = 900
REVIEW = "review"


class FormPage(Page):
    """Fills one draft; every answer goes to the session and, when typing rests, to the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedForm | None = None
        self._panels: dict[str, SectionPanel] = {}
        self._now = ""
        self._place = ""
        self._visited: set[str] = set()
        self._unsaved = False
        self._paper_soon = QTimer(self)
        self._paper_soon.setSingleShot(True)
        self._paper_soon.setInterval(_PAPER_MS)
        self._paper_soon.timeout.connect(self._draw_paper)
        self._lay_out()

    # building

    def _lay_out(self) -> None:
        column = rows(self, 14, (30, 16, 30, 16))
        column.addLayout(self._build_head())
        across = line(gap=20)
        self.sections = SectionList(self.desk)
        self.sections.wanted.connect(self.show_section)
        across.addWidget(self.sections)
        middle = Scroll("form-scroll", 14, (0, 0, 2, 0))
        self.scroll = middle
        self._above = rows(gap=12)
        middle.body.addLayout(self._above)
        middle.body.addWidget(self._build_card())
        middle.body.addStretch(1)
        across.addWidget(middle, 1)
        across.addWidget(self._build_side())
        column.addLayout(across, 1)

    def _build_head(self) -> object:
        head = line(gap=12)
        words = rows(gap=0)
        self.title = Heading("form.title", "", 1)
        self.subtitle = Muted("form.subtitle", "", small=False)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head.addLayout(words, 1)
        self.unverified = Chip("form.unverified", self.desk.tr("form.unverified"), "warn")
        self.unverified.setToolTip(self.desk.tr("form.unverified-form"))
        self.unverified.hide()
        head.addWidget(self.unverified)
        self.preview = SecondaryButton("preview", self.desk.tr("form.preview"))
        self.preview.picture(self.desk.theme, "eye")
        self.preview.clicked.connect(self._go_preview)
        head.addWidget(self.preview)
        return head

    def _build_card(self) -> Card:
        card = Card("section-card", "", padding=24)
        self._stack = QStackedLayout()
        self._holder = QWidget()
        self._held = rows(self._holder, 0)
        card.body.addWidget(self._holder)
        card.body.addSpacing(8)
        card.body.addWidget(Rule("card-rule"))
        card.body.addSpacing(8)
        buttons = line(gap=12)
        self.back = SecondaryButton("back", self.desk.tr("form.back"))
        self.back.clicked.connect(self._go_back)
        self.next = PrimaryButton("next", self.desk.tr("form.next"))
        self.next.clicked.connect(self._go_next)
        self.saved = Muted("autosave", self.desk.tr("form.autosave"), wrap=False)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.saved)
        buttons.addWidget(self.next)
        card.body.addLayout(buttons)
        return card

    def _build_side(self) -> QWidget:
        side = Scroll("form-side", 12, (0, 0, 0, 0))
        side.setFixedWidth(self.desk.theme.px(262))
        self.documents = DocumentsCard(self.desk)
        self.paper = PaperCard(self.desk)
        side.body.addWidget(self.documents)
        side.body.addWidget(self.paper)
        side.body.addStretch(1)
        return side

    # opening

    def open(self, **arguments: Any) -> None:
        """Open the draft at ``place``, or where it was left."""
        draft, place = str(arguments.get("draft", "")), str(arguments.get("place", ""))
        self.desk.jobs.ask(
            partial(open_form, self.desk.workspace, draft), partial(self._show, place), self.desk.tell_error
        )

    def _show(self, place: str, opened: OpenedForm) -> None:
        self._opened = opened
        self._drop_panels()
        draft = opened.draft
        form = opened.form
        self.title.say(" ".join(part for part in (form.code, self.desk.local(form.title)) if part))
        self.subtitle.say(self._subtitle(opened))
        self.unverified.setVisible(not form.verified)
        self._visited = set()
        if draft.open_fields:
            names = [self.desk.local(label_at(form, name)) for name in draft.open_fields]
            self._above.addWidget(OpenOnly(self.desk, "", names))
        place = place or (draft.open_fields[0] if draft.open_fields else draft.place)
        first = section_of(form, place)
        if not opened.session.state.sections[first].visible:
            first = self._visible()[0].id
        self.show_section(first)
        if place:
            self._focus(place)
        self._paper_soon.start()

    def _subtitle(self, opened: OpenedForm) -> str:
        form, tr = opened.form, self.desk.tr
        fee = ""
        if form.fee is not None:
            free = form.fee.high in ("", "0") and form.fee.low in ("", "0")
            low, high = form.fee.low, form.fee.high
            amount = low if low == high else f"{low}–{high}"
            fee = tr("form.no-fee") if free else tr("form.fee", amount=amount)
            if form.fee.by == "authority":
                fee = tr("form.fee.by-authority")
        return " · ".join(part for part in (self.desk.local(opened.agency), form.law, fee) if part)

    def _drop_panels(self) -> None:
        clear(self._above)
        clear(self._held)
        self._panels = {}
        self._now = ""

    def leave(self) -> None:
        """Write what is unsaved at once."""
        self._paper_soon.stop()
        if self._opened is not None and self._unsaved:
            self._save(0)

    # sections

    def _visible(self) -> list[Section]:
        assert self._opened is not None
        states = self._opened.session.state.sections
        return [section for section in self._opened.form.sections if states[section.id].visible]

    @Slot(str)
    def show_section(self, name: str) -> None:
        """Bring one section to the front; its widgets are made on first sight."""
        if self._opened is None:
            return
        if name == REVIEW:
            self._go_review()
            return
        if self._now and self._now != name:
            self._visited.add(self._now)
            self._panels[self._now].visit_all()
            self._panels[self._now].hide()
        self._now = name
        panel = self._panels.get(name) or self._make_panel(name)
        if name in self._visited:
            panel.visit_all()
        panel.show_state(self._opened.session.state, self._opened.origins, self._may_change)
        panel.show()
        self.scroll.verticalScrollBar().setValue(0)
        self._refresh_sides()
        self._remember(name)

    def _make_panel(self, name: str) -> SectionPanel:
        assert self._opened is not None
        section = next(s for s in self._opened.form.sections if s.id == name)
        panel = SectionPanel(section, Surroundings(self.desk, self._opened.business.id))
        panel.answered.connect(self._answered)
        panel.mend_asked.connect(self._mended)
        panel.unsure_asked.connect(self._unsure)
        panel.row_added.connect(self._row_added)
        panel.row_removed.connect(self._row_removed)
        panel.left.connect(self._left)
        self._held.addWidget(panel)
        self._panels[name] = panel
        return panel

    def _may_change(self, name: str) -> bool:
        assert self._opened is not None
        only = self._opened.draft.open_fields
        return not only or any(place.split("[")[0].split(".")[0] == name for place in only)

    def _focus(self, place: str) -> None:
        widget = self._panels[self._now].focus(place)
        if widget is not None:
            self.scroll.ensureWidgetVisible(widget, 0, 40)

    # answers

    @Slot(str, object)
    def _answered(self, place: str, value: Json) -> None:
        assert self._opened is not None
        self._after(self._opened.session.set(place, value), place)

    @Slot(str, object)
    def _mended(self, place: str, value: Json) -> None:
        self._answered(place, value)

    @Slot(str, bool)
    def _unsure(self, place: str, flag: bool) -> None:
        assert self._opened is not None
        changed = self._opened.session.flag_unsure(place, flag) or frozenset()
        self._after(changed | {place}, place)

    @Slot(str)
    def _row_added(self, table: str) -> None:
        assert self._opened is not None
        self._opened.session.add_row(table)
        self._after(None, table)

    @Slot(str, str)
    def _row_removed(self, table: str, row: str) -> None:
        assert self._opened is not None
        self._opened.session.remove_row(table, row)
        self._after(None, table)

    @Slot(str)
    def _left(self, place: str) -> None:
        if self._opened is not None and self._now:
            panel = self._panels[self._now]
            panel.show_state(
                self._opened.session.state, self._opened.origins, self._may_change, frozenset({place})
            )

    def _after(self, changed: frozenset[str] | None, place: str) -> None:
        assert self._opened is not None
        self._place = place
        panel = self._panels[self._now]
        told = None if changed is None else changed | {place}
        panel.show_state(self._opened.session.state, self._opened.origins, self._may_change, told)
        self._refresh_sides()
        self._save(QUIET_MS)
        self._paper_soon.start()

    # saving

    def _draft(self) -> Draft:
        assert self._opened is not None
        draft = self._opened.draft
        place = self._place
        if not place or section_of(self._opened.form, place) != self._now:
            section = next(s for s in self._opened.form.sections if s.id == self._now)
            place = section.fields[0].id if section.fields else ""
        return replace(draft, place=place, updated_at=self.desk.workspace.clock.now().isoformat())

    def _save(self, quiet: int) -> None:
        draft = self._draft()
        self._unsaved = True
        self.saved.say(self.desk.tr("form.autosave.saving"))
        save = partial(self.desk.workspace.drafts.save, draft)
        self.desk.jobs.change(f"autosave:{draft.id}", save, self._was_saved, quiet)

    def _was_saved(self, _: object) -> None:
        self._unsaved = False
        self.saved.say(self.desk.tr("form.autosave"))
        self.desk.bus.saved.emit()
        self.desk.bus.changed.emit(frozenset({"drafts"}))

    def _remember(self, section: str) -> None:
        if self._opened is not None and section_of(self._opened.form, self._opened.draft.place) != section:
            self._save(QUIET_MS)

    # beside the card

    def _refresh_sides(self) -> None:
        assert self._opened is not None
        state = self._opened.session.state
        entries = [self._entry(section) for section in self._visible()]
        entries.append(SectionEntry(REVIEW, self.desk.tr("form.to-review"), "send"))
        self.sections.show_entries(entries, self._now)
        papers = [
            DocumentLine(r.id, self.desk.local(r.label), r.bring, r.law) for r in state.requirements()
        ]
        self.documents.show_documents(papers)

    def _entry(self, section: Section) -> SectionEntry:
        assert self._opened is not None
        held = self._opened.session.state.sections[section.id]
        title = self.desk.local(section.title)
        files = [f for f in section.fields if f.type is FieldType.FILE]
        if files and len(files) == len(section.fields):
            fields = self._opened.session.state.fields
            shown = [f for f in files if fields[f.id].visible]
            have = sum(1 for f in shown if fields[f.id].value)
            title = self.desk.tr("form.section-files", title=title, have=have, all=len(shown))
        if held.problems and section.id in self._visited:
            return SectionEntry(section.id, title, "bad")
        done = held.answered >= held.needed and not held.problems
        return SectionEntry(section.id, title, "done" if done else "files" if files else "later")

    @Slot()
    def _draw_paper(self) -> None:
        if self._opened is None:
            return
        printer, opened = self.desk.workspace.printer, self._opened
        answers = opened.session.state.submitted()
        language, practice = self.desk.language, self.desk.workspace.practice
        width = self.desk.theme.px(480)

        def draw() -> tuple[bytes, int, int]:
            pdf = printer.sheet(opened.form, answers, language, practice)
            return printer.page_image(pdf, 0, width)

        self.desk.jobs.ask(draw, self._paper_drawn, self._paper_failed)

    def _paper_drawn(self, page: tuple[bytes, int, int]) -> None:
        self.paper.show_page(image_of(page))

    def _paper_failed(self, _: Exception) -> None:
        """The picture is only a courtesy; the page before it stays."""

    # going on

    @Slot()
    def _go_next(self) -> None:
        visible = [section.id for section in self._visible()]
        place = visible.index(self._now) + 1
        if place < len(visible):
            self.show_section(visible[place])
            self._panels[self._now].focus("")
        else:
            self._go_review()

    @Slot()
    def _go_back(self) -> None:
        visible = [section.id for section in self._visible()]
        place = visible.index(self._now) - 1
        if place >= 0:
            self.show_section(visible[place])
        elif self._opened is not None:
            self.go.emit("roadmap", {"business": self._opened.business.id})

    def _go_review(self) -> None:
        if self._opened is not None:
            self.go.emit("review", {"draft": self._opened.draft.id})

    @Slot()
    def _go_preview(self) -> None:
        if self._opened is not None:
            self.go.emit("preview", {"draft": self._opened.draft.id})
