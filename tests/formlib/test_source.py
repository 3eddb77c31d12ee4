"""YAML is read as text with its place, and bombs are refused before they go off."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib.source import MAX_BYTES, MAX_DEPTH, Table, read_table, read_yaml


def _refused(text: str | Path) -> Problem:
    with pytest.raises(ChutdiaoError) as caught:
        read_yaml(text, "" if isinstance(text, Path) else "bomb.yaml")
    return caught.value.problems[0]


def test_every_scalar_stays_as_it_was_written() -> None:
    table = read_table("no: no\nversion: 2.10\nzeros: 007\nempty: ~\ndate: 2026-01-31\nhex: 0x10\n")
    assert table == {
        "no": "no",
        "version": "2.10",
        "zeros": "007",
        "empty": "~",
        "date": "2026-01-31",
        "hex": "0x10",
    }


def test_every_node_knows_its_line_and_column() -> None:
    table = read_table("ก: ข\nrows:\n  - {a: ๑, b: 2}\n", "x.yaml")
    assert (table["ก"].line, table["ก"].column) == (1, 4)
    row = table["rows"][0]
    assert isinstance(row, Table)
    assert str(row["b"].mark) == "x.yaml:3:15"
    assert str(row.key_mark("b")) == "x.yaml:3:12"


def test_text_is_normalised_without_breaking_sara_am() -> None:
    assert read_table("a: e\u0301 น้ำ")["a"] == "\u00e9 น้ำ"


BOMBS = {
    "yaml.too-large": "a: " + "x" * MAX_BYTES,
    "yaml.too-deep": "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    "yaml.anchor": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "yaml.tag": "a: !!python/object/apply:os.system [echo]",
    "yaml.duplicate-key": "a: 1\nb: 2\na: 3",
    "yaml.many-documents": "a: 1\n---\nb: 2",
    "yaml.key-not-text": "? [a, b]\n: c",
    "yaml.empty": "# only a remark\n",
    "yaml.syntax": "a: [1, 2",
}


@pytest.mark.parametrize("code", BOMBS)
def test_bombs_are_refused_with_a_place(code: str, spoken: Callable[[Problem], None]) -> None:
    problem = _refused(BOMBS[code])
    assert problem.code == code
    assert problem.place.startswith("bomb.yaml:")
    spoken(problem)


def test_a_very_deep_bomb_does_not_exhaust_the_stack() -> None:
    assert _refused("[" * 400_000).code == "yaml.too-deep"
    assert _refused("{a: " * 100_000).code == "yaml.too-deep"
    assert _refused("- " * 200_000).code == "yaml.too-deep"


def test_a_big_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 50)
    assert _refused(path).code == "yaml.too-large"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("latin.yaml", b"a: \xe9", "yaml.not-utf8"),
        ("nul.yaml", b"a: \x00", "yaml.syntax"),
        ("tis620.yaml", "a: กขค".encode("tis-620"), "yaml.not-utf8"),
    ],
)
def test_other_bytes_are_refused(
    tmp_path: Path, name: str, data: bytes, code: str, spoken: Callable[[Problem], None]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    problem = _refused(path)
    assert problem.code == code
    spoken(problem)


def test_a_missing_file_is_a_problem(tmp_path: Path, spoken: Callable[[Problem], None]) -> None:
    problem = _refused(tmp_path / "gone.yaml")
    assert problem.code == "yaml.unreadable"
    spoken(problem)
