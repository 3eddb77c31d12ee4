"""The working behind a computed figure: every step, the parameter it used and its source."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chutdiao.domain.parameters import Found, Parameters, Rows
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.domain.text import LocalText


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working; ``parameter`` and ``source`` are empty where none was used."""

    say: LocalText
    value: Decimal | date
    parameter: str = ""
    source: str = ""


@dataclass(slots=True)
class Working:
    """Reads parameters for one computation and notes each step and each doubt, in order."""

    parameters: Parameters
    steps: list[Step] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def note(self, th: str, en: str, value: Decimal, parameter: str = "", on: date | None = None) -> Decimal:
        """Add a step and return its value; with ``parameter`` and ``on`` the step names its source."""
        source = self._source(parameter, on) if parameter and on else ""
        self.steps.append(Step(LocalText(th, en), value, parameter, source))
        return value

    def note_day(self, th: str, en: str, day: date, parameter: str = "", source: str = "") -> date:
        """Add a step whose value is a day and return the day."""
        self.steps.append(Step(LocalText(th, en), day, parameter, source))
        return day

    def at(self, name: str, on: date, *, strict: bool = False) -> Decimal:
        """A dated value; warns where it is beyond what is known or not confirmed.

        ``strict``: raises ChutdiaoError beyond what is known, for values no other may stand in for.
        """
        found = self.parameters.at(name, on)
        self._doubt(name, on, found.beyond, found.confidence, found.source, strict)
        return found.value

    def table(self, name: str, on: date, *, strict: bool = False) -> Rows:
        """A dated table, with the same doubts and the same ``strict`` as ``at``."""
        found = self.parameters.table(name, on)
        self._doubt(name, on, found.beyond, found.confidence, found.source, strict)
        return found.value

    def warn(self, code: str, **values: str) -> None:
        """Add a warning once."""
        problem = Problem(code, values=values, level=Level.WARN)
        if problem not in self.warnings:
            self.warnings.append(problem)

    def _doubt(self, name: str, on: date, beyond: bool, confidence: str, source: str, strict: bool) -> None:
        values = {"name": name, "day": on.isoformat(), "source": source}
        if beyond and strict:
            raise ChutdiaoError(Problem("tax.unknown-day", name, values))
        if beyond:
            self.warn("tax.beyond", **values)
        elif confidence != "high":
            self.warn("tax.unverified", **values)

    def _source(self, name: str, on: date) -> str:
        known = self.parameters
        found: Found[Decimal] | Found[Rows] = known.at(name, on) if name in known else known.table(name, on)
        return found.source
