"""What a user can mend, as data: a code, a place and the values its sentence needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from chutdiao.domain.text import Language, LocalText

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
_NONE: Mapping[str, str] = MappingProxyType({})


class Level(StrEnum):
    """``stop`` keeps a form from being sent; ``warn`` is shown and lets it go."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    ``place`` is an answer path (``shareholders[r1].held``) or ``file:line:column``.
    ``say`` is the author's own sentence where a form's check has one; otherwise the
    sentence comes from ``resources/i18n/problems.{th,en}.yaml`` under ``code``.
    ``mend`` is the answer a mend button would write at ``place``.
    """

    code: str
    place: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: _NONE)
    level: Level = Level.STOP
    say: LocalText | None = None
    law: str = ""
    mend: Json = None


class ChutdiaoError(Exception):
    """The root of what the program raises on purpose; carries problems to show."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.code} {p.place} {dict(p.values)}".strip() for p in problems))
        self.problems = problems


class ProblemTexts:
    """Sentences for problem codes; unknown codes answer with the code itself."""

    def __init__(self, texts: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
        """Take ``{language: {code: {message, cure}}}``."""
        self._texts = texts

    def message(self, problem: Problem, language: Language = "th") -> str:
        if problem.say is not None:
            return problem.say.to(language)
        return self._fill(problem, language, "message")

    def cure(self, problem: Problem, language: Language = "th") -> str:
        return self._fill(problem, language, "cure")

    def codes(self, language: Language = "th") -> frozenset[str]:
        return frozenset(self._texts.get(language, {}))

    def as_json(self, problems: Iterable[Problem], language: Language = "th") -> list[Json]:
        return [
            {
                "code": p.code,
                "place": p.place,
                "message": self.message(p, language),
                "cure": self.cure(p, language),
                "level": p.level.value,
            }
            for p in problems
        ]

    def _fill(self, problem: Problem, language: Language, part: str) -> str:
        entry = self._texts.get(language, {}).get(problem.code, {})
        sentence = entry.get(part, problem.code if part == "message" else "")
        for name, value in problem.values.items():
            sentence = sentence.replace("{" + name + "}", value)
        return sentence
