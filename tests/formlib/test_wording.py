"""The sentences of problems: merged from every area, whole in both languages, one for every code used."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.domain.problem import Problem, ProblemTexts
from chutdiao.formlib.lint.sentences import check_sentences
from chutdiao.formlib.wording import load_texts

_CODE = re.compile(r'Problem\(\s*"([a-z_.-]+)"')


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    folder = tmp_path / "resources" / "i18n" / "problems.d"
    folder.mkdir(parents=True)
    for language in ("th", "en"):
        (folder / f"one.{language}.yaml").write_text('a.b: {message: "{value} !", cure: "x"}\n', "utf-8")
    return tmp_path / "resources"


def _codes(resources: Path) -> list[str]:
    return [problem.code for problem in check_sentences(resources, lambda _kind, _count: None)]


def test_files_of_every_area_are_merged(resources: Path) -> None:
    (resources / "i18n" / "problems.th.yaml").write_text("c.d: {message: ก, cure: ข}\n", "utf-8")
    texts = load_texts(resources)
    assert texts.codes("th") == {"a.b", "c.d"}
    assert texts.message(Problem("a.b", values={"value": "1"}), "en") == "1 !"


def test_sound_sentences_are_sound(resources: Path) -> None:
    assert _codes(resources) == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("two.th.yaml", "n.o: {message: ก, cure: ข}\n", "texts.missing"),
        ("two.th.yaml", "a.b: {message: ก, cure: ข}\n", "texts.twice"),
        ("one.en.yaml", 'a.b: {message: "{other} !", cure: "x"}\n', "texts.different-values"),
        ("one.en.yaml", "a.b: words\n", "texts.shape"),
        ("one.en.yaml", "a.b: {message: \n", "yaml.syntax"),
    ],
)
def test_mistakes_in_sentences_are_found(
    resources: Path, name: str, text: str, code: str, spoken: Callable[[Problem], None]
) -> None:
    (resources / "i18n" / "problems.d" / name).write_text(text, "utf-8")
    problems = list(check_sentences(resources, lambda _kind, _count: None))
    found = [problem for problem in problems if problem.code == code]
    assert found
    assert name in found[0].place or name in found[0].values.get("file", "")
    spoken(found[0])


def test_every_code_the_program_uses_has_sentences(texts: ProblemTexts) -> None:
    used = {
        code
        for path in (Path(__file__).parents[2] / "src").rglob("*.py")
        for code in _CODE.findall(path.read_text("utf-8"))
    }
    assert used - texts.codes("th") == set()
    assert used - texts.codes("en") == set()


def test_the_shipped_sentences_are_sound() -> None:
    assert [p.values for p in check_sentences(paths.resources_dir(), lambda _kind, _count: None)] == []
