"""The lines of a print map written out: row templates as one line a row, and who fills which row."""

import re
from collections.abc import Iterator, Mapping

from chutdiao.domain.problem import Json

Entry = Mapping[str, Json]
# What a map may name beside the form's own names: the sheet's number, how many there are, and a row's
# number among the rows of its kind, which runs on from sheet to sheet.
SHEET_NAMES = frozenset({"sheet", "sheets", "nth"})
_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_PLACE = re.compile(r"\{(\d*)n(?:\s*([+-])\s*(\d+))?\}")


def rows_of(entry: Entry) -> range | None:
    """The rows a template stands for, from ``rows: 2-8``; nothing where the line is no template.

    Raises ValueError where it is no range.
    """
    if "rows" not in entry:
        return None
    found = _RANGE.fullmatch(str(entry["rows"]).strip())
    if found is None:
        raise ValueError(str(entry["rows"]))
    first = int(found[1])
    return range(first, int(found[2] or first) + 1)


def spread(entry: Entry) -> Iterator[dict[str, Json]]:
    """Each line a template stands for; ``{n}``, ``{n+1}``, ``{2n-1}`` in ``to`` become the row's number."""
    rows = rows_of(entry)
    if rows is None:
        yield dict(entry)
        return
    for number in rows:
        line = {key: value for key, value in entry.items() if key != "rows"}
        line["row"] = str(number)
        if "to" in entry:
            line["to"] = _named(entry["to"], number)
        if "at" in entry:
            line["at"] = _moved(entry["at"], number - rows.start)
        yield line


def targets(entry: Entry) -> list[str]:
    """The boxes a line writes to; none where it draws at a rectangle."""
    if "to" not in entry:
        return []
    to = entry["to"]
    return [str(name) for name in to] if isinstance(to, list) else [str(to)]


def _named(to: Json, row: int) -> Json:
    if isinstance(to, list):
        return [_named(name, row) for name in to]
    return _PLACE.sub(lambda found: str(_worked(found, row)), str(to))


def _worked(found: re.Match[str], row: int) -> int:
    number = int(found[1] or 1) * row
    step = int(found[3] or 0)
    return number - step if found[2] == "-" else number + step


def _moved(at: Json, steps: int) -> Json:
    """The rectangle of a later row: each row moved on by ``step`` from the one before."""
    from decimal import Decimal

    if not isinstance(at, dict) or "step" not in at or not steps:
        return at
    step, rect = at["step"], at["rect"]
    if not isinstance(step, list) or not isinstance(rect, list):
        return at
    across, up = (Decimal(str(part)) * steps for part in step)
    sides = [Decimal(str(side)) for side in rect]
    moved: list[Json] = [str(side + (up if place % 2 else across)) for place, side in enumerate(sides)]
    return {**at, "rect": moved}
