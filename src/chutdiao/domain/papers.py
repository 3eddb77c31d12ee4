"""Documents one keeps: their kinds, what they serve, and how old an agency takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chutdiao.domain.dates import add_months, show_date
from chutdiao.domain.problem import Level, Problem
from chutdiao.domain.text import LocalText

OTHER = "other"
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of document; ``serves`` are the requirements of forms it answers."""

    id: str
    label: LocalText
    icon: str = ""
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgeRule:
    """An agency takes a kind of document up to ``months`` old, from ``start`` until ``end``."""

    kind: str
    agency: str
    months: int
    start: date
    end: date | None
    law: str
    source: str
    checked_on: date
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class PaperBook:
    """Every kind of document known and how old each may be."""

    kinds: Mapping[str, PaperKind]
    ages: tuple[AgeRule, ...] = ()

    def kind_for(self, requirement: str) -> str:
        """The kind that answers a requirement of a form; none where no kind does."""
        return next((kind.id for kind in self.kinds.values() if requirement in kind.serves), "")

    def rules(self, kind: str, on: date, agency: str = "") -> tuple[AgeRule, ...]:
        """The rules in force for a kind, of one agency or of all."""
        return tuple(
            rule
            for rule in self.ages
            if rule.kind == kind
            and (not agency or rule.agency == agency)
            and rule.start <= on
            and (rule.end is None or on <= rule.end)
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """What the rules look at; a day that is not known is none."""

    kind: str
    issued_on: date | None = None
    expires_on: date | None = None


def age_limit(rule: AgeRule, issued: date) -> date:
    """The last day an agency takes a document issued on a day."""
    return add_months(issued, rule.months)


def standing(
    paper: Paper, book: PaperBook, on: date, names: Mapping[str, LocalText], agency: str = ""
) -> tuple[Problem, ...]:
    """What is to be said of a document: run out, running out, or older than an agency takes.

    Never a stop: the officer decides, and a rule may be unconfirmed.
    """
    notes: list[Problem] = []
    if paper.expires_on is not None:
        left = (paper.expires_on - on).days
        if left < 0:
            notes.append(_note("paper.expired", day=paper.expires_on))
        elif left <= SOON_DAYS:
            notes.append(_note("paper.expiring", day=paper.expires_on, left=left))
    for rule in book.rules(paper.kind, on, agency):
        values: dict[str, LocalText | int] = {
            "agency": names.get(rule.agency, LocalText.of(rule.agency)),
            "months": rule.months,
        }
        code = "-unverified" if rule.confidence != "high" else ""
        if paper.issued_on is None:
            notes.append(_note("paper.no-date", **values))
        elif on > age_limit(rule, paper.issued_on):
            notes.append(_note(f"paper.too-old{code}", day=paper.issued_on, source=rule.source, **values))
    return tuple(notes)


def _note(code: str, **values: date | int | str | LocalText) -> Problem:
    """A sentence with its days and names in both languages: ``{day}`` and ``{day_en}``."""
    filled: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, date):
            filled[name], filled[f"{name}_en"] = show_date(value, "th"), show_date(value, "en")
        elif isinstance(value, LocalText):
            filled[name], filled[f"{name}_en"] = value.th, value.en
        else:
            filled[name] = filled[f"{name}_en"] = str(value)
    return Problem(code, values=filled, level=Level.WARN)
