"""One form being filled: its sections, the card of one of them, documents and paper beside it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from chutdiao.app.offers import add_offered
from chutdiao.app.opened import OpenedForm, label_at, open_form, section_of
from chutdiao.app.session import FormSession
from chutdiao.app.submit import agency_id
from chutdiao.domain.problem import ChutdiaoError, Json
from chutdiao.domain.submission import DraftState
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.section import SectionPanel
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.page import Page
from chutdiao.ui.pages import answers
from chutdiao.ui.pages.form_offers import SignedCard, UpdateCard
from chutdiao.ui.pages.form_parts import Autosave, FormHead, section_entry
from chutdiao.ui.pages.form_side import (
    DocumentLine,
    DocumentsCard,
    OpenOnly,
    PaperCard,
    SectionEntry,
    SectionList,
)
from chutdiao.ui.pages.form_waiting import MANY, Waiting
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Muted,
    PrimaryButton,
    Rule,
    Scroll,
    SecondaryButton,
    clear,
    line,
    rows,
)

REVIEW = "review"


def _may_change(opened: OpenedForm, name: str) -> bool:
    """Whether a field is open: none of a locked draft is, and of a correction those that were asked for."""
    if opened.draft.state is DraftState.LOCKED:
        return False
    only = opened.draft.open_fields
    return not only or any(place.split("[")[0].split(".")[0] == name for place in only)


def _side(desk: Desk, *cards: QWidget) -> QWidget:
    side = Scroll("form-side", 12, (0, 0, 0, 0))
    side.setFixedWidth(desk.theme.px(262))
    for card in cards:
        side.body.addWidget(card)
    side.body.addStretch(1)
    return side


class FormPage(Page):
    """Fills one draft; every answer goes to the session and, when typing rests, to the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedForm | None = None
        self._panels: dict[str, SectionPanel] = {}
        self._now = ""
        self._visited: set[str] = set()
        self.autosave = Autosave(desk, self)
        self.autosave.saving.connect(self._saving)
        self._lay_out()

    def _lay_out(self) -> None:
        column = rows(self, 14, (30, 16, 30, 16))
        self.head = FormHead(self.desk)
        self.head.preview.clicked.connect(self._go_preview)
        column.addWidget(self.head)
        across = line(gap=20)
        self.sections = SectionList(self.desk)
        self.sections.wanted.connect(self.show_section)
        across.addWidget(self.sections)
        middle = Scroll("form-scroll", 14, (0, 0, 2, 0))
        self.scroll = middle
        self._above = rows(gap=12)
        middle.body.addLayout(self._above)
        self.waiting = Waiting(self.desk)
        self.waiting.taken.connect(self._many_taken)
        self.waiting.given_up.connect(self._many_given_up)
        middle.body.addWidget(self.waiting)
        middle.body.addWidget(self._build_card())
        middle.body.addStretch(1)
        across.addWidget(middle, 1)
        self.documents, self.paper = DocumentsCard(self.desk), PaperCard(self.desk)
        self._side = _side(self.desk, self.documents, self.paper)
        across.addWidget(self._side)
        column.addLayout(across, 1)

    def _build_card(self) -> Card:
        card = Card("section-card", "", padding=24)
        self._holder = QWidget()
        self._held = rows(self._holder, 0)
        card.body.addWidget(self._holder)
        card.body.addSpacing(8)
        card.body.addWidget(Rule("card-rule"))
        card.body.addSpacing(8)
        buttons = Reflow(12)
        self.back = SecondaryButton("back", self.desk.tr("form.back"))
        self.back.clicked.connect(self._go_back)
        self.next = PrimaryButton("next", self.desk.tr("form.next"))
        self.next.clicked.connect(self._go_next)
        self.saved = Muted("autosave", self.desk.tr("form.autosave"), wrap=False)
        buttons.add(self.back)
        buttons.add_room()
        buttons.add(self.saved)
        buttons.add(self.next)
        card.body.addLayout(buttons)
        return card

    def open(self, **arguments: Any) -> None:
        """Open the draft at ``place``, or where it was left."""
        self._wanted = str(arguments.get("place", ""))
        work = partial(open_form, self.desk.workspace, str(arguments.get("draft", "")))
        self.desk.jobs.ask(work, self._show, self.desk.tell_error)

    def _show(self, opened: OpenedForm) -> None:
        self._opened = opened
        self.waiting.give_up()
        clear(self._above)
        clear(self._held)
        self._panels, self._now = {}, ""
        draft = opened.draft
        form = opened.form
        self.head.show_form(opened)
        self._visited = set()
        update = UpdateCard(self.desk, draft)
        update.go.connect(self.go)
        self._above.addWidget(update)
        update.look()
        self.signed = SignedCard(self.desk, draft)
        self._above.addWidget(self.signed)
        self.signed.look()
        if draft.open_fields:
            names = [self.desk.local(label_at(form, name)) for name in draft.open_fields]
            self._above.addWidget(OpenOnly(self.desk, "", names))
        place = self._wanted or (draft.open_fields[0] if draft.open_fields else draft.place)
        first = section_of(form, place)
        if first not in [section.id for section in answers.sections(self._opened)]:
            first = answers.sections(self._opened)[0].id
        self.show_section(first)
        if place:
            self._focus(place)
        self.paper.draw_soon(self._opened)

    def leave(self) -> None:
        """Write what is unsaved at once."""
        self.autosave.now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text or a small window the card comes first, then the list, then the side."""
        super().resizeEvent(event)
        px, room = self.desk.theme.px, self.width() - 60
        self._side.setVisible(room >= px(206 + 400 + 262) + 40)
        self.sections.setVisible(room >= px(206 + 400) + 20)

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
        panel.show_state(self._opened.session.state, self._opened.origins, partial(_may_change, self._opened))
        panel.show()
        self.scroll.verticalScrollBar().setValue(0)
        self._refresh_sides()
        if section_of(self._opened.form, self._opened.draft.place) != name or self.autosave.pending:
            self.autosave.save(self._opened, name, "")

    def _make_panel(self, name: str) -> SectionPanel:
        assert self._opened is not None
        section = next(s for s in self._opened.form.sections if s.id == name)
        panel = SectionPanel(
            section, Surroundings(self.desk, self._opened.business.id, agency_id(self._opened.form))
        )
        panel.answered.connect(self._answered)
        panel.mend_asked.connect(self._answered)
        panel.unsure_asked.connect(self._unsure)
        panel.row_added.connect(self._row_added)
        panel.row_removed.connect(self._row_removed)
        panel.rows_wanted.connect(self._rows_wanted)
        panel.left.connect(self._left)
        self._held.addWidget(panel)
        self._panels[name] = panel
        return panel

    def _focus(self, place: str) -> None:
        widget = self._panels[self._now].focus(place)
        if widget is not None:
            self.scroll.ensureWidgetVisible(widget, 0, 40)

    @Slot(str, object)
    def _answered(self, place: str, value: Json) -> None:
        assert self._opened is not None
        if isinstance(value, list) and len(value) > MANY:
            self._holder.setEnabled(False)
            self.waiting.begin(self._opened.session, place, value)
            return
        try:
            changed = self._opened.session.set(place, value)
        except ChutdiaoError as error:
            self.desk.tell_error(error)
            return
        self._after(changed, place)

    @Slot(object, str)
    def _many_taken(self, session: FormSession, place: str) -> None:
        self._holder.setEnabled(True)
        if self._opened is not None and session.form is self._opened.form:
            self._opened.session = session
            self._after(None, place)

    @Slot()
    def _many_given_up(self) -> None:
        self._holder.setEnabled(True)

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
    def _rows_wanted(self, table: str) -> None:
        assert self._opened is not None
        if add_offered(self._opened.session, table, self.desk.workspace.tables):
            self._after(None, table)
        else:
            self.desk.tell(self.desk.tr("form.table.nothing-offered"), "info")

    @Slot(str)
    def _left(self, place: str) -> None:
        if self._opened is not None and self._now:
            panel = self._panels[self._now]
            panel.show_state(
                self._opened.session.state,
                self._opened.origins,
                partial(_may_change, self._opened),
                frozenset({place}),
            )

    def _after(self, changed: frozenset[str] | None, place: str) -> None:
        assert self._opened is not None
        panel = self._panels[self._now]
        told = None if changed is None else changed | {place}
        panel.show_state(
            self._opened.session.state, self._opened.origins, partial(_may_change, self._opened), told
        )
        self._refresh_sides()
        self.autosave.save(self._opened, self._now, place)
        self.paper.draw_soon(self._opened)

    def _refresh_sides(self) -> None:
        assert self._opened is not None
        state = self._opened.session.state
        entries = [
            section_entry(self.desk, self._opened, section, section.id in self._visited)
            for section in answers.sections(self._opened)
        ]
        entries.append(SectionEntry(REVIEW, self.desk.tr("form.to-review"), "send"))
        self.sections.show_entries(entries, self._now)
        papers = [DocumentLine(r.id, self.desk.local(r.label), r.bring, r.law) for r in state.requirements()]
        self.documents.show_documents(papers, self._opened.business.id)

    @Slot(bool)
    def _saving(self, under_way: bool) -> None:
        self.saved.say(self.desk.tr("form.autosave.saving" if under_way else "form.autosave"))
        if not under_way:
            self.signed.look()

    @Slot()
    def _go_next(self) -> None:
        visible = [section.id for section in answers.sections(self._opened)]
        place = visible.index(self._now) + 1
        if place < len(visible):
            self.show_section(visible[place])
            self._panels[self._now].focus("")
        else:
            self._go_review()

    @Slot()
    def _go_back(self) -> None:
        visible = [section.id for section in answers.sections(self._opened)]
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
