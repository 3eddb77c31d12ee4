"""Every business of the profile: switch, export, erase, and import from elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from chutdiao.app.keep import Holdings, erase_business, export_business, holdings, import_business
from chutdiao.app.ports import Business
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.page import Page
from chutdiao.ui.pages.say import day_text
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    DangerButton,
    Heading,
    Muted,
    PrimaryButton,
    Scroll,
    SecondaryButton,
    clear,
    rows,
)

_ALL = frozenset({"businesses", "drafts", "outbox", "cases", "files"})
_SUFFIX = ".chutdiao-business"


class BusinessesPage(Page):
    """One card a business; nothing is erased without its name typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = rows(self, 0)
        scroll = Scroll("businesses.scroll", gap=14, margins=(30, 24, 30, 24))
        outer.addWidget(scroll)
        head = Reflow(12)
        titles = rows(None, 2)
        titles.addWidget(Heading("businesses.title", desk.tr("businesses.title"), wrap=False))
        titles.addWidget(Muted("businesses.line", desk.tr("businesses.line"), small=False))
        head.add(titles, 1)
        fetch = SecondaryButton("businesses.import", desk.tr("businesses.import"))
        fetch.picture(desk.theme, "upload")
        fetch.clicked.connect(self._import)
        start = PrimaryButton("businesses.start", desk.tr("home.start"))
        start.clicked.connect(self._start)
        head.add(fetch)
        head.add(start)
        scroll.body.addLayout(head)
        self._cards = rows(None, 12)
        scroll.body.addLayout(self._cards)
        scroll.body.addStretch(1)
        self._names: dict[str, str] = {}
        desk.bus.changed.connect(self._changed)

    def open(self, **_arguments: Any) -> None:
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and "businesses" in kinds:
            self._read()

    def _read(self) -> None:
        self.desk.jobs.ask(self.desk.workspace.businesses.all, self._show)

    def _show(self, businesses: Sequence[Business]) -> None:
        clear(self._cards)
        self._names = {business.id: business.name for business in businesses}
        for business in businesses:
            self._cards.addWidget(self._card(business))
        if not businesses:
            self._cards.addWidget(Muted("businesses.none", self.desk.tr("businesses.none"), small=False))

    def _card(self, business: Business) -> Card:
        desk, name = self.desk, f"business.{business.id}"
        card = Card(name, business.name)
        row, buttons = Reflow(10), FlowLayout(across=10, down=6)
        words = rows(None, 2)
        title = FlowLayout(across=10)
        title.addWidget(Heading(f"{name}.title", business.name, 3))
        if business.id == desk.business:
            title.addWidget(Chip(f"{name}.now", desk.tr("businesses.now"), "info"))
        words.addLayout(title)
        since = desk.tr("businesses.since", day=day_text(business.created_at, desk, long=True))
        words.addWidget(Muted(f"{name}.since", since))
        row.add(words, 1)
        row.add(buttons)
        for kind, key, slot in (
            (SecondaryButton, "open", self._open),
            (SecondaryButton, "rename", self._rename),
            (SecondaryButton, "export", self._export),
            (DangerButton, "erase", self._erase),
        ):
            button = kind(f"{name}.{key}", desk.tr(f"businesses.{key}"), compact=True)
            button.setAccessibleName(f"{button.text()}: {business.name}")
            button.setProperty("business", business.id)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        card.body.addLayout(row)
        return card

    def _pressed(self) -> tuple[str, str]:
        business = str(self.sender().property("business"))
        return business, self._names.get(business, "")

    @Slot()
    def _start(self) -> None:
        self.go.emit("home", {"start": True})

    @Slot()
    def _open(self) -> None:
        self.go.emit("roadmap", {"business": self._pressed()[0]})

    @Slot()
    def _rename(self) -> None:
        from dataclasses import replace

        desk, (business, name) = self.desk, self._pressed()
        typed = desk.asker.text(desk.tr("businesses.rename"), desk.tr("start.name"), start=name)
        if typed and typed.strip():
            book = desk.workspace.businesses
            wanted = typed.strip()
            desk.jobs.change(
                f"rename:{business}",
                lambda: book.save(replace(book.get(business), name=wanted)),
                self._renamed,
            )

    def _renamed(self, _saved: object) -> None:
        self.desk.bus.changed.emit(frozenset({"businesses"}))

    @Slot()
    def _export(self) -> None:
        desk, (business, name) = self.desk, self._pressed()
        path = desk.asker.save_file(
            desk.tr("businesses.export"), f"{name or business}{_SUFFIX}", f"*{_SUFFIX}"
        )
        if not path:
            return
        secret = desk.asker.text(
            desk.tr("businesses.export"), desk.tr("businesses.export.secret"), secret=True
        )
        if secret:
            workspace = desk.workspace
            desk.jobs.ask(
                lambda: export_business(workspace, business, path, secret), self._exported, desk.tell_error
            )

    def _exported(self, written: Mapping[str, str]) -> None:
        self.desk.tell(self.desk.tr("businesses.exported", path=str(written.get("path", ""))))

    @Slot()
    def _import(self) -> None:
        desk = self.desk
        path = desk.asker.open_file(desk.tr("businesses.import"), f"*{_SUFFIX}")
        if not path:
            return
        secret = desk.asker.text(
            desk.tr("businesses.import"), desk.tr("businesses.import.secret"), secret=True
        )
        if secret:
            workspace = desk.workspace
            desk.jobs.ask(lambda: import_business(workspace, path, secret), self._imported, desk.tell_error)

    def _imported(self, _read: object) -> None:
        self.desk.tell(self.desk.tr("businesses.imported"))
        self.desk.bus.saved.emit()
        self.desk.bus.changed.emit(_ALL)

    @Slot()
    def _erase(self) -> None:
        desk, (business, name) = self.desk, self._pressed()
        workspace = desk.workspace
        ask = partial(self._ask_erase, business, name)
        desk.jobs.ask(lambda: holdings(workspace, business), ask, desk.tell_error)

    def _ask_erase(self, business: str, name: str, held: Holdings) -> None:
        desk = self.desk
        said = (desk.tr("businesses.erase.holds", **asdict(held)), desk.tr("businesses.erase.why", name=name))
        typed = desk.asker.text(desk.tr("businesses.erase.title", name=name), "\n\n".join(said))
        if typed is None:
            return
        if typed.strip() != name:
            desk.tell(desk.tr("businesses.erase.differs"), "warn")
            return
        workspace = desk.workspace
        desk.jobs.change(f"erase:{business}", lambda: erase_business(workspace, business), self._erased)

    def _erased(self, removed: int) -> None:
        self.desk.tell(self.desk.tr("businesses.erased", n=removed))
        self.desk.bus.changed.emit(_ALL)
