"""Every worked example beside a parameter set, run as its user would at the command line."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from chutdiao.cli import run

PARAMETERS = Path(__file__).parents[2] / "forms" / "parameters"


def _cases() -> Iterator[Any]:
    for path in sorted(PARAMETERS.glob("*/cases.yaml")):
        for case in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["cases"]:
            yield pytest.param(case, id=f"{path.parent.name}/{case['id']}")


def _within(expected: Any, found: Any, place: str) -> None:
    """Everything expected is found; what more is found does not matter."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert isinstance(found, dict) and key in found, f"{place}.{key} is missing in {found}"
            _within(value, found[key], f"{place}.{key}")
        return
    if isinstance(expected, list):
        assert isinstance(found, list) and len(found) == len(expected), place
        for number, value in enumerate(expected):
            _within(value, found[number], f"{place}[{number}]")
        return
    if isinstance(found, bool):
        found = "yes" if found else "no"
    shown = "" if found is None else found
    assert str(shown) == expected, f"{place}: {shown} is not {expected}"


@pytest.mark.parametrize("case", list(_cases()))
def test_worked_example(case: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert case["why"]
    code = run([*shlex.split(case["run"]), "--json"])
    found = json.loads(capsys.readouterr().out)
    if "problem" in case:
        assert code == 1 and case["problem"] in [problem["code"] for problem in found["problems"]]
        return
    assert code == 0, found
    _within(case.get("expect", {}), found, case["id"])
    if "warns" in case:
        assert set(case["warns"]) <= {warning["code"] for warning in found["warnings"]}
