"""``chutdiao plan``: the sample, and every way an answers file can be wrong."""

import json
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.cli import run

SAMPLES = paths.resources_dir() / "samples"


def _write(folder: Path, text: str) -> Path:
    path = folder / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["coffee-shop", "restaurant"])
def test_the_samples_plan(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", str(SAMPLES / f"{name}.answers.yaml"), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert list(made) == ["steps", "open_questions", "excluded"]
    assert "food-premises" in {step["id"] for step in made["steps"]}
    assert run(["plan", str(SAMPLES / f"{name}.answers.yaml"), "--language", "en"]) == 0
    assert "VAT registration" in capsys.readouterr().out


def test_an_unknown_key_is_a_problem_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, "journey: coffee-shop\nanswers:\n  place: rent\n  areea: 145\nwhat: 1\n")
    assert run(["plan", str(path), "--json"]) == 1
    out = capsys.readouterr()
    problems = json.loads(out.out)["problems"]
    assert {(p["code"], p["place"]) for p in problems} == {
        ("answers.unknown-key", f"{path}:4:3"),
        ("answers.unknown-key", f"{path}:5:1"),
    }
    assert all(p["message"] and p["cure"] and p["message"] != p["code"] for p in problems)
    assert f"{path}:4:3" in out.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("answers: {place: rent}\n", "answers.no-journey"),
        ("journey: coffee-shop\nanswers: [1]\n", "answers.answers"),
        ("journey: coffee-shop\nnot_sure: area_m2\n", "answers.not_sure"),
        ("journey: coffee-shop\ntoday: tomorrow\n", "answers.today"),
        ("journey: none\n", "shelf.unknown-journey"),
        ("journey: &j coffee-shop\n", "yaml.anchor"),
        ("journey: coffee-shop\njourney: restaurant\n", "yaml.duplicate-key"),
        ("- coffee-shop\n", "yaml.not-a-mapping"),
        ("journey: coffee-shop\nanswers: {place: moon}\n", "interview.not-a-choice"),
        ("journey: coffee-shop\nanswers: {activities: food}\n", "interview.a-list"),
        ("journey: coffee-shop\nanswers: {area_m2: wide}\n", "interview.not-a-number"),
        ("journey: coffee-shop\nanswers: {employees: 1.5}\n", "interview.not-whole"),
        ("journey: coffee-shop\nanswers: {turnover: 5, wants_vat: maybe}\n", "interview.yes-no"),
        ("journey: coffee-shop\nanswers: {subdistrict: '999999'}\n", "interview.unknown-code"),
        ("journey: coffee-shop\nanswers: {place: rent, area_m2: 0}\n", "check.area_m2.1"),
        ("journey: coffee-shop\nanswers: {place: [rent]}\n", "interview.one-answer"),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(
    text: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, text)
    assert run(["plan", str(path), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [p["code"] for p in problems] == [code]
    assert problems[0]["place"].startswith(f"{path}:")
    assert problems[0]["message"] not in ("", code)


def test_a_31st_of_february_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(tmp_path, "journey: coffee-shop\nanswers: {start_date: 31 ก.พ. 2570}\n")
    assert run(["plan", str(path), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["code"].startswith("date.")


def test_buddhist_years_and_thai_digits_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(
        tmp_path,
        "journey: coffee-shop\ntoday: 2026-11-23\nanswers:\n  place: rent\n  entity: natural\n"
        "  activities: [food]\n  area_m2: ๑๔๕\n  start_date: 15 ธ.ค. 2569\n",
    )
    assert run(["plan", str(path), "--json"]) == 0
    steps = {step["id"]: step for step in json.loads(capsys.readouterr().out)["steps"]}
    assert steps["food-premises"]["days"] == 7


def test_a_file_that_is_not_there_cannot_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", str(tmp_path / "none.yaml"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "answers.not-found"
