"""``chutdiao duties`` over a real encrypted store: the list, and a calendar that a calendar program reads."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from chutdiao import paths
from chutdiao.app.drafts import open_draft
from chutdiao.app.duties import duties_of, mark, upcoming
from chutdiao.app.duty_calendar import calendar_of
from chutdiao.app.duty_facts import answer_question
from chutdiao.app.events import Happened, happened, write_down
from chutdiao.app.interview import start_business
from chutdiao.app.ports import Document, FactValue
from chutdiao.app.submit import record
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.cli import run

COMPANY = {
    "kind": "juristic",
    "juristic_kind": "company",
    "end_month": "12",
    "vat": "ใช่",
    "employees": "3",
    "pays_persons": True,
    "pays_companies": "yes",
    "pays_investors": "no",
    "pays_abroad": "no",
    "sbt": "no",
    "registered_on": "1/6/2568",
    "activities": ["sign"],
    "place": "rent",
    "first_hired": "2568-06-15",
}
NAME, TAX_ID = "บริษัท สมมติทดลอง จำกัด", "0105599999016"
Machine = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def filled(folder: Path) -> Iterator[tuple[Workspace, str]]:
    """A company with its facts told; closed again before the command line opens it."""
    workspace = open_workspace("practice", str(folder))
    business = start_business(workspace, "restaurant", NAME).id
    for question, value in COMPANY.items():
        assert answer_question(workspace, business, question, value) == (), question
    subject = workspace.facts.subjects(business, "business")[0]
    workspace.facts.write(FactValue("business.tax_id", TAX_ID, "typed", "2026-11-23", "", subject))
    yield workspace, business
    workspace.keeper.close()


@pytest.fixture
def machine(filled: tuple[Workspace, str], folder: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    filled[0].keeper.close()

    def call(*words: object, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        where = ("--data-dir", str(folder), "--profile", "practice", "--json")
        assert run(["duties", *map(str, words), *where]) == code
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return call


def test_the_year_of_a_company(machine: Machine) -> None:
    found = machine("--business", NAME, "--year", "2569")
    by_id = {row["id"]: row for row in found["duties"]}
    assert (found["year"], found["year_be"]) == (2026, 2569)
    assert sum(name.startswith("pp30.") for name in by_id) == 12
    october = by_id["pp30.2026-10"]
    assert (october["paper"], october["efile"], october["shifted_from"]) == (
        "2026-11-16", "2026-11-23", "2026-11-15",
    )  # fmt: skip
    assert (october["paper_be"], october["shifted_from_be"]) == ("2569-11-16", "2569-11-15")
    assert "193/8" in october["note"] and october["law"] and october["confidence"] == "high"
    assert by_id["sign.2026"]["efile"] is None and by_id["wcf.2026"]["confidence"] == "medium"
    assert {"boj5.2025-12-31", "fs.2025-12-31", "agm.2025-12-31", "pnd50.2025-12-31"} <= by_id.keys()
    assert by_id["boj5.2025-12-31"]["assumed"] and not by_id["pp30.2026-10"]["assumed"]
    assert not any(name.startswith(("pnd2.", "pnd54.", "pt40.", "land-tax.")) for name in by_id)
    assert "due.unverified" in {warning["code"] for warning in found["warnings"]}


def test_a_business_is_found_by_its_tax_number_too(machine: Machine) -> None:
    by_name = machine("--business", NAME, "--year", "2570")
    assert by_name == machine("--business", "0-1055-99999-01-6", "--year", "2027")
    assert all(row["unknown_year"] for row in by_name["duties"] if row["code"] == "pp30")


def test_a_calendar_that_other_programs_read(machine: Machine, tmp_path: Path) -> None:
    path = tmp_path / "หน้าที่.ics"
    found = machine("--business", NAME, "--year", "2569", "--ics", path)
    assert found["path"] == str(path) and found["events"] == len(found["duties"])
    calendar = Calendar.from_ical(path.read_bytes())
    events = calendar.walk("VEVENT")
    days = {str(event["uid"]).split("@")[0]: event for event in events}
    assert len(days) == len(events) == len(found["duties"])
    for row in found["duties"]:
        event = days[f"{row['id']}.{found['business']['id']}"]
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert type(start) is date and start.isoformat() == row["paper"] and end - start == timedelta(days=1)
        assert row["title"] in str(event["summary"]) and "ฝึกหัด" in str(event["summary"])
        assert row["law"] in str(event["description"])
        assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [
            timedelta(days=-7, hours=9), timedelta(days=-1, hours=9),
        ]  # fmt: skip
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 75


def test_the_same_duties_keep_their_uids(machine: Machine, tmp_path: Path) -> None:
    first, second = tmp_path / "1.ics", tmp_path / "2.ics"
    for path in (first, second):
        machine("--business", NAME, "--year", "2569", "--ics", path)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--business", "ไม่มีกิจการนี้", "--year", "2569"), "keep.no-business"),
        (("--year", "2569"), "tax.missing"),
        (("--business", NAME, "--year", "ปีหน้า"), "tax.year"),
        (("--business", NAME, "--year", "2569", "--ics", "/no/such/folder/a.ics"), "file.unwritable"),
    ],
)
def test_what_cannot_be_done_is_said(machine: Machine, words: tuple[str, ...], code: str) -> None:
    (problem,) = machine(*words, code=1)["problems"]
    assert problem["code"] == code and problem["message"] != code and problem["cure"]


def test_a_profile_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["duties", "--business", "x", "--data-dir", str(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "store.none"
    assert not (tmp_path / "profiles").exists()


def test_answers_are_kept_as_facts_and_bad_ones_refused(filled: tuple[Workspace, str]) -> None:
    workspace, business = filled
    subject = workspace.facts.subjects(business, "business")[0]
    facts = workspace.facts.read(subject)
    assert facts["business.vat_registered"].value == "yes" and facts["business.pays_persons"].value == "yes"
    for question, wrong in (
        ("employees", "สามคน"), ("registered_on", "30/2/2569"), ("kind", "สหกรณ์"), ("vat", "อาจจะ"),
        ("x", "1"),
    ):  # fmt: skip
        (problem,) = answer_question(workspace, business, question, wrong)
        assert workspace.texts.cure(problem)
    assert workspace.facts.read(subject) == facts


def test_a_duty_done_stays_done_and_rings_no_more(filled: tuple[Workspace, str]) -> None:
    workspace, business = filled
    mark(workspace, business, "pp30.2026-10", True)
    mark(workspace, business, "pnd1.2026-11", True)
    mark(workspace, business, "pnd1.2026-11", False)
    found = duties_of(workspace, business, 2026)
    assert set(found.done) == {"pp30.2026-10"}
    events = Calendar.from_ical(calendar_of(workspace, found)).walk("VEVENT")
    silent = [str(event["uid"]) for event in events if not event.walk("VALARM")]
    assert silent == [f"pp30.2026-10.{business}@duties.chutdiao"]


def test_reminders_are_what_can_still_be_done_in_time(filled: tuple[Workspace, str]) -> None:
    class Clock:
        def __init__(self, now: date) -> None:
            self._now = now

        def now(self) -> Any:
            from datetime import datetime, timezone

            return datetime(
                self._now.year, self._now.month, self._now.day, 9, tzinfo=timezone(timedelta(hours=7))
            )

    workspace, business = filled
    near = {d.id for d in upcoming(replace(workspace, clock=Clock(date(2026, 11, 20))), business)}
    assert {"pp30.2026-10", "pnd1.2026-11", "pp30.2026-11"} <= near
    assert not {"pnd1.2026-10", "sso1-10.2026-10", "pnd51.2026-12-31"} & near
    new_year = {d.id for d in upcoming(replace(workspace, clock=Clock(date(2026, 12, 28))), business)}
    assert {"pnd1.2026-12", "pp30.2026-12"} <= new_year and "pp30.2026-11" not in new_year
    mark(workspace, business, "pnd1.2026-12", True)
    left = {d.id for d in upcoming(replace(workspace, clock=Clock(date(2026, 12, 28))), business)}
    assert new_year - left == {"pnd1.2026-12"}


def test_each_new_employee_is_registered(filled: tuple[Workspace, str]) -> None:
    workspace, business = filled
    hired = workspace.facts.new_subject(business, "employment")
    workspace.facts.set_role(business, "business.employees", [hired])
    for fact, value in (("employment.started_on", "2026-06-10"), ("employment.name", "สมมติ ตัวอย่าง")):
        workspace.facts.write(FactValue(fact, value, "typed", "2026-11-23", "", hired))
    (duty,) = (d for d in duties_of(workspace, business, 2026).listing.duties if d.rule.id == "sso1-03")
    assert duty.due.paper == date(2026, 7, 10) and duty.whose == "สมมติ ตัวอย่าง"
    assert duty.id == f"sso1-03.2026-06-10.{hired}"


def test_a_licence_in_the_vault_is_renewed_before_it_runs_out(filled: tuple[Workspace, str]) -> None:
    workspace, business = filled
    digest = workspace.files.put(b"%PDF-1.4")
    for name, title, until in (
        ("old", "ใบอนุญาตขายสุรา", "2026-03-01"),
        ("new", "ใบอนุญาตขายสุรา", "2027-03-01"),
        ("food", "ใบอนุญาตจำหน่ายอาหาร", "2026-09-09"),
    ):
        document = Document(
            name, business, title, "licence", digest, f"{name}.pdf", 8, "application/pdf",
            expires_on=until, source="กรมสรรพสามิต", added_at="2026-02-02T09:00:00+07:00",
        )  # fmt: skip
        workspace.files.add(document)
    found = duties_of(workspace, business, 2026)
    renewals = [duty for duty in found.listing.duties if duty.rule.id == "document"]
    assert [(duty.id, duty.due.paper) for duty in renewals] == [("document.food", date(2026, 9, 9))]
    assert found.agency(renewals[0]).th == "กรมสรรพสามิต"
    mark(workspace, business, "document.food", True)
    assert "document.food" in duties_of(workspace, business, 2026).done
    assert [d.id for d in duties_of(workspace, business, 2027).listing.duties if d.rule.id == "document"] == [
        "document.new"
    ]


def test_what_an_event_asks_for_stands_in_the_calendar(filled: tuple[Workspace, str]) -> None:
    workspace, business = filled
    before = {duty.id for duty in duties_of(workspace, business, 2026).listing.duties}
    written = write_down(workspace, business, "new-director", date(2026, 6, 1), {})
    assert isinstance(written, Happened)
    found = duties_of(workspace, business, 2026)
    more = {duty.id: duty for duty in found.listing.duties if duty.id not in before}
    name = f"event.{written.id}.register-directors"
    assert name in more and more[name].due.statutory == date(2026, 6, 15) and not set(found.done) & set(more)
    mark(workspace, business, name, True)
    assert name in duties_of(workspace, business, 2026).done
    assert happened(workspace, business)[0].done == ("register-directors",)
    events = Calendar.from_ical(calendar_of(workspace, found)).walk("VEVENT")
    assert f"{name}.{business}@duties.chutdiao" in {str(event["uid"]) for event in events}
    mark(workspace, business, name, False)
    assert happened(workspace, business)[0].done == ()


def test_what_the_plan_filed_is_done_for_those_it_names(filled: tuple[Workspace, str]) -> None:
    workspace, business = filled
    people = {name: workspace.facts.new_subject(business, "employment") for name in ("สมมติ", "ทดลอง")}
    workspace.facts.set_role(business, "business.employees", list(people.values()))
    for name, hired in people.items():
        for fact, value in (("employment.started_on", "2026-06-10"), ("employment.name", {"full": name})):
            workspace.facts.write(FactValue(fact, value, "typed", "2026-11-23", "", hired))
    before = duties_of(workspace, business, 2026)
    asked = {duty.whose: duty.id for duty in before.listing.duties if duty.rule.id == "sso1-03"}
    assert len(asked) == 2 and not before.done
    draft = open_draft(workspace, business, "sso-insured", "sso1-03", date(2026, 11, 23))
    answers = json.loads((paths.resources_dir() / "samples" / "sso1-03.json").read_text("utf-8"))
    answers["employees"] = [{**answers["employees"][0], "name": {"full": "สมมติ"}}]
    workspace.drafts.save(replace(draft, answers=answers))
    record(workspace, draft.id, "portal", "50-1234", "2026-11-23")
    assert duties_of(workspace, business, 2026).done == {asked["สมมติ"]: "2026-11-23"}
