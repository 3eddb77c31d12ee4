"""Read one expression, refuse what the language does not have, and turn the rest into closures."""

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException
from functools import lru_cache

from chutdiao.domain.expression import operators
from chutdiao.domain.expression.dated import DATED
from chutdiao.domain.expression.functions import (
    FUNCTIONS,
    OVER_ROWS,
    PLAIN,
    SPECIAL,
    VARIADIC,
    WORDS,
)
from chutdiao.domain.expression.rows import FOLDS, joined_by
from chutdiao.domain.expression.scope import Scope
from chutdiao.domain.expression.values import UNANSWERED, ExpressionError, Value, day, fault

Run = Callable[[Scope], Value]

LONGEST, DEEPEST = 2000, 40
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_NUMBER = re.compile(r"\d[\d_]*(\.\d+)?|\.\d+")
_LONGEST_NUMBER = 30
_MOST = 40  # parts of one text
_WORDS = {"yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled expression and what it depends on.

    ``names`` is every name read. ``outer`` are those read where the expression stands, ``above`` those
    read through ``before`` in the rows above, ``inner`` those read in rows: (tables from outside in, name).
    """

    source: str
    names: frozenset[str]
    outer: frozenset[str]
    above: frozenset[str]
    inner: frozenset[tuple[tuple[str, ...], str]]
    calls: frozenset[str]
    parameters: frozenset[str]
    run: Run

    @property
    def tables(self) -> frozenset[str]:
        """Every table whose rows are read."""
        return frozenset(table for tables, _ in self.inner for table in tables)

    def evaluate(self, scope: Scope) -> Value:
        """Work the value out; raises ExpressionError where these answers make that impossible."""
        try:
            return self.run(scope)
        except DecimalException as error:
            raise fault("too-large") from error
        except RecursionError as error:
            raise fault("too-deep") from error


@lru_cache(maxsize=8192)
def compile_expression(source: str) -> Expression:
    """Compile an expression; raises ExpressionError with the column of what is not allowed."""
    text = " ".join(source.splitlines()).strip()
    if not text:
        raise fault("empty")
    if len(text) > LONGEST:
        raise fault("too-long", limit=str(LONGEST))
    tree = _parse(text)
    compiler = _Compiler(text)
    run = compiler.compile(tree.body, 1)
    reads = compiler.reads
    return Expression(
        source=source,
        names=frozenset(reads.outer | reads.above | {name for _, name in reads.inner if name}),
        outer=frozenset(reads.outer),
        above=frozenset(reads.above),
        inner=frozenset(reads.inner),
        calls=frozenset(reads.calls),
        parameters=frozenset(reads.parameters),
        run=run,
    )


def _parse(text: str) -> ast.Expression:
    if "\\" in text:
        raise fault("not-allowed", text.index("\\") + 1, found="\\")
    try:
        text.encode()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(text, mode="eval")
        if "#" in text:
            _refuse_comment(text)
    except SyntaxError as error:
        raise fault("unreadable", max(error.offset or 1, 1)) from None
    except (ValueError, RecursionError, MemoryError, tokenize.TokenError, Warning):
        raise fault("unreadable", 1) from None
    return tree


def _refuse_comment(text: str) -> None:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            raise fault("not-allowed", token.start[1] + 1, found="#")


@dataclass(slots=True)
class _Reads:
    """What was read so far; ``tables`` and ``in_before`` tell where the current node stands."""

    tables: tuple[str, ...] = ()
    in_before: bool = False
    outer: set[str] = field(default_factory=set)
    above: set[str] = field(default_factory=set)
    inner: set[tuple[tuple[str, ...], str]] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)

    def note(self, name: str) -> None:
        if self.tables:
            self.inner.add((self.tables, name))
        elif self.in_before:
            self.above.add(name)
        else:
            self.outer.add(name)


class _Compiler:
    """Compiles one tree and notes what it reads."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode()
        self.reads = _Reads()

    def compile(self, node: ast.expr, depth: int) -> Run:
        if depth > DEEPEST:
            raise fault("too-deep", self._column(node), limit=str(DEEPEST))
        handler = _HANDLERS.get(type(node))
        if handler is None:
            raise self._refuse(node)
        return handler(self, node, depth + 1)

    def _column(self, node: ast.expr) -> int:
        return len(self._bytes[: node.col_offset].decode(errors="replace")) + 1

    def _segment(self, node: ast.expr) -> str:
        return self._bytes[node.col_offset : node.end_col_offset].decode(errors="replace")

    def _refuse(self, node: ast.expr, code: str = "not-allowed", **values: str) -> ExpressionError:
        return fault(code, self._column(node), **(values or {"found": self._segment(node)[:60]}))

    def _constant(self, node: ast.Constant, _: int) -> Run:
        value: Value
        if isinstance(node.value, bool | str):
            value = node.value
            if isinstance(value, str) and self._segment(node)[:1] not in "'\"":
                raise self._refuse(node)
        elif isinstance(node.value, int | float):
            value = self._number(node)
        else:
            raise self._refuse(node)
        return lambda _scope: value

    def _number(self, node: ast.Constant) -> Decimal:
        text = self._segment(node)
        if not _NUMBER.fullmatch(text) or len(text) > _LONGEST_NUMBER:
            raise self._refuse(node)
        return Decimal(text.replace("_", ""))

    def _name(self, node: ast.Name, _: int) -> Run:
        name = node.id
        if name in _WORDS:
            word = _WORDS[name]
            return lambda _scope: word
        self._check_name(node)
        self.reads.note(name)
        return lambda scope: scope.value(name)

    def _check_name(self, node: ast.Name) -> None:
        if not _NAME.fullmatch(node.id) or self._segment(node) != node.id:
            raise self._refuse(node, "name")

    def _bool(self, node: ast.BoolOp, depth: int) -> Run:
        parts = tuple(self.compile(part, depth) for part in node.values)
        return operators.every(parts) if isinstance(node.op, ast.And) else operators.some(parts)

    def _unary(self, node: ast.UnaryOp, depth: int) -> Run:
        make = operators.UNARY.get(type(node.op))
        if make is None:
            raise self._refuse(node)
        return make(self.compile(node.operand, depth))

    def _binary(self, node: ast.BinOp, depth: int) -> Run:
        """A left-leaning chain becomes one flat fold, so that long sums are not deep."""
        chain: list[tuple[type[ast.operator], ast.expr]] = []
        head: ast.expr = node
        while isinstance(head, ast.BinOp):
            if type(head.op) not in operators.ARITHMETIC_OF:
                raise self._refuse(head)
            chain.append((type(head.op), head.right))
            head = head.left
        first = self.compile(head, depth)
        steps = tuple(
            (operators.ARITHMETIC_OF[op], self.compile(part, depth)) for op, part in reversed(chain)
        )
        return operators.arithmetic(first, steps)

    def _compare(self, node: ast.Compare, depth: int) -> Run:
        parts = [self.compile(part, depth) for part in (node.left, *node.comparators)]
        steps = []
        for index, op in enumerate(node.ops):
            test = operators.COMPARISONS.get(type(op))
            if test is None:
                raise self._refuse(node)
            steps.append(operators.comparison(parts[index], test, parts[index + 1]))
        return steps[0] if len(steps) == 1 else operators.every(tuple(steps))

    def _if(self, node: ast.IfExp, depth: int) -> Run:
        return operators.choose(*(self.compile(part, depth) for part in (node.test, node.body, node.orelse)))

    def _list(self, node: ast.List, depth: int) -> Run:
        parts = tuple(self.compile(part, depth) for part in node.elts)
        return lambda scope: tuple(part(scope) for part in parts)

    def _call(self, node: ast.Call, depth: int) -> Run:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS:
            raise self._refuse(node.func, "unknown-function")
        if any(isinstance(argument, ast.Starred) for argument in node.args):
            raise self._refuse(node)
        if node.keywords and name not in DATED:
            raise self._refuse(node, "arguments", name=name)
        self.reads.calls.add(name)
        if name in PLAIN:
            return self._plain(node, name, depth)
        if name in DATED:
            return self._dated(node, name, depth)
        if name in OVER_ROWS:
            return self._over_rows(node, name, depth)
        return _SPECIAL[name](self, node, depth)

    def _expect(self, node: ast.Call, name: str, least: int, most: int) -> None:
        if not least <= len(node.args) <= most:
            raise self._refuse(node, "arguments", name=name)

    def _literal(self, node: ast.expr, name: str) -> str:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            raise self._refuse(node, "literal", name=name)
        return node.value

    def _plain(self, node: ast.Call, name: str, depth: int) -> Run:
        arity, function = PLAIN[name]
        self._expect(node, name, *((1, _MOST) if name in VARIADIC else (arity, arity)))
        if name in WORDS and self._literal(node.args[-1], name) not in WORDS[name]:
            raise self._refuse(node.args[-1], "unknown-word", name=name, word=self._segment(node.args[-1]))
        return operators.plain_call(function, tuple(self.compile(part, depth) for part in node.args))

    def _over_rows(self, node: ast.Call, name: str, depth: int) -> Run:
        self._expect(node, name, *OVER_ROWS[name])
        table = node.args[0]
        if not isinstance(table, ast.Name):
            raise self._refuse(table, "not-table", name=self._segment(table)[:60])
        self._check_name(table)
        reads = self.reads
        outside, inner_before = reads.tables, reads.inner
        reads.tables = (*outside, table.id)
        reads.inner = {(reads.tables, "")}
        read: Run = self.compile(node.args[1], depth) if len(node.args) > 1 else lambda _scope: True
        names = frozenset(inner for _, inner in reads.inner if inner)
        reads.tables, reads.inner = outside, reads.inner | inner_before
        fold = joined_by(self._literal(node.args[2], name)) if name == "joined" else FOLDS[name]
        return operators.over_rows(fold, table.id, read, names)

    def _known(self, node: ast.Call, depth: int) -> Run:
        self._expect(node, "known", 1, 1)
        value = self.compile(node.args[0], depth)
        return lambda scope: value(scope) is not UNANSWERED

    def _default(self, node: ast.Call, depth: int) -> Run:
        self._expect(node, "default", 2, 2)
        value, instead = (self.compile(part, depth) for part in node.args)

        def run(scope: Scope) -> Value:
            found = value(scope)
            return instead(scope) if found is UNANSWERED else found

        return run

    def _dated(self, node: ast.Call, name: str, depth: int) -> Run:
        arity, function = DATED[name]
        self._expect(node, name, arity, arity)
        parameter = self._literal(node.args[0], name)
        if [keyword.arg for keyword in node.keywords] not in ([], ["on"]):
            raise self._refuse(node, "arguments", name=name)
        self.reads.parameters.add(parameter)
        parts = tuple(self.compile(part, depth) for part in node.args[1:])
        on: Run = self.compile(node.keywords[0].value, depth) if node.keywords else lambda scope: scope.today

        def run(scope: Scope) -> Value:
            when, *found = on(scope), *(part(scope) for part in parts)
            if when is UNANSWERED or any(value is UNANSWERED for value in found):
                return UNANSWERED
            return function(scope, parameter, day(when), *found)

        return run

    def _before(self, node: ast.Call, depth: int) -> Run:
        self._expect(node, "before", 1, 1)
        was, self.reads.in_before = self.reads.in_before, True
        read = self.compile(node.args[0], depth)
        self.reads.in_before = was
        key = object()
        return lambda scope: scope.sum_above(key, read)

    def _row(self, node: ast.Call, _: int) -> Run:
        self._expect(node, "row", 0, 0)
        return lambda scope: Decimal(scope.row_number())


_HANDLERS: dict[type[ast.expr], Callable[..., Run]] = {
    ast.Constant: _Compiler._constant,
    ast.Name: _Compiler._name,
    ast.BoolOp: _Compiler._bool,
    ast.UnaryOp: _Compiler._unary,
    ast.BinOp: _Compiler._binary,
    ast.Compare: _Compiler._compare,
    ast.IfExp: _Compiler._if,
    ast.List: _Compiler._list,
    ast.Call: _Compiler._call,
}
_SPECIAL: dict[str, Callable[..., Run]] = {
    "known": _Compiler._known,
    "default": _Compiler._default,
    "before": _Compiler._before,
    "row": _Compiler._row,
}
assert _SPECIAL.keys() == SPECIAL
