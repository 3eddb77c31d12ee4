"""From ``forms/documents.yaml`` to the kinds of documents and their ages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chutdiao.domain.papers import AgeRule, PaperBook, PaperKind
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib.load import say, whole
from chutdiao.formlib.source import place_of


def load_documents(raw: Mapping[str, Any]) -> PaperBook:
    """Every kind and age; raises ChutdiaoError where a day is none."""
    kinds = [
        PaperKind(
            str(row["id"]),
            say(row.get("label")),
            str(row.get("icon", "")),
            tuple(str(name) for name in row.get("serves", ())),
        )
        for row in raw.get("kinds", ())
    ]
    return PaperBook({kind.id: kind for kind in kinds}, tuple(_age(row) for row in raw.get("ages", ())))


def _age(row: Mapping[str, Any]) -> AgeRule:
    return AgeRule(
        kind=str(row["kind"]),
        agency=str(row["agency"]),
        months=whole(row.get("months")),
        start=_day(row, "from"),
        end=_day(row, "to") if "to" in row else None,
        law=str(row.get("law", "")),
        source=str(row["source"]),
        checked_on=_day(row, "checked_on"),
        confidence=str(row.get("confidence", "high")),
    )


def _day(row: Mapping[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(str(row.get(key)))
    except ValueError:
        raise ChutdiaoError(Problem("duty.not-a-day", place_of(row), {"value": str(row.get(key))})) from None
