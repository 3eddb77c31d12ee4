"""Duties that come round: when each is due, on paper and online, and which a business has."""

from chutdiao.domain.duty.listing import Depends, Duty, Listing, list_duties
from chutdiao.domain.duty.model import DutyBook, DutyRule, Each, Event, Extension, Window
from chutdiao.domain.duty.periods import Period, period_text
from chutdiao.domain.duty.reckoning import DueDay, due_day, notes_on

__all__ = [
    "Depends",
    "DueDay",
    "Duty",
    "DutyBook",
    "DutyRule",
    "Each",
    "Event",
    "Extension",
    "Listing",
    "Period",
    "Window",
    "due_day",
    "list_duties",
    "notes_on",
    "period_text",
]
