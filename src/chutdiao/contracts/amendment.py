"""What a correction may change: answers compared place by place."""

from collections.abc import Iterable, Mapping

from chutdiao.domain.problem import Json


def changed_places(before: Mapping[str, Json], after: Mapping[str, Json]) -> frozenset[str]:
    """The places (``field``, ``field.part``, ``table[row].column``) whose answers differ."""
    old, new = _places(before), _places(after)
    return frozenset(place for place in old.keys() | new.keys() if old.get(place) != new.get(place))


def outside(changed: Iterable[str], named: Iterable[str]) -> tuple[str, ...]:
    """The changed places that none of the named places opens, in order."""
    opened = tuple(named)
    return tuple(sorted(place for place in changed if not any(is_within(place, name) for name in opened)))


def is_within(place: str, name: str) -> bool:
    """Whether a place is the named one, or part of it."""
    return place == name or place.startswith((f"{name}.", f"{name}["))


def _places(answers: Mapping[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for field, value in answers.items():
        if isinstance(value, dict):
            found |= {f"{field}.{part}": inner for part, inner in value.items()}
        elif isinstance(value, list) and any(isinstance(row, dict) and "_row" in row for row in value):
            found |= _row_places(field, value)
        else:
            found[field] = value
    return found


def _row_places(table: str, rows: list[Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for row in rows:
        if isinstance(row, dict):
            name = f"{table}[{row.get('_row')}]"
            found |= {f"{name}.{column}": value for column, value in row.items()}
    return found
