"""Every sentence of the window exists in both languages with the same values, and each is used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from chutdiao import paths
from chutdiao.ui.i18n import Wording

SOURCES = sorted(Path(paths.__file__).parent.rglob("*.py"))
VALUES = re.compile(r"{(\w+)}")
KEY = re.compile(r"[a-z0-9_.-]+")
# The page of an online channel and that of paper are one page, whose keys begin with the channel.
OF_A_CHANNEL = {rf"{channel}\.{word}" for channel in ("portal", "paper") for word in ("title", "back")}


@cache
def _trees() -> list[ast.Module]:
    return [ast.parse(path.read_text("utf-8")) for path in SOURCES]


def _asked(tree: ast.Module) -> Iterator[str]:
    """The keys that a call of ``tr`` names whole, also as one of two."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            choices = [call.args[0]]
            if isinstance(call.args[0], ast.IfExp):
                choices = [call.args[0].body, call.args[0].orelse]
            if name in ("tr", "_tr"):
                yield from (c.value for c in choices if isinstance(c, ast.Constant))


def _written(tree: ast.Module) -> Iterator[str]:
    """Every text of the source as a pattern: what an f-string fills in may be anything."""
    for part in ast.walk(tree):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and KEY.fullmatch(part.value):
            yield re.escape(part.value)
        elif isinstance(part, ast.JoinedStr):
            texts = [one.value if isinstance(one, ast.Constant) else None for one in part.values]
            if texts[0] and "." in texts[0]:
                yield "".join(r"[\w.-]+" if text is None else re.escape(str(text)) for text in texts)


def test_both_languages_have_the_same_keys_and_values():
    thai, english = Wording("th"), Wording("en")
    keys = thai.keys("th")
    assert keys == english.keys("en")
    for key in keys:
        assert set(VALUES.findall(thai(key))) == set(VALUES.findall(english(key))), key


def test_every_key_asked_for_is_known():
    asked = {key for tree in _trees() for key in _asked(tree)}
    assert len(asked) > 300
    assert asked <= Wording("th").keys("th"), asked - Wording("th").keys("th")


def test_no_sentence_is_left_unused():
    patterns = OF_A_CHANNEL | {pattern for tree in _trees() for pattern in _written(tree)}
    whole = re.compile("|".join(sorted(patterns, key=len)))
    unused = {key for key in Wording("th").keys("th") if not whole.fullmatch(key)}
    assert unused == set()
