"""One form as its author wrote it, laid out for the rules: fields, names and expressions with places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chutdiao.domain.check import ADDRESS_PARTS
from chutdiao.formlib.source import Mark, Table, mark_of

EXPRESSION_KEYS = ("show", "required", "value")
PARTS = frozenset(ADDRESS_PARTS) | {"title", "first", "last", "full"}


@dataclass(frozen=True, slots=True)
class Written:
    """One field; ``table`` is the table it is a column of."""

    raw: Table
    table: str = ""

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def type(self) -> str:
        return str(self.raw["type"])

    @property
    def mark(self) -> Mark:
        return mark_of(self.raw["id"], self.raw.mark)

    @property
    def path(self) -> str:
        return f"{self.table}.{self.id}" if self.table else self.id


@dataclass(frozen=True, slots=True)
class Spot:
    """One expression, where it stands and which table's row it sees; ``use`` is the key it is under."""

    source: str
    mark: Mark
    use: str
    owner: str = ""
    table: str = ""


@dataclass(frozen=True)
class Draft:
    """A form's source with what the rules ask of it."""

    raw: Table
    facts: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def fields(self) -> list[Written]:
        """Every field and column in order."""
        return list(self._fields())

    def _fields(self) -> Iterator[Written]:
        for section in self.raw["sections"]:
            for raw in section["fields"]:
                yield Written(raw)
                for column in raw.get("columns", ()):
                    yield Written(column, str(raw["id"]))

    @cached_property
    def top(self) -> dict[str, Written]:
        """Fields that are not columns, by id."""
        return {f.id: f for f in self.fields if not f.table}

    @cached_property
    def tables(self) -> dict[str, dict[str, Written]]:
        """Columns by id, for each table."""
        found: dict[str, dict[str, Written]] = {f.id: {} for f in self.fields if f.type == "table"}
        for column in self.fields:
            if column.table:
                found.setdefault(column.table, {})[column.id] = column
        return found

    @cached_property
    def computed(self) -> list[Table]:
        """Named values of the form."""
        return [row for place in self.places for row in place.get("computed", ())]

    @property
    def places(self) -> list[Table]:
        """Where checks and values of the whole form stand."""
        return [self.raw, *self.raw["sections"]]

    @cached_property
    def names(self) -> frozenset[str]:
        """What an expression outside a row may name."""
        return frozenset(self.top) | {str(row["id"]) for row in self.computed}

    def names_in(self, tables: tuple[str, ...]) -> frozenset[str]:
        """What an expression inside the rows of these tables may name."""
        columns = (set(self.tables.get(table, {})) for table in tables)
        return self.names.union(*columns)

    @cached_property
    def spots(self) -> list[Spot]:
        """Every expression of the form."""
        return list(self._spots())

    def _spots(self) -> Iterator[Spot]:
        for written in self.fields:
            yield from _of_field(written)
        for row in self.computed:
            yield _spot(row, "value", str(row["id"]))
        for place in self.places:
            yield from _of_checks(place, str(place["id"]), "")
        for section in self.raw["sections"]:
            yield from _maybe(section, "show", str(section["id"]))
        for signatory in self.raw.get("signatories", ()):
            for key in ("name", "show"):
                table = str(signatory.get("each", ""))
                yield from _maybe(signatory, key, str(signatory["role"]), table)
        for requirement in self.raw.get("requirements", ()):
            yield from _maybe(requirement, "needed", str(requirement["id"]))


def _of_field(written: Written) -> Iterator[Spot]:
    raw = written.raw
    for key in EXPRESSION_KEYS:
        # A table's own conditions see the form; a column's see its row.
        yield from _maybe(raw, key, written.path, written.table)
    yield from _of_checks(raw, written.path, written.table)
    for label in raw.get("labels", ()):
        yield _spot(label, "when", written.path, written.table)
    for choice in raw.get("choices", ()):
        if isinstance(choice, Table):
            yield from _maybe(choice, "show", written.path, written.table)


def _of_checks(raw: Table, owner: str, table: str) -> Iterator[Spot]:
    for check in raw.get("checks", ()):
        yield _spot(check, "that", owner, table)
        yield from _maybe(check, "mend", owner, table)


def _maybe(raw: Table, key: str, owner: str, table: str = "") -> Iterator[Spot]:
    if key in raw and not (key in {"required", "needed"} and raw[key] in {"yes", "no"}):
        yield _spot(raw, key, owner, table)


def _spot(raw: Table, key: str, owner: str, table: str = "") -> Spot:
    return Spot(str(raw[key]), mark_of(raw[key], raw.mark), key, owner, table)
