"""Journeys: what the interview asks, which steps follow, and the plan they make."""

from chutdiao.domain.journey.lint import lint_journey
from chutdiao.domain.journey.model import (
    After,
    Agency,
    Deadline,
    Decision,
    Journey,
    Question,
    Service,
    SpokenEffect,
    Step,
)
from chutdiao.domain.journey.outcome import Excluded, OpenQuestion, Plan, PlanStep, StepDone
from chutdiao.domain.journey.planning import plan

__all__ = [
    "After",
    "Agency",
    "Deadline",
    "Decision",
    "Excluded",
    "Journey",
    "OpenQuestion",
    "Plan",
    "PlanStep",
    "Question",
    "Service",
    "SpokenEffect",
    "Step",
    "StepDone",
    "lint_journey",
    "plan",
]
