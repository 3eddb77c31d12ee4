"""How a frozen row becomes columns and comes back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Generic, TypeVar

from chutdiao.domain.problem import Json

T = TypeVar("T")
Pack = tuple[Callable[[Any], object], Callable[[Any], Any]]


def dump(value: object) -> str:
    """Any JSON value as compact text in its own order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def of_business(business: str) -> tuple[str, tuple[str, ...]]:
    """The condition that keeps one business's rows and its value; none for every business."""
    return (" WHERE business = ?", (business,)) if business else ("", ())


def _object(text: str) -> dict[str, Json]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _strings(text: str) -> list[str]:
    value = json.loads(text)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError("not a list of texts")
    return value


def _texts(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


JSON: Pack = (dump, json.loads)
OBJECT: Pack = (dump, _object)
TUPLE: Pack = (lambda v: dump(list(v)), lambda t: tuple(_strings(t)))
SET: Pack = (lambda v: dump(sorted(v)), lambda t: frozenset(_strings(t)))
FLAG: Pack = (int, bool)
NUMBER: Pack = (int, int)


def choice(kind: Callable[[str], Any]) -> Pack:
    """A column holding one word of an enumeration."""
    return (str, kind)


@dataclass(frozen=True)
class Shape(Generic[T]):
    """One table of rows of ``kind``; ``left`` are the fields kept in other tables."""

    table: str
    kind: type[T]
    packs: Mapping[str, Pack] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    key: str = "id"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the dataclass."""
        return tuple(f.name for f in fields(self.kind) if f.name not in self.left)  # type: ignore[arg-type]

    def values(self, thing: T) -> list[object]:
        """One value a column."""
        return [
            self.packs[name][0](getattr(thing, name)) if name in self.packs else getattr(thing, name)
            for name in self.columns
        ]

    def build(self, row: Mapping[str, Any], **others: object) -> T:
        """The row as data; raises ValueError or TypeError where it does not load."""
        read = {
            name: self.packs[name][1](row[name]) if name in self.packs else _texts(row[name])
            for name in self.columns
        }
        return self.kind(**read, **others)

    @cached_property
    def insert(self) -> str:
        """Insert one row."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        marks = ", ".join("?" for _ in self.columns)
        return f'INSERT INTO "{self.table}" ({names}) VALUES ({marks})'

    @cached_property
    def upsert(self) -> str:
        """Insert one row or write over the one with its key."""
        rest = ", ".join(f'"{name}" = excluded."{name}"' for name in self.columns if name != self.key)
        return f'{self.insert} ON CONFLICT ("{self.key}") DO UPDATE SET {rest}'
