"""A form compiled once: its expressions, what depends on what, and the order to work it out in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as with_default
from enum import Enum
from typing import Final

from chutdiao.domain.expression import Expression, ExpressionError, Scope, Value, compile_expression
from chutdiao.domain.form import Check, Field, FieldType, FormSpec
from chutdiao.domain.ids import KINDS


class Kind(Enum):
    """What a node of the check works out."""

    SECTION = "section"
    FIELD = "field"
    TABLE = "table"
    COLUMN = "column"
    COMPUTED = "computed"
    CHECK = "check"


RowIds = frozenset[str]
ALL: Final[RowIds] = frozenset({"*"})
NONE: Final[RowIds] = frozenset()
# nodes to work out again, and in which of their rows
Dirty = dict[str, RowIds]
# what a node reads: node key -> whether only in its own row
Reads = dict[str, bool]
Condition = Expression | bool


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One check, compiled; ``code`` is its problem's code."""

    code: str
    spec: Check
    that: Expression
    mend: Expression | None


@dataclass(slots=True, eq=False)
class Node:
    """One thing with a value. ``reads`` decide its value, ``judged_by`` what is said about it."""

    key: str
    kind: Kind
    spec: Field | None = None
    table: str = ""
    order: tuple[int, int] = (0, 0)
    show: Condition = True
    value: Expression | None = None
    required: Condition = False
    rules: tuple[Rule, ...] = ()
    labels: tuple[tuple[Expression, int], ...] = ()
    offers: tuple[Condition, ...] = ()
    reads: Reads = with_default(default_factory=dict)
    judged_by: Reads = with_default(default_factory=dict)
    in_cycle: bool = False


@dataclass(slots=True, eq=False)
class Program:
    """Nodes in working order, the form's own checks, and its names."""

    form: FormSpec
    nodes: tuple[Node, ...]
    by_key: dict[str, Node]
    columns: dict[str, dict[str, Node]]
    sections: dict[str, str]
    rules: tuple[Node, ...]
    cycles: tuple[tuple[str, ...], ...]


def broken(error: ExpressionError) -> Expression:
    """An expression that answers with its own fault each time."""

    def run(_: Scope) -> Value:
        raise error

    nothing: frozenset[str] = frozenset()
    return Expression("", nothing, nothing, nothing, frozenset(), nothing, nothing, run)


def compiled(source: str) -> Expression:
    """Compile, keeping the fault of a source that cannot be read for where it is used."""
    try:
        return compile_expression(source)
    except ExpressionError as error:
        return broken(error)


def condition(source: str, empty: bool) -> Condition:
    """Compile a condition; plain yes, no and nothing need no expression."""
    if source in ("", "yes", "no"):
        return empty if not source else source == "yes"
    return compiled(source)


_KEPT: dict[int, Program] = {}
_MOST_KEPT = 64


def program_of(form: FormSpec) -> Program:
    """Return the compiled form, kept while it is in use."""
    kept = _KEPT.get(id(form))
    if kept is not None and kept.form is form:
        return kept
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    program = _Builder(form).build()
    _KEPT[id(form)] = program
    return program


