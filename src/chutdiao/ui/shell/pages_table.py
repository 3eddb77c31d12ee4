"""Every page by name; a page is imported when it is first shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """``place`` is ``module:class``; ``nav`` is the entry of the navigation lit while it is shown."""

    place: str
    nav: str


PAGES: Mapping[str, PageEntry] = {
    "home": PageEntry("chutdiao.ui.pages.home:HomePage", "home"),
    "interview": PageEntry("chutdiao.ui.pages.interview:InterviewPage", "roadmap"),
    "roadmap": PageEntry("chutdiao.ui.pages.roadmap:RoadmapPage", "roadmap"),
    "compare": PageEntry("chutdiao.ui.pages.compare:ComparePage", "roadmap"),
    "pack": PageEntry("chutdiao.ui.pages.pack:PackPage", "roadmap"),
    "drafts": PageEntry("chutdiao.ui.pages.drafts:DraftsPage", "drafts"),
    "form": PageEntry("chutdiao.ui.pages.form:FormPage", "drafts"),
    "review": PageEntry("chutdiao.ui.pages.review:ReviewPage", "drafts"),
    "sign": PageEntry("chutdiao.ui.pages.sign:SignPage", "drafts"),
    "preview": PageEntry("chutdiao.ui.pages.preview:PreviewPage", "drafts"),
    "portal": PageEntry("chutdiao.ui.pages.portal:PortalPage", "drafts"),
    "paper": PageEntry("chutdiao.ui.pages.paper:PaperPage", "drafts"),
    "outbox": PageEntry("chutdiao.ui.pages.outbox:OutboxPage", "outbox"),
    "tracking": PageEntry("chutdiao.ui.pages.tracking:TrackingPage", "outbox"),
    "duties": PageEntry("chutdiao.ui.pages.duties:DutiesPage", "duties"),
    "events": PageEntry("chutdiao.ui.pages.events:EventsPage", "events"),
    "event": PageEntry("chutdiao.ui.pages.event:EventPage", "events"),
    "vault": PageEntry("chutdiao.ui.pages.vault:VaultPage", "vault"),
    "businesses": PageEntry("chutdiao.ui.pages.businesses:BusinessesPage", ""),
    "help": PageEntry("chutdiao.ui.pages.help:HelpPage", "help"),
    "settings": PageEntry("chutdiao.ui.pages.settings:SettingsPage", "settings"),
}


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of the navigation; ``of_business`` lines need a business to be about."""

    page: str
    icon: str
    of_business: bool = False


NAVIGATION = (
    NavEntry("home", "house"),
    NavEntry("roadmap", "route", of_business=True),
    NavEntry("drafts", "file-pen-line", of_business=True),
    NavEntry("outbox", "send"),
    NavEntry("duties", "calendar-days", of_business=True),
    NavEntry("events", "git-branch", of_business=True),
    NavEntry("vault", "folder-lock"),
    NavEntry("help", "circle-question-mark"),
    NavEntry("settings", "settings"),
)


@cache
def works(page: str) -> bool:
    """Whether the page is part of this program; found without importing it."""
    entry = PAGES.get(page)
    return entry is not None and find_spec(entry.place.split(":")[0]) is not None


def make(page: str, desk: Desk) -> Page:
    """Import a page and make it."""
    module, _, name = PAGES[page].place.partition(":")
    made = getattr(import_module(module), name)(desk)
    assert isinstance(made, Page)
    return made
