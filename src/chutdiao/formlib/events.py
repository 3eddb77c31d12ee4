"""From the files under ``forms/events`` to life events a program can plan."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chutdiao.domain.duty import DutyBook
from chutdiao.domain.journey.model import NOTHING, Journey
from chutdiao.domain.life import Filing, LifeEvent, Timing
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib.journeys import Raw, Reader
from chutdiao.formlib.load import flag, say, whole
from chutdiao.formlib.source import place_of

EVENT_KEYS = frozenset("id order title summary icon day applies questions filings".split())
FILING_KEYS = frozenset(
    "id when title agency form form_name what where site timing soon fee documents law source checked_on "
    "confidence note".split()
)
TIMING_KEYS = frozenset("months day days before efile".split())
FEE_KEYS = frozenset({"parameter", "note"})


def load_events(documents: Iterable[Raw], book: DutyBook) -> dict[str, LifeEvent]:
    """Every life event by id, in the order they are offered.

    Conditions may also name the questions the duties are decided by. Raises ChutdiaoError with every
    key that is unknown or missing and every day that is none.
    """
    reader = _EventReader(book)
    ordered = sorted(documents, key=lambda raw: whole(raw.get("order", "99")))
    events = [reader.event(raw) for raw in ordered]
    if reader.problems:
        raise ChutdiaoError(*reader.problems)
    return {event.id: event for event in events}


class _EventReader(Reader):
    """Reads events; their questions are read as those of an interview."""

    def __init__(self, book: DutyBook) -> None:
        super().__init__()
        self._book = book

    def event(self, raw: Raw) -> LifeEvent:
        self.keys(raw, EVENT_KEYS, ("id", "title", "summary", "icon", "day", "filings"))
        own = tuple(self.each(raw, "questions", self.question))
        shared = self._book.interview
        asked = {question.id for question in own}
        interview = Journey(
            id=str(raw.get("id", "")),
            title=say(raw.get("title")),
            questions=(*own, *(question for question in shared.questions if question.id not in asked)),
            steps=(),
            derived=shared.derived,
        )
        return LifeEvent(
            id=interview.id,
            title=interview.title,
            summary=say(raw.get("summary")),
            icon=str(raw.get("icon", "")),
            day=say(raw.get("day")),
            interview=interview,
            own=tuple(question.id for question in own),
            filings=tuple(self.each(raw, "filings", self.filing)),
            applies=str(raw.get("applies", "")),
            place=place_of(raw),
        )

    def filing(self, raw: Raw) -> Filing:
        self.keys(raw, FILING_KEYS, ("id", "title", "agency", "law", "source", "checked_on"))
        if "timing" not in raw and "soon" not in raw:
            self.problems.append(Problem("event.no-day", place_of(raw), {"filing": str(raw.get("id", ""))}))
        texts = {
            key: str(raw.get(key, "")) for key in ("id", "agency", "law", "source", "when", "form", "site")
        }
        said = {
            key: say(raw[key]) if key in raw else NOTHING
            for key in ("form_name", "what", "where", "soon", "note")
        }
        fee = raw.get("fee")
        named = isinstance(fee, dict) and "parameter" in fee
        if named:
            self.keys(fee, FEE_KEYS, ("parameter",))
        return Filing(
            **texts,
            **said,
            title=say(raw.get("title")),
            checked_on=self._day(raw, "checked_on"),
            confidence=str(raw.get("confidence", "high")),
            timing=self._maybe(raw.get("timing"), self.timing),
            fee=self.fee({"range": ["0", "0"], "note": fee.get("note")})
            if named
            else self._maybe(fee, self.fee),
            fee_parameter=str(fee["parameter"]) if named else "",
            documents=tuple(self.each(raw, "documents", self.document)),
            place=place_of(raw),
        )

    def timing(self, raw: Raw) -> Timing:
        self.keys(raw, TIMING_KEYS, ())
        return Timing(
            months=whole(raw.get("months", "0")),
            day=str(raw.get("day", "")),
            days=whole(raw.get("days", "0")),
            before=flag(raw.get("before")),
            efile=str(raw.get("efile", "")),
        )

    def _day(self, raw: Any, key: str) -> date:
        try:
            return date.fromisoformat(str(raw.get(key)))
        except ValueError:
            self.problems.append(Problem("duty.not-a-day", place_of(raw), {"value": str(raw.get(key))}))
            return date.min
