"""An author's mistakes in a journey, each found and named by a real case."""

from dataclasses import replace
from datetime import date

import pytest

from chutdiao import paths
from chutdiao.domain.journey import After, Deadline, Decision, Journey, lint_journey
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.text import LocalText
from chutdiao.formlib.journeys import load_journey
from chutdiao.formlib.source import read_table
from chutdiao.formlib.wording import load_texts

TODAY = date(2026, 11, 23)

WHY = LocalText("เพราะ", "because")


def _with_rows(journey: Journey, *rows: Decision) -> Journey:
    steps = tuple(
        replace(step, decide=tuple(replace(row, why=WHY, law="x") for row in rows))
        if step.id == "food-premises"
        else step
        for step in journey.steps
    )
    return replace(journey, steps=steps)


def _codes(journey: Journey, parameters: Parameters) -> set[str]:
    return {problem.code for problem in lint_journey(journey, parameters, TODAY)}


@pytest.mark.parametrize("name", ["coffee-shop", "restaurant"])
def test_the_shipped_journeys_are_clean(
    name: str, journeys: dict[str, Journey], parameters: Parameters
) -> None:
    assert lint_journey(journeys[name], parameters, TODAY) == []


def test_a_gap_is_named_by_its_case(journeys: dict[str, Journey], parameters: Parameters) -> None:
    journey = _with_rows(
        journeys["coffee-shop"],
        Decision("on_public_way", "not-needed"),
        Decision("area_m2 > 200", "needed", "food-licence"),
        Decision("area_m2 < 200", "needed", "food-notification"),
    )
    (problem,) = lint_journey(journey, parameters, TODAY)
    assert problem.code == "journey.gap"
    assert "area_m2 = 200" in problem.values["case"]


def test_bounds_that_overlap(journeys: dict[str, Journey], parameters: Parameters) -> None:
    journey = _with_rows(
        journeys["coffee-shop"],
        Decision("on_public_way", "not-needed"),
        Decision("area_m2 >= 200", "needed", "food-licence"),
        Decision("area_m2 <= 200", "needed", "food-notification"),
    )
    (problem,) = lint_journey(journey, parameters, TODAY)
    assert problem.code == "journey.overlap"
    assert "area_m2 = 200" in problem.values["case"]


def test_a_row_behind_another_is_never_reached(journeys: dict[str, Journey], parameters: Parameters) -> None:
    journey = _with_rows(
        journeys["coffee-shop"],
        Decision("on_public_way", "not-needed"),
        Decision("area_m2 >= 0", "needed", "food-licence"),
        Decision("area_m2 > 500 and sells_food", "needed", "food-notification"),
    )
    assert "journey.unreachable" in _codes(journey, parameters)


def test_wrong_names_and_circles(journeys: dict[str, Journey], parameters: Parameters) -> None:
    journey = journeys["coffee-shop"]
    bad = _with_rows(journey, Decision("area > 200", "needed"), Decision("area_m2 >", "needed"))
    assert {"journey.unknown-name", "journey.expression"} <= _codes(bad, parameters)
    missing = _with_rows(journey, Decision("area_m2 > param('food.none')", "needed"))
    assert "journey.unknown-parameter" in _codes(missing, parameters)
    first, *others = journey.steps
    circle = replace(journey, steps=(replace(first, after=After(("food-premises",))), *others))
    assert "journey.cycle" in _codes(circle, parameters)
    lost = replace(journey, steps=(replace(first, after=After(("nowhere",))), *others))
    assert "journey.unknown-step" in _codes(lost, parameters)
    due = replace(journey, steps=(replace(first, due=Deadline("area_m2", 30)), *others))
    assert "journey.due" in _codes(due, parameters)
    twice = replace(journey, questions=(*journey.questions, journey.questions[0]))
    assert "journey.duplicate" in _codes(twice, parameters)
    names = replace(journey, derived=tuple(replace(row, value="sells_food") for row in journey.derived))
    assert "journey.name-cycle" in _codes(names, parameters)


def test_a_translation_a_reason_and_a_source_are_asked_for(
    journeys: dict[str, Journey], parameters: Parameters
) -> None:
    journey = journeys["coffee-shop"]
    first, *others = journey.questions
    half = replace(journey, questions=(replace(first, title=LocalText("ชื่อ", "")), *others))
    assert "journey.translation" in _codes(half, parameters)
    start, *rest = journey.steps
    silent = tuple(replace(row, why=LocalText("", ""), law="") for row in start.decide)
    mute = replace(journey, steps=(replace(start, decide=silent), *rest))
    assert {"journey.no-why", "journey.no-law"} <= _codes(mute, parameters)
    services = {key: replace(value, source="") for key, value in journey.services.items()}
    assert "journey.no-source" in _codes(replace(journey, services=services), parameters)


def test_unknown_and_missing_keys_have_their_place() -> None:
    head = "id: x\ntitle: {th: ก, en: k}\n"
    text = f"{head}questions:\n  - {{id: a, typ: text}}\nsteps:\n  - {{step: s, decide: []}}\n"
    with pytest.raises(ChutdiaoError) as caught:
        load_journey(read_table(text, "x.yaml"))
    found = {(problem.code, problem.place, problem.values["key"]) for problem in caught.value.problems}
    assert ("journey.unknown-key", "x.yaml:4:13", "typ") in found
    assert ("journey.missing-key", "x.yaml:4:5", "type") in found


def test_every_code_has_its_sentence_in_both_languages() -> None:
    texts = load_texts(paths.resources_dir())
    for language in ("th", "en"):
        codes = texts.codes(language)  # type: ignore[arg-type]
        assert {"journey.gap", "interview.not-a-number", "answers.unknown-key", "parameter.date"} <= codes
