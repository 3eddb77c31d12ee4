"""Ten situations of each journey, as data: the steps that follow, in order, and what stays open."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from chutdiao.domain.check import Context
from chutdiao.domain.journey import Journey, plan
from chutdiao.domain.parameters import Parameters

TODAY = date(2026, 11, 23)
FOLDER = Path(__file__).parent / "situations"


def _situations() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for row in yaml.load(path.read_text("utf-8"), yaml.BaseLoader):
            yield pytest.param(path.stem, row, id=f"{path.stem}: {row['name']}")


def test_there_are_ten_of_each(journeys: dict[str, Journey]) -> None:
    for name in journeys:
        assert len(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))) >= 10


@pytest.mark.parametrize(("name", "row"), list(_situations()))
def test_the_steps_that_follow(
    name: str, row: dict[str, Any], journeys: dict[str, Journey], parameters: Parameters
) -> None:
    journey = journeys[name]
    asked = {question.id for question in journey.questions}
    assert set(row["answers"]) <= asked
    made = plan(journey, row["answers"], Context(TODAY, parameters), frozenset(row.get("unsure", ())))
    assert [(step.id, step.service) for step in made.steps] == list(row["steps"].items())
    assert [question.id for question in made.open_questions] == row.get("open", [])
    excluded = {item.id for item in made.excluded}
    assert excluded == {step.id for step in journey.steps} - set(row["steps"])
