"""Licences in the vault that run out, as duties to renew them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from chutdiao.app.ports import Document
from chutdiao.domain.dates import read_iso
from chutdiao.domain.duty import DueDay, Duty, DutyRule, Listing
from chutdiao.domain.duty.model import ANNIVERSARY, ONCE
from chutdiao.domain.text import LocalText, search_key

_LICENCE = "licence"


def with_documents(listing: Listing, documents: Iterable[Document]) -> Listing:
    """The listing with one renewal for each licence that runs out in its year.

    Of licences with one title only the last counts, and a renewal already listed for the day stands.
    """
    told = {duty.due.paper for duty in listing.duties if duty.rule.every in (ONCE, ANNIVERSARY)}
    more = [
        _renewal(one, day) for one, day in _last(documents) if day.year == listing.year and day not in told
    ]
    if not more:
        return listing
    duties = sorted((*listing.duties, *more), key=lambda duty: (duty.due.paper, duty.due.last, duty.id))
    return replace(listing, duties=tuple(duties))


def _last(documents: Iterable[Document]) -> Iterator[tuple[Document, date]]:
    latest: dict[str, tuple[Document, date]] = {}
    for one in documents:
        day = read_iso(one.expires_on)
        if one.kind != _LICENCE or day is None:
            continue
        name = search_key(one.title or one.name)
        if name not in latest or latest[name][1] < day:
            latest[name] = (one, day)
    yield from latest.values()


def _renewal(one: Document, day: date) -> Duty:
    title = one.title or one.name
    rule = DutyRule(
        id="document",
        code="",
        title=LocalText(f"ต่ออายุ{title}", f"Renew {title}"),
        form=title,
        agency=one.source or "own-action",
        every=ONCE,
        since="expires",
        law="วันหมดอายุในเอกสาร",
        source="คลังเอกสาร",
        checked_on=read_iso(one.added_at[:10]) or day,
        shift=False,
    )
    return Duty(f"document.{one.id}", rule, DueDay(day, day), event=day)
