"""What changes in the life of a business, and what must be filed then, where and by when."""

from chutdiao.domain.life.model import Filing, LifeEvent, Timing
from chutdiao.domain.life.planning import LifePlan, OpenFiling, PlannedFiling, plan_event

__all__ = [
    "Filing",
    "LifeEvent",
    "LifePlan",
    "OpenFiling",
    "PlannedFiling",
    "Timing",
    "plan_event",
]
