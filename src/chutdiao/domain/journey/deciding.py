"""Which row of a step's table decides, and what stays open."""

from dataclasses import dataclass

from chutdiao.domain.expression import UNANSWERED
from chutdiao.domain.journey.answers import AnswerValues, names_of
from chutdiao.domain.journey.model import NOT_NEEDED, Decision, Step


@dataclass(frozen=True, slots=True)
class Decided:
    """``row`` is none while open; ``candidates`` are the rows that may still decide."""

    row: Decision | None
    candidates: tuple[Decision, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def excluded(self) -> bool:
        return self.row is not None and self.row.result == NOT_NEEDED


def decide(step: Step, values: AnswerValues) -> Decided:
    """Take the first row that holds; rows still open decide only when they all say the same."""
    candidates: list[Decision] = []
    undecided: list[Decision] = []
    for row in step.decide:
        holds = values.holds(row.when)
        if holds is False:
            continue
        candidates.append(row)
        if holds is True:
            break
        undecided.append(row)
    if candidates and not undecided:
        return Decided(candidates[0])
    closed = len(candidates) > len(undecided)
    if closed and len({(row.result, row.service) for row in candidates}) == 1:
        return Decided(candidates[-1])
    names = frozenset[str]().union(*(names_of(row.when) for row in undecided or step.decide))
    return Decided(None, tuple(candidates), values.open_questions(names))


def deadline_open(step: Step, values: AnswerValues) -> tuple[str, ...]:
    """The questions a step's own deadline still waits for."""
    if step.due is None or (step.due.when and values.holds(step.due.when) is not True):
        return ()
    if values.get(step.due.since, UNANSWERED) is not UNANSWERED:
        return ()
    return values.open_questions([step.due.since])
