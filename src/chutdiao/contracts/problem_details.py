"""Errors on the wire (RFC 9457), carrying our problems as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from chutdiao.domain.problem import Json, Level, Problem
from chutdiao.domain.text import LocalText

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """One error answer; ``type`` is a stable name, ``detail`` what happened this time."""

    type: str
    title: str
    status: int
    detail: str = ""
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """The members of RFC 9457 and ``problems``."""
        return {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "problems": write_problems(self.problems),
        }


def write_problems(problems: Sequence[Problem]) -> list[Json]:
    """Problems as JSON, whole enough to be shown by the other side in its own language."""
    return [
        {
            "code": p.code,
            "place": p.place,
            "values": dict(p.values),
            "level": p.level.value,
            "say": {"th": p.say.th, "en": p.say.en} if p.say else None,
            "law": p.law,
        }
        for p in problems
    ]


def read_problem_details(value: Json) -> ProblemDetails | None:
    """Read an RFC 9457 body; ``None`` where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return None
    status = value.get("status")
    listed = value.get("problems")
    return ProblemDetails(
        type=str(value["type"]),
        title=str(value.get("title") or ""),
        status=status if isinstance(status, int) else 0,
        detail=str(value.get("detail") or ""),
        problems=tuple(
            _problem(item) for item in (listed if isinstance(listed, list) else []) if isinstance(item, dict)
        ),
    )


def _problem(item: dict[str, Json]) -> Problem:
    values, say = item.get("values"), item.get("say")
    return Problem(
        code=str(item.get("code") or "server.refused"),
        place=str(item.get("place") or ""),
        values={k: str(v) for k, v in values.items()} if isinstance(values, dict) else {},
        level=Level.WARN if item.get("level") == Level.WARN.value else Level.STOP,
        say=LocalText.of(cast(dict[str, str], say)) if isinstance(say, dict) else None,
        law=str(item.get("law") or ""),
    )
