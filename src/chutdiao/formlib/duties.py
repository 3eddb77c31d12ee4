"""From the files under ``forms/calendar`` to the duties a program can reckon."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from chutdiao.domain.duty import DutyBook, DutyRule, Each, Event, Extension, Window
from chutdiao.domain.journey.model import NOTHING, Journey
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.text import LocalText
from chutdiao.formlib.journeys import Raw, Reader
from chutdiao.formlib.load import flag, say, whole
from chutdiao.formlib.source import place_of

FILE_KEYS = frozenset({"extensions", "events", "questions", "derived", "duties"})
RULE_KEYS = frozenset(
    "id code title form agency when every since on each months day days efile shift planned law source "
    "checked_on confidence note fills gives paper_until start end".split()
)
_NEEDED = ("id", "code", "title", "form", "agency", "every", "since", "law", "source", "checked_on")
WINDOW_KEYS = frozenset({"days", "from", "to", "law", "source", "checked_on", "confidence"})
_TITLE = LocalText("หน้าที่ที่ต้องทำเป็นรอบ", "Duties that come round")


def load_duties(documents: Iterable[Raw]) -> DutyBook:
    """Every duty of these documents.

    Raises ChutdiaoError with every key that is unknown or missing and every day that is none.
    """
    reader = _DutyReader()
    book = reader.book(list(documents))
    if reader.problems:
        raise ChutdiaoError(*reader.problems)
    return book


class _DutyReader(Reader):
    """Reads duties; their questions are read as those of an interview."""

    def book(self, documents: list[Raw]) -> DutyBook:
        for raw in documents:
            self.keys(raw, FILE_KEYS, ())
        gathered = {key: self._all(documents, key) for key in FILE_KEYS}
        interview = Journey(
            id="duties",
            title=_TITLE,
            questions=tuple(self.each(gathered, "questions", self.question)),
            steps=(),
            derived=tuple(self.each(gathered, "derived", self.derived)),
        )
        events = self.each(gathered, "events", self.event)
        extensions = self.each(gathered, "extensions", self.extension)
        return DutyBook(
            interview,
            tuple(self.each(gathered, "duties", self.rule)),
            {event.id: event for event in events},
            {extension.id: extension for extension in extensions},
        )

    def _all(self, documents: list[Raw], key: str) -> list[Any]:
        found: list[Any] = []
        for raw in documents:
            items = raw.get(key) or []
            if isinstance(items, list):
                found.extend(items)
            else:
                self.problems.append(Problem("journey.not-a-list", place_of(items), {"key": key}))
        return found

    def event(self, raw: Raw) -> Event:
        self.keys(raw, frozenset({"id", "label", "duty"}), ("id", "label"))
        return Event(str(raw.get("id", "")), say(raw.get("label")), str(raw.get("duty", "")))

    def extension(self, raw: Raw) -> Extension:
        self.keys(raw, frozenset({"id", "title", "windows"}), ("id", "title", "windows"))
        windows = tuple(self.each(raw, "windows", self.window))
        return Extension(str(raw.get("id", "")), say(raw.get("title")), windows)

    def window(self, raw: Raw) -> Window:
        self.keys(raw, WINDOW_KEYS, ("days", "from", "to", "law", "source", "checked_on"))
        return Window(
            days=whole(raw.get("days")),
            start=self._day(raw, "from") or date.min,
            end=self._day(raw, "to") or date.max,
            law=str(raw.get("law", "")),
            source=str(raw.get("source", "")),
            confidence=str(raw.get("confidence", "high")),
        )

    def rule(self, raw: Raw) -> DutyRule:
        self.keys(raw, RULE_KEYS, _NEEDED)
        texts = {key: str(raw.get(key, "")) for key in ("id", "code", "form", "agency", "every", "since")}
        more = {
            key: str(raw.get(key, "")) for key in ("law", "source", "day", "when", "on", "efile", "fills")
        }
        return DutyRule(
            **texts,
            **more,
            title=say(raw.get("title")),
            checked_on=self._day(raw, "checked_on") or date.min,
            months=whole(raw.get("months", "0")),
            days=whole(raw.get("days", "0")),
            each=self._maybe(raw.get("each"), self._each),
            shift=flag(raw.get("shift"), True),
            planned=flag(raw.get("planned"), False),
            confidence=str(raw.get("confidence", "high")),
            note=say(raw.get("note")) if raw.get("note") else NOTHING,
            gives=tuple((str(name), str(part)) for name, part in (raw.get("gives") or {}).items()),
            paper_until=self._day(raw, "paper_until"),
            start=self._day(raw, "start"),
            end=self._day(raw, "end"),
            place=place_of(raw),
        )

    def _each(self, raw: Raw) -> Each:
        needed = ("role", "fact", "name")
        self.keys(raw, frozenset(needed), needed)
        return Each(*(str(raw.get(key, "")) for key in needed))

    def _day(self, raw: Mapping[str, Any], key: str) -> date | None:
        text = raw.get(key)
        if text is None:
            return None
        try:
            return date.fromisoformat(str(text))
        except ValueError:
            self.problems.append(Problem("duty.not-a-day", place_of(text), {"value": str(text)}))
            return None
