"""Natural person, partnership and company for the same answers: steps, fees, days and yearly duties."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.app.compare import choose_way, comparison_of
from chutdiao.app.interview import start_business
from chutdiao.app.workspace import Workspace
from chutdiao.cli import run
from chutdiao.domain.check import Context
from chutdiao.domain.duty import DutyBook
from chutdiao.domain.journey import Journey, lint_journey
from chutdiao.domain.journey.comparison import Comparison, compare
from chutdiao.domain.journey.comparison_words import in_words, to_paper
from chutdiao.domain.journey.model import Alternative
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json
from chutdiao.domain.text import Language, LocalText
from chutdiao.formlib.answers import read_answers
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.comparison import comparison_pdf

TODAY = date(2026, 11, 23)
LANGUAGES: tuple[Language, ...] = ("th", "en")
SAMPLE = paths.resources_dir() / "samples" / "restaurant.answers.yaml"


@pytest.fixture(scope="module")
def book() -> DutyBook:
    return Shelf(paths.forms_dir()).duties()


@pytest.fixture(scope="module")
def restaurant() -> Mapping[str, Json]:
    shelf = Shelf(paths.forms_dir())
    return read_answers(SAMPLE, shelf.journey, shelf.parameters(), TODAY, lambda _t, _c: True).answers


@pytest.fixture
def found(
    journeys: dict[str, Journey], parameters: Parameters, book: DutyBook, restaurant: Mapping[str, Json]
) -> Comparison:
    return compare(journeys["restaurant"], restaurant, Context(TODAY, parameters), book)


def _counts(found: Comparison) -> dict[str, tuple[int | None, ...]]:
    return {row.rule.id: row.counts for row in found.duties}


def test_each_way_has_its_own_registration(found: Comparison) -> None:
    assert [column.way.id for column in found.columns] == ["natural", "partnership", "company"]
    assert [column.chosen for column in found.columns] == [False, False, True]
    services = {row.id: [c.step.service if c.step else "" for c in row.cells] for row in found.steps}
    assert services["commercial-registration"] == ["commercial-registration", "", ""]
    assert services["company-registration"] == ["", "partnership-registration", "company-registration"]
    assert services["name-reservation"] == ["", "name-reservation", "name-reservation"]
    differing = {row.id for row in found.steps if row.differs}
    assert differing == {
        "name-reservation",
        "company-registration",
        "commercial-registration",
        "recurring-duties",
    }
    out = next(row for row in found.steps if row.id == "commercial-registration").cells[2].excluded
    assert out is not None and "2567" in out.why.th


def test_fees_add_up_and_unknown_ones_are_counted_apart(found: Comparison) -> None:
    natural, partnership, company = found.columns
    assert partnership.fees.low - natural.fees.low == Decimal(1000 - 50)
    assert company.fees.high - natural.fees.high == Decimal(5900 - 50)
    assert [title.th for title in natural.fees.unknown] == ["สิทธิเผยแพร่เพลงในร้าน"]
    assert len(company.fees.unknown) == 2


def test_unknown_times_are_named_and_not_guessed(found: Comparison) -> None:
    natural, _, company = found.columns
    assert natural.days.least == 32  # one working day of registration, then 30 days of the food licence
    assert natural.plan.may_operate_on == date(2026, 12, 24)
    assert company.plan.may_operate_on is None
    assert "จดทะเบียนบริษัทจำกัด" in [title.th for title in company.days.unknown]


def test_the_duties_of_a_year_follow_the_kind(found: Comparison) -> None:
    counts = _counts(found)
    assert found.year == 2028
    assert counts["pnd90"] == (1, 0, 0) and counts["pnd94"] == (1, 0, 0)
    assert counts["pnd50"] == (0, 1, 1) and counts["pnd51"] == (0, 1, 1)
    assert counts["agm"] == (0, 0, 1) and counts["boj5"] == (0, 0, 1)
    assert counts["fs"] == (0, 0, 1) and counts["fs-partnership"] == (0, 1, 0)
    assert counts["pp30"] == counts["sso1-10"] == (12, 12, 12)
    assert counts["liquor-renewal"] == (1, 1, 1)
    assert counts["pnd53"] == (0, None, None)  # whether companies are paid is not asked
    assert "sso1-01" not in counts
    for place, column in enumerate(found.columns):
        assert column.yearly == sum(row.counts[place] or 0 for row in found.duties)


def test_nothing_answered_still_compares(
    journeys: dict[str, Journey], parameters: Parameters, book: DutyBook
) -> None:
    for journey in journeys.values():
        bare = compare(journey, {}, Context(TODAY, parameters), book)
        assert not any(column.chosen for column in bare.columns)
        assert all(cell.step or cell.excluded for row in bare.steps for cell in row.cells)
        assert "ขึ้นกับคำตอบ" in {cell for row in in_words(bare, "th").steps for cell in row.cells}


def test_what_the_duties_are_told_are_their_own_questions(
    journeys: dict[str, Journey], book: DutyBook
) -> None:
    asked = {question.id for question in book.interview.questions} | {
        row.id for row in book.interview.derived
    }
    for journey in journeys.values():
        assert {row.id for row in journey.duties} <= asked


def test_a_column_that_answers_what_is_not_asked_is_found(
    journeys: dict[str, Journey], parameters: Parameters
) -> None:
    way = Alternative("x", LocalText("ก", "x"), {"entity": "club"})
    journey = replace(journeys["restaurant"], compare=(way,))
    assert [p.code for p in lint_journey(journey, parameters, TODAY)] == ["journey.compare"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_every_row(found: Comparison, language: Language) -> None:
    from pypdf import PdfReader

    words = to_paper(found, language)
    reader = PdfReader(BytesIO(comparison_pdf(words, language, practice=True)))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) >= 2
    assert text.count("26,750") == 1


def test_the_command_lays_them_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "ways.pdf"
    assert run(["plan", str(SAMPLE), "--compare", "--json", "--pdf", str(out)]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [column["id"] for column in made["columns"]] == ["natural", "partnership", "company"]
    assert made["columns"][1]["fees"]["low"] == "1830"
    assert out.read_bytes().startswith(b"%PDF")
    assert run(["plan", str(SAMPLE), "--compare", "--json", "--pdf", str(tmp_path / "no" / "x.pdf")]) == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "file.unwritable"
    assert run(["plan", str(SAMPLE), "--json", "--pdf", str(tmp_path / "plan.pdf")]) == 0
    capsys.readouterr()
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert run(["plan", str(SAMPLE), "--compare", "--language", "en"]) == 0
    assert "Limited company (as answered)" in capsys.readouterr().out


def test_choosing_a_way_answers_the_interview_and_its_facts(workspace: Workspace) -> None:
    business = start_business(workspace, "restaurant", "ครัวสมมติ")
    assert choose_way(workspace, business.id, "partnership") == ()
    assert workspace.businesses.get(business.id).interview["entity"] == "limited-partnership"
    facts = workspace.facts.read(workspace.facts.subjects(business.id, "business")[0])
    assert facts["business.kind"].value == "juristic"
    assert facts["business.juristic_kind"].value == "limited-partnership"
    assert [column.chosen for column in comparison_of(workspace, business.id).columns] == [False, True, False]
    (problem,) = choose_way(workspace, business.id, "club")
    assert problem.code == "compare.no-way"