class _Builder:
    def __init__(self, form: FormSpec) -> None:
        self._form = form
        self._nodes: dict[str, Node] = {}
        self._columns: dict[str, dict[str, Node]] = {}
        self._sections: dict[str, str] = {}

    def build(self) -> Program:
        self._make_nodes()
        for node in self._nodes.values():
            self._connect(node)
        rules = tuple(self._form_rules())
        ordered, cycles = _order(self._nodes)
        return Program(self._form, tuple(ordered), self._nodes, self._columns, self._sections, rules, cycles)

    def _make_nodes(self) -> None:
        place = 0
        for section in self._form.sections:
            key = f"section:{section.id}"
            self._nodes[key] = Node(key, Kind.SECTION, show=condition(section.show, True))
            for spec in section.fields:
                place += 1
                self._sections[spec.id] = section.id
                kind = Kind.TABLE if spec.type is FieldType.TABLE else Kind.FIELD
                self._nodes[spec.id] = _node(spec.id, kind, spec, "", (place, 0))
                if kind is Kind.TABLE:
                    self._columns[spec.id] = {
                        column.id: _node(
                            f"{spec.id}.{column.id}", Kind.COLUMN, column, spec.id, (place, index)
                        )
                        for index, column in enumerate(spec.columns, 1)
                    }
        for named in self._form.computed:
            self._nodes[named.id] = Node(named.id, Kind.COMPUTED, value=compiled(named.value))
        for columns in self._columns.values():
            self._nodes |= {node.key: node for node in columns.values()}

    def _connect(self, node: Node) -> None:
        self._read(node.reads, node.table, node.show, node.value)
        if node.table:
            node.reads[node.table] = node.reads.get(node.table, True)
        elif node.key in self._sections:
            node.reads[f"section:{self._sections[node.key]}"] = False
        for rule in node.rules:
            self._read(node.judged_by, node.table, rule.that, rule.mend)
        self._read(node.judged_by, node.table, node.required, *(test for test, _ in node.labels))
        self._read(node.judged_by, node.table, *node.offers)
        if node.spec is not None and node.spec.of and node.spec.of not in KINDS:
            self._read(node.judged_by, node.table, compiled(node.spec.of))

    def _form_rules(self) -> Iterator[Node]:
        for number, check in enumerate(self._form.checks, 1):
            rule = _rule(f"check.{self._form.id}.{number}", check)
            node = Node(f"check:{number}", Kind.CHECK, rules=(rule,))
            self._read(node.judged_by, "", rule.that, rule.mend)
            yield node

    def _read(self, reads: Reads, table: str, *sources: Condition | None) -> None:
        for source in sources:
            if isinstance(source, Expression):
                for key, own_row in self._keys(source, table):
                    reads[key] = reads.get(key, True) and own_row

    def _keys(self, source: Expression, table: str) -> Iterator[tuple[str, bool]]:
        around = (table,) if table else ()
        for name in source.outer:
            yield from self._key(name, around, table)
        for name in source.above:
            yield from self._key(name, around, "")
        for tables, name in source.inner:
            if name:
                yield from self._key(name, (*around, *tables), table)
            elif tables[-1] in self._nodes:
                yield tables[-1], False

    def _key(self, name: str, tables: tuple[str, ...], own: str) -> Iterator[tuple[str, bool]]:
        """Find a name from the innermost row outwards, as the scopes do."""
        for index, table in reversed(list(enumerate(tables))):
            if name in self._columns.get(table, {}):
                yield f"{table}.{name}", bool(own) and index == 0 and len(tables) >= 1 and table == own
                return
        if name in self._nodes:
            yield name, False


def _column_nodes(table: Field, place: int) -> dict[str, Node]:
    return {
        column.id: _node(f"{table.id}.{column.id}", Kind.COLUMN, column, table.id, (place, number))
        for number, column in enumerate(table.columns, 1)
    }


def _node(key: str, kind: Kind, spec: Field, table: str, order: tuple[int, int]) -> Node:
    return Node(
        key,
        kind,
        spec,
        table,
        order,
        show=condition(spec.show, True),
        value=compiled(spec.value) if spec.value else None,
        required=condition(spec.required, False),
        rules=tuple(_rule(f"check.{spec.id}.{n}", check) for n, check in enumerate(spec.checks, 1)),
        labels=tuple((compiled(when), index) for index, (when, _) in enumerate(spec.labels)),
        offers=tuple(condition(choice.show, True) for choice in spec.choices)
        if any(choice.show for choice in spec.choices)
        else (),
    )


def _rule(code: str, check: Check) -> Rule:
    return Rule(code, check, compiled(check.that), compiled(check.mend) if check.mend else None)


def _order(nodes: dict[str, Node]) -> tuple[list[Node], tuple[tuple[str, ...], ...]]:
    """Depth first, without recursion; a node met on its own path closes a cycle."""
    ordered: list[Node] = []
    done: set[str] = set()
    cycles: list[tuple[str, ...]] = []
    for start in nodes:
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = []
        _enter(start, nodes, done, path, stack)
        while stack:
            key, reads = stack[-1]
            following = next(reads, None)
            if following is None:
                stack.pop()
                path.pop()
                done.add(key)
                ordered.append(nodes[key])
            elif following in path:
                cycle = path[path.index(following) :]
                cycles.append(tuple(cycle))
                _mark(cycle, nodes)
            else:
                _enter(following, nodes, done, path, stack)
    return ordered, tuple(cycles)


def _enter(
    key: str, nodes: dict[str, Node], done: set[str], path: list[str], stack: list[tuple[str, Iterator[str]]]
) -> None:
    if key not in done:
        path.append(key)
        stack.append((key, iter(tuple(nodes[key].reads))))


def _mark(cycle: Iterable[str], nodes: dict[str, Node]) -> None:
    for key in cycle:
        nodes[key].in_cycle = True
