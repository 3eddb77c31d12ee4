"""A life event as data: what is asked about it, and the filings it leads to."""

from dataclasses import dataclass
from datetime import date

from chutdiao.domain.form import Fee, Requirement
from chutdiao.domain.journey.model import NOTHING, Journey
from chutdiao.domain.text import LocalText


@dataclass(frozen=True, slots=True)
class Timing:
    """How a last day is counted from the day of the event.

    ``days`` after it, or before it where ``before``; or ``day`` of the month ``months`` on.
    """

    months: int = 0
    day: str = ""
    days: int = 0
    before: bool = False
    efile: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """One thing to file, where ``when`` holds.

    ``form`` is a form of this program, ``form_name`` the official name of the paper. Without ``timing``
    no law gives a day, and ``soon`` says what to keep to. ``fee_parameter`` names a dated fee.
    """

    id: str
    title: LocalText
    agency: str
    law: str
    source: str
    checked_on: date
    confidence: str = "high"
    when: str = ""
    form: str = ""
    form_name: LocalText = NOTHING
    what: LocalText = NOTHING
    where: LocalText = NOTHING
    site: str = ""
    timing: Timing | None = None
    soon: LocalText = NOTHING
    fee: Fee | None = None
    fee_parameter: str = ""
    documents: tuple[Requirement, ...] = ()
    note: LocalText = NOTHING
    place: str = ""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event: ``day`` asks for its date; ``interview`` holds its own questions, then those of the facts.

    ``own`` are the ids of the questions always asked; the others only where the facts lack them.
    """

    id: str
    title: LocalText
    summary: LocalText
    icon: str
    day: LocalText
    interview: Journey
    own: tuple[str, ...]
    filings: tuple[Filing, ...]
    applies: str = ""
    place: str = ""
