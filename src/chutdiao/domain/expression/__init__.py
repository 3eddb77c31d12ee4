"""The condition language of forms and journeys: a safe subset of Python expressions, compiled to closures."""

from chutdiao.domain.expression.compiler import Expression, compile_expression
from chutdiao.domain.expression.scope import FlatScope, Scope, Within
from chutdiao.domain.expression.values import UNANSWERED, ExpressionError, Unanswered, Value, truth

__all__ = [
    "UNANSWERED",
    "Expression",
    "ExpressionError",
    "FlatScope",
    "Scope",
    "Unanswered",
    "Value",
    "Within",
    "compile_expression",
    "truth",
]
