"""The forms a restaurant fills besides its registration: samples, bad input with a mend, the computed tax."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.paste import read_paste
from chutdiao.domain.problem import Level
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "forms"
SAMPLES = ROOT / "resources" / "samples"
TODAY = date(2026, 11, 23)
OURS = ("sso1-01", "sso1-03", "food-licence", "health-hazard", "liquor-retail", "tobacco-retail", "sign-tax")
NUMBERED = {"food-licence", "health-hazard", "sign-tax"}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(FORMS)


def sample(form: str) -> dict[str, object]:
    return json.loads((SAMPLES / f"{form}.json").read_text("utf-8"))


def state_of(shelf: Shelf, form: str, **changes: object) -> FormState:
    context = Context(TODAY, shelf.parameters())
    answers = {**sample(form), **changes}
    for rows in answers.values():
        for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
            if isinstance(row, dict) and "sha256" not in row:
                row.setdefault("_row", f"r{number}")
    return evaluate(shelf.load(form), answers, context, frozenset(), CsvTables(FORMS).holds)


def one_employee(**changes: str) -> list[dict[str, object]]:
    rows = sample("sso1-03")["employees"]
    assert isinstance(rows, list)
    return [{**rows[0], **changes}]


@pytest.mark.parametrize("form", OURS)
def test_the_sample_is_ready_and_its_files_lie_beside_it(shelf: Shelf, form: str) -> None:
    state = state_of(shelf, form)
    assert [p for p in state.problems if p.level is Level.STOP] == []
    assert state.ready
    for answer in sample(form).values():
        for item in answer if isinstance(answer, list) else ():
            if isinstance(item, dict) and "sha256" in item:
                data = (SAMPLES / item["name"]).read_bytes()
                assert (sha256(data).hexdigest(), len(data)) == (item["sha256"], item["size"])


@pytest.mark.parametrize("form", OURS)
def test_none_is_called_verified_and_no_item_number_is_made_up(shelf: Shelf, form: str) -> None:
    spec = shelf.load(form)
    assert not spec.verified
    asked = [*spec.fields(), *(column for field in spec.fields() for column in field.columns)]
    assert any(field.item for field in asked) == (form in NUMBERED)


@pytest.mark.parametrize("form", OURS)
def test_what_is_known_already_is_not_typed_again(shelf: Shelf, form: str) -> None:
    bound = {field.bind for field in shelf.load(form).fields()}
    assert {"person.name", "business.trade_name", "premises.address"} <= bound or form == "sso1-03"


def test_an_employee_of_14_may_start_on_the_fifteenth_birthday(shelf: Shelf) -> None:
    state = state_of(shelf, "sso1-03", employees=one_employee(born_on="2012-05-14"))
    (problem,) = state.problems
    assert (problem.place, problem.mend) == ("employees[r1].hired_on", "2027-05-14")
    assert "15" in problem.say.th
    mended = state_of(shelf, "sso1-03", employees=one_employee(born_on="2012-05-14", hired_on=problem.mend))
    assert [p.level for p in mended.problems] == [Level.WARN]


def test_hired_before_being_born_offers_today(shelf: Shelf) -> None:
    state = state_of(shelf, "sso1-03", employees=one_employee(hired_on="1989-01-01"))
    stops = [p for p in state.problems if p.level is Level.STOP]
    assert [(p.place, p.mend) for p in stops] == [("employees[r1].hired_on", TODAY.isoformat())]
    mended = state_of(shelf, "sso1-03", employees=one_employee(hired_on=stops[0].mend or ""))
    assert mended.ready


def test_employees_are_pasted_from_a_spreadsheet_in_thai(shelf: Shelf) -> None:
    table = shelf.load("sso1-03").field("employees")
    assert table is not None
    pasted = read_paste(table, (SAMPLES / "sso1-03-employees.tsv").read_text("utf-8"), TODAY)
    assert pasted.problems == ()
    first, second = pasted.rows
    assert (first["identity"], first["born_on"], first["hired_on"]) == (
        "9999900001015",
        "1990-05-14",
        "2026-11-02",
    )
    assert (second["pay_kind"], second["hospital_choice"]) == ("daily", "choose")
    rows = [{**row, "_row": f"r{number}"} for number, row in enumerate(pasted.rows, 1)]
    assert state_of(shelf, "sso1-03", employees=rows).ready


def test_each_employee_signs_and_then_the_employer(shelf: Shelf) -> None:
    signers = state_of(shelf, "sso1-03").signatories()
    assert [signer.name for signer in signers] == ["นางสาวสมมติ ใจดี", "นายทดลอง ขยัน", "นางสาวสมมติ ใจดี"]


def test_the_signboard_tax_follows_kind_size_and_quarter(shelf: Shelf) -> None:
    state = state_of(shelf, "sign-tax")
    assert state.fields["total_tax"].value == "440"
    rows = sample("sign-tax")["signs"]
    assert isinstance(rows, list)
    earlier = [{**row, "put_up_on": "2025-05-01"} for row in rows]
    assert state_of(shelf, "sign-tax", signs=earlier).fields["total_tax"].value == "1760"


def test_a_liquor_fee_goes_by_vat(shelf: Shelf) -> None:
    assert state_of(shelf, "liquor-retail").fields["expected_fee"].value == "2200"
    assert state_of(shelf, "liquor-retail", vat_registered="no").fields["expected_fee"].value == "330"


def test_200_square_metres_is_no_licence_and_the_notification_takes_it(shelf: Shelf) -> None:
    (problem,) = state_of(shelf, "food-licence", area="200").problems
    assert problem.code == "check.area.2"
