"""A duty as data: whose it is, which period it is for, and how its last day is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chutdiao.domain.journey.model import NOTHING, Journey
from chutdiao.domain.text import LocalText

MONTH, YEAR, ACCOUNTING_YEAR, ANNIVERSARY, ONCE = "month", "year", "accounting-year", "anniversary", "once"
EVERY = (MONTH, YEAR, ACCOUNTING_YEAR, ANNIVERSARY, ONCE)
PERIOD_START, PERIOD_END, PERIOD_HALF = "period-start", "period-end", "period-half"
PERIOD_DAYS = (PERIOD_START, PERIOD_END, PERIOD_HALF)
# What a form may be given of the period it is for.
PARTS = ("month", "year_be", "period_start", "period_end")
SAME = "same"
LAST = "last"


@dataclass(frozen=True, slots=True)
class Window:
    """Returns whose statutory day lies from ``start`` to ``end`` have ``days`` more when filed online."""

    days: int
    start: date
    end: date
    law: str
    source: str
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for filing online, as it was announced from time to time."""

    id: str
    title: LocalText
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A day that a duty may be counted from; ``duty`` names the duty whose last day stands in for it."""

    id: str
    label: LocalText
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Each:
    """One duty for each subject in a role, counted from a fact of the subject."""

    role: str
    fact: str
    name: str


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One duty.

    Its last day is counted from ``since`` (a day of the period, or an event): ``months`` on, to ``day``
    of that month where given, then ``days`` on. ``on`` names the answer that holds the day of the event.
    ``when`` decides over the facts of a business; without it the duty is only worked out when asked for.
    ``efile`` is empty where nothing is filed online, ``same`` or the extension that applies.
    ``fills`` is the form of this program that fulfils it, where its id is not the code.
    ``planned``: that form, filed from the plan of the business, fulfils it too.
    ``gives`` are fields of that form and the part of the period each begins with.
    ``paper_until`` is the last day the agency took paper; ``start`` and ``end`` bound the periods it is for.
    """

    id: str
    code: str
    title: LocalText
    form: str
    agency: str
    every: str
    since: str
    law: str
    source: str
    checked_on: date
    months: int = 0
    day: str = ""
    days: int = 0
    when: str = ""
    on: str = ""
    each: Each | None = None
    efile: str = ""
    shift: bool = True
    planned: bool = False
    confidence: str = "high"
    note: LocalText = NOTHING
    fills: str = ""
    gives: tuple[tuple[str, str], ...] = ()
    paper_until: date | None = None
    start: date | None = None
    end: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class DutyBook:
    """Every duty known. ``interview`` holds the questions whose answers the duties are decided by."""

    interview: Journey
    rules: tuple[DutyRule, ...] = ()
    events: Mapping[str, Event] = field(default_factory=dict)
    extensions: Mapping[str, Extension] = field(default_factory=dict)

    def of_code(self, code: str) -> tuple[DutyRule, ...]:
        """The rules that answer to one code of the command line."""
        return tuple(rule for rule in self.rules if rule.code == code)

    def rule(self, rule_id: str) -> DutyRule:
        """One rule; raises KeyError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
