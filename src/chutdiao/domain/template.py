"""Sentences with places for answers: ``ทุน {capital|money} บาท``."""

import re
from dataclasses import dataclass

FORMATS = frozenset({"number", "money", "words", "baht", "date", "short-date", "identity", "or-nothing"})
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for an answer: an expression, and how its value is written (empty: as its field has it)."""

    source: str
    format: str = ""


Part = str | Slot


def parts_of(template: str) -> tuple[Part, ...]:
    """Take a sentence apart into its words and its places, in order."""
    found: list[Part] = []
    end = 0
    for place in _PLACE.finditer(template):
        if place.start() > end:
            found.append(template[end : place.start()])
        source, _, form = place[1].partition("|")
        found.append(Slot(source.strip(), form.strip()))
        end = place.end()
    if end < len(template):
        found.append(template[end:])
    return tuple(found)
