"""The numbered steps of the schema; a step that was released is never changed."""

from importlib import import_module

STEPS = ("0001_first", "0002_signatures")


def statements(number: int) -> tuple[str, ...]:
    """The SQL that brings a store from version ``number - 1`` to ``number``."""
    module = import_module(f"{__name__}.{STEPS[number - 1]}")
    found: tuple[str, ...] = module.STATEMENTS
    return found
