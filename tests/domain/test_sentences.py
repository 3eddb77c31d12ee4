"""Every problem the engine can name has a sentence and a cure in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import chutdiao.app.session
import chutdiao.domain
from chutdiao.bootstrap import problem_texts
from chutdiao.domain.problem import Problem

SOURCES = [
    *Path(str(chutdiao.domain.__file__)).parent.rglob("*.py"),
    *(
        Path(str(chutdiao.app.session.__file__)).with_name(f"{name}.py")
        for name in ("session", "drafts", "update")
    ),
]


def named(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            for given in call.args[:2]:
                for word in ast.walk(given):
                    if isinstance(word, ast.Constant) and isinstance(word.value, str):
                        if name == "fault":
                            yield f"expression.{word.value}"
                        elif name in ("Problem", "add", "_with_mend", "_refuse") and "." in word.value:
                            yield word.value


def test_every_code_has_its_sentences() -> None:
    codes = {code for path in SOURCES for code in named(ast.parse(path.read_text("utf-8")))}
    codes = {code for code in codes if re.fullmatch(r"[a-z]+\.[a-z-]+", code)}
    texts = problem_texts()
    assert len(codes) > 60
    for language in ("th", "en"):
        missing = {code for code in codes if not texts.cure(Problem(code), language)}
        assert missing == set(), language
