"""The form packages themselves: they check, their samples are complete, their blanks are fully mapped."""

import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.paste import read_paste
from chutdiao.formlib.lint import check_library
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "forms"
SAMPLES = ROOT / "resources" / "samples"
TODAY = date(2026, 11, 23)
COMPANY = (
    "hs1", "hs2", "name-reservation", "boj1", "registration-statement", "boj2", "boj3", "objects",
    "directors", "ssch1", "office-map", "articles", "meeting-notice", "meeting-minutes", "share-payment",
    "share-money", "power-of-attorney",
)  # fmt: skip
ALL = ("tp", "food-notification", "pp01", "pp01-2", "boj5", *COMPANY)
OFFICER = re.compile(r"Radio Button8|Text11\.\d+")
OFFICER_OF_TEMPORARY = re.compile(r"Radio Button2|Text6\.(24|25|27|28|29|30)")


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(FORMS)


def sample(form: str) -> dict[str, object]:
    return json.loads((SAMPLES / f"{form}.json").read_text())


def state_of(shelf: Shelf, form: str, **changes: object) -> FormState:
    answers = {**sample(form), **changes}
    context = Context(TODAY, shelf.parameters())
    return evaluate(shelf.load(form), answers, context, frozenset(), CsvTables(FORMS).holds)


def test_no_form_and_no_fact_has_a_mistake() -> None:
    report = check_library(FORMS)
    places = ("forms/",)
    assert [problem for problem in report.problems if problem.place.startswith(places)] == []


@pytest.mark.parametrize("form", ALL)
def test_a_sample_is_ready_to_be_sent(shelf: Shelf, form: str) -> None:
    state = state_of(shelf, form)
    assert state.problems == ()
    assert set(sample(form)) <= {field.id for field in shelf.load(form).fields()}
    assert state.submitted().keys() >= sample(form).keys()


@pytest.mark.parametrize("form", ALL)
def test_sample_files_are_the_ones_beside_them(form: str) -> None:
    for answer in sample(form).values():
        for item in answer if isinstance(answer, list) else ():
            if isinstance(item, dict) and "sha256" in item:
                data = (SAMPLES / item["name"]).read_bytes()
                assert (sha256(data).hexdigest(), len(data)) == (item["sha256"], item["size"])


def _asked(form: FormSpec) -> dict[str, Field]:
    found = {field.id: field for field in form.fields() if field.type is not FieldType.TABLE}
    for field in form.fields():
        found.update({column.id: column for column in field.columns})
    return found


@pytest.mark.parametrize(("form", "officer"), [("pp01", OFFICER), ("pp01-2", OFFICER_OF_TEMPORARY)])
def test_every_box_of_the_blank_is_filled_but_the_officers(
    shelf: Shelf, form: str, officer: re.Pattern[str]
) -> None:
    blank = shelf.print_map(form, "")["blank"]
    mapped = {entry["to"] for entry in blank["map"] if "to" in entry}
    assert {name for name in blank["fields"] if name not in mapped and not officer.fullmatch(name)} == set()
    assert not {name for name in mapped if officer.fullmatch(name)}


@pytest.mark.parametrize("form", ["pp01", "pp01-2"])
def test_every_answer_reaches_the_blank(shelf: Shelf, form: str) -> None:
    printed = shelf.print_map(form, "")
    words = " ".join(f"{e.get('value', '')} {e.get('when', '')}" for e in printed["blank"]["map"])
    named = set(re.findall(r"[a-z_]+", words))
    omitted = set(printed["sheet"]["omit"])
    numbered = {"branch_no", "activity_no"}
    left = _asked(shelf.load(form)).keys() - named - omitted - numbered
    assert left == set()


def test_exactly_200_square_metres_is_a_notification(shelf: Shelf) -> None:
    assert state_of(shelf, "food-notification", area="200").ready
    state = state_of(shelf, "food-notification", area="200.01")
    (problem,) = state.problems
    assert (problem.code, problem.law) == ("check.area.2", "พ.ร.บ.การสาธารณสุข พ.ศ. 2535 ม.38")


def test_a_mend_gives_the_answer_that_is_right(shelf: Shelf) -> None:
    state = state_of(shelf, "tp", start_date="2026-11-24", filing_date="2026-11-24")
    (problem,) = state.problems
    assert (problem.place, problem.mend) == ("start_date", "2026-11-23")


def test_documents_that_need_not_be_brought_name_the_law(shelf: Shelf) -> None:
    for form in ALL:
        for paper in shelf.load(form).requirements:
            assert paper.bring or (paper.law and paper.note), (form, paper.id)


def test_only_forms_read_from_the_official_blank_are_verified(shelf: Shelf) -> None:
    assert {form for form in ALL if shelf.load(form).verified} == {"pp01", "pp01-2"}


def test_item_numbers_are_left_out_where_they_are_not_known(shelf: Shelf) -> None:
    assert not any(field.item for field in _asked(shelf.load("boj5")).values())


def test_the_list_of_shareholders_is_pasted_from_a_spreadsheet(shelf: Shelf) -> None:
    table = shelf.load("boj5").field("shareholders")
    assert table is not None
    pasted = read_paste(table, (SAMPLES / "boj5-shareholders.tsv").read_text(), TODAY)
    assert pasted.problems == ()
    assert [row["held"] for row in pasted.rows] == ["6000", "3000", "1000"]
    assert pasted.rows[0]["holder"] == "9999900001015"
    assert pasted.rows[2]["name"] == {"full": "ห้างหุ้นส่วนจำกัด ตัวอย่างค้าขาย"}


def test_activities_are_pasted_from_a_file_of_commas(shelf: Shelf) -> None:
    table = shelf.load("pp01").field("activities")
    assert table is not None
    pasted = read_paste(table, (SAMPLES / "pp01-activities.csv").read_text(), TODAY)
    assert [row["activity_kind"] for row in pasted.rows] == ["5", "4", "4"]
