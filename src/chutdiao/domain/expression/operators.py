"""Closures for the operators: Kleene in ``and or not``, an unanswered part contagious elsewhere."""

import ast
from collections.abc import Callable, Sequence
from decimal import Decimal

from chutdiao.domain.expression.scope import Scope
from chutdiao.domain.expression.values import (
    ARITHMETIC,
    UNANSWERED,
    Truth,
    Value,
    contains,
    fault,
    less,
    number,
    same,
    truth,
)

Run = Callable[[Scope], Value]
Test = Callable[[Value, Value], Truth]
Step = Callable[[Decimal, Decimal], Decimal]


def every(parts: tuple[Run, ...]) -> Run:
    """``and``: no as soon as one is no, else unanswered where one is."""

    def run(scope: Scope) -> Value:
        answer: Truth = True
        for part in parts:
            found = truth(part(scope))
            if found is False:
                return False
            if found is UNANSWERED:
                answer = UNANSWERED
        return answer

    return run


def some(parts: tuple[Run, ...]) -> Run:
    """``or``: yes as soon as one is yes, else unanswered where one is."""

    def run(scope: Scope) -> Value:
        answer: Truth = False
        for part in parts:
            found = truth(part(scope))
            if found is True:
                return True
            if found is UNANSWERED:
                answer = UNANSWERED
        return answer

    return run


def _not(part: Run) -> Run:
    def run(scope: Scope) -> Value:
        found = truth(part(scope))
        return UNANSWERED if found is UNANSWERED else found is False

    return run


def _minus(part: Run) -> Run:
    def run(scope: Scope) -> Value:
        found = part(scope)
        return UNANSWERED if found is UNANSWERED else ARITHMETIC.minus(number(found))

    return run


UNARY: dict[type[ast.unaryop], Callable[[Run], Run]] = {ast.Not: _not, ast.USub: _minus}


def _divide(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise fault("divide-by-zero")
    return ARITHMETIC.divide(left, right)


ARITHMETIC_OF: dict[type[ast.operator], Step] = {
    ast.Add: ARITHMETIC.add,
    ast.Sub: ARITHMETIC.subtract,
    ast.Mult: ARITHMETIC.multiply,
    ast.Div: _divide,
}


def arithmetic(first: Run, steps: tuple[tuple[Step, Run], ...]) -> Run:
    """A chain of operations from left to right."""

    def run(scope: Scope) -> Value:
        found = first(scope)
        if found is UNANSWERED:
            return found
        result = number(found)
        for step, part in steps:
            found = part(scope)
            if found is UNANSWERED:
                return found
            result = step(result, number(found))
        return result

    return run


def _not_in(item: Value, members: Value) -> Truth:
    found = contains(item, members)
    return UNANSWERED if found is UNANSWERED else found is False


COMPARISONS: dict[type[ast.cmpop], Test] = {
    ast.Eq: same,
    ast.NotEq: lambda left, right: not same(left, right),
    ast.Lt: less,
    ast.Gt: lambda left, right: less(right, left),
    ast.LtE: lambda left, right: not less(right, left),
    ast.GtE: lambda left, right: not less(left, right),
    ast.In: contains,
    ast.NotIn: _not_in,
}


def comparison(left: Run, test: Test, right: Run) -> Run:
    """One comparison; unanswered where either side is."""

    def run(scope: Scope) -> Value:
        before = left(scope)
        if before is UNANSWERED:
            return before
        after = right(scope)
        return after if after is UNANSWERED else test(before, after)

    return run


def choose(test: Run, body: Run, otherwise: Run) -> Run:
    """``a if c else b``: unanswered where the condition is."""

    def run(scope: Scope) -> Value:
        found = truth(test(scope))
        if found is UNANSWERED:
            return UNANSWERED
        return body(scope) if found else otherwise(scope)

    return run


def plain_call(function: Callable[..., Value], parts: tuple[Run, ...]) -> Run:
    """A function of answered values."""

    def run(scope: Scope) -> Value:
        found = [part(scope) for part in parts]
        return UNANSWERED if any(value is UNANSWERED for value in found) else function(scope, *found)

    return run


def over_rows(
    fold: Callable[[Sequence[Scope], Run], Value], table: str, read: Run, names: frozenset[str]
) -> Run:
    """A function over the rows of a table, worked out once an evaluation where it can be."""
    key = object()
    return lambda scope: scope.once(key, table, names, lambda: fold(scope.rows(table), read))
