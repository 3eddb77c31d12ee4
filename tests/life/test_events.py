"""Life events: what each leads to, counted forwards and backwards, for a business and at the command line."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.app.events import (
    begin_filing,
    events_for,
    happened,
    mark_filed,
    plan_of,
    take_back,
    write_down,
)
from chutdiao.app.ports import Business
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.cli import run
from chutdiao.domain.check import Context
from chutdiao.domain.life import LifePlan, plan_event
from chutdiao.formlib.lint.events import check_events
from chutdiao.formlib.lint.structure import Around
from chutdiao.formlib.shelf import Shelf
from chutdiao.formlib.source import read_table

TODAY = date(2026, 11, 23)
COMPANY = {"kind": "juristic", "juristic_kind": "company", "vat": "yes", "employees": "3"}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(paths.forms_dir())


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace("practice", str(tmp_path))
    made = Business("b1", "บริษัท ตัวอย่าง จำกัด", "coffee-shop", {}, frozenset(), "2026-11-23T09:00:00+07:00")
    opened.businesses.save(made)
    yield opened
    opened.keeper.close()


def planned(shelf: Shelf, event: str, day: date, **answers: str) -> LifePlan:
    context = Context(TODAY, shelf.parameters())
    return plan_event(shelf.events()[event], day, COMPANY | answers, shelf.duties(), context)


def days(plan: LifePlan) -> dict[str, date | None]:
    return {one.filing.id: one.due.paper if one.due else None for one in plan.filings}


def test_a_new_director_is_registered_within_14_days(shelf: Shelf) -> None:
    plan = planned(shelf, "new-director", date(2026, 12, 1), authority_changes="yes", foreign_signer="no")
    assert days(plan) == {"register-directors": date(2026, 12, 15), "sso-signatory": date(2027, 1, 15)}
    assert not plan.open
    first = plan.filings[0]
    assert first.fee is not None and (first.fee.low, first.fee.confidence) == ("500", "medium")
    assert {paper.id for paper in first.documents} == {"minutes", "directors", "authority", "id-card"}
    assert [note.code for note in first.notes] == ["due.unverified"], "14 days are not yet confirmed"


def test_what_is_not_known_is_asked_and_nothing_is_left_out(shelf: Shelf) -> None:
    context = Context(TODAY, shelf.parameters())
    plan = plan_event(shelf.events()["new-branch"], date(2027, 3, 1), {}, shelf.duties(), context)
    assert not plan.filings
    assert {one.filing.id for one in plan.open} == {
        filing.id for filing in shelf.events()["new-branch"].filings
    }
    assert set(plan.questions) >= {"vat", "kind", "employees", "food_there", "new_sign"}


def test_a_day_counted_back_that_is_a_holiday_is_kept_before_it(shelf: Shelf) -> None:
    # 15 days before Sunday 20 December 2569 is Saturday the 5th, a holiday; the Friday before it counts.
    plan = planned(shelf, "new-branch", date(2026, 12, 20), food_there="no", new_sign="no")
    vat = next(one for one in plan.filings if one.filing.id == "vat-branch")
    assert vat.due is not None
    assert (vat.due.statutory, vat.due.paper) == (date(2026, 12, 5), date(2026, 12, 4))
    assert "event.brought-forward" in [note.code for note in vat.notes]


def test_a_day_counted_on_is_put_off_by_a_holiday(shelf: Shelf) -> None:
    # 14 days after Saturday 21 November is Saturday 5 December; Monday the 7th is its substitution.
    plan = planned(shelf, "more-capital", date(2026, 11, 21), new_capital="6000000", foreign_part="no")
    assert days(plan)["register-capital"] == date(2026, 12, 8)
    papers = {paper.id for paper in plan.filings[0].documents}
    assert "bank-letter" in papers and "statements" not in papers


def test_a_day_that_has_passed_is_said(shelf: Shelf) -> None:
    plan = planned(shelf, "employee-out", date(2026, 9, 30), tax_withheld="no")
    assert plan.filings[0].late
    assert "event.late" in [note.code for note in plan.filings[0].notes]


@pytest.mark.parametrize(("area", "form"), [("200", "food-notification"), ("200.5", "food-licence")])
def test_a_branch_that_sells_food_is_notified_or_licensed(shelf: Shelf, area: str, form: str) -> None:
    plan = planned(shelf, "new-branch", date(2027, 3, 1), food_there="yes", new_area=area, new_sign="no")
    assert [one.filing.form for one in plan.filings if one.filing.form] == ["pp09", form]


def test_every_event_decides_everything_for_a_company_and_for_a_person(shelf: Shelf) -> None:
    person = {"kind": "natural", "vat": "no", "employees": "0"}
    for event in shelf.events().values():
        own = {q.id: "1000000" if q.type in ("money", "number") else "yes" for q in event.interview.questions}
        own = {name: value for name, value in own.items() if name in event.own}
        for whose in (COMPANY, person):
            context = Context(TODAY, shelf.parameters())
            plan = plan_event(event, date(2026, 12, 1), own | whose, shelf.duties(), context)
            assert not plan.open, (event.id, whose)
        assert plan.filings or event.applies, event.id


def test_an_event_is_written_down_and_asked_only_once(ws: Workspace) -> None:
    assert {event.id for event in events_for(ws, "b1")} >= {"new-director", "stop"}
    given = {"authority_changes": "yes", "foreign_signer": "no", "employees": "2", "kind": "juristic"}
    made = write_down(ws, "b1", "new-director", date(2026, 12, 1), given)
    assert not isinstance(made, tuple)
    assert made.answers == {"authority_changes": True, "foreign_signer": False}
    plan = plan_of(ws, "b1", made.event, made.day, made.answers)
    assert [one.filing.id for one in plan.filings] == ["register-directors", "sso-signatory"]
    later = plan_of(ws, "b1", "new-branch", date(2027, 3, 1), {})
    assert "employees" not in later.questions
    mark_filed(ws, "b1", made.id, "register-directors", True)
    assert happened(ws, "b1")[0].done == ("register-directors",)
    again = write_down(ws, "b1", "new-director", date(2026, 12, 2), given, made.id)
    assert not isinstance(again, tuple)
    assert happened(ws, "b1") == (replace(again, done=("register-directors",)),)
    take_back(ws, "b1", made.id)
    assert happened(ws, "b1") == ()


def test_a_person_is_offered_no_directors(ws: Workspace) -> None:
    write_down(ws, "b1", "stop", date(2026, 12, 1), {"kind": "natural"})
    assert "new-director" not in {event.id for event in events_for(ws, "b1")}


def test_a_form_of_an_event_is_begun_once(ws: Workspace) -> None:
    given = {"first_one": "yes", "insured_before": "no", "tenth_one": "no"}
    made = write_down(ws, "b1", "employee-in", date(2026, 12, 1), given)
    assert not isinstance(made, tuple)
    first = begin_filing(ws, "b1", made.id, "insured")
    assert (first.form, first.id) == ("sso1-03", begin_filing(ws, "b1", made.id, "insured").id)


def test_what_is_no_answer_keeps_nothing(ws: Workspace) -> None:
    found = write_down(ws, "b1", "new-director", date(2026, 12, 1), {"authority_changes": "perhaps"})
    assert isinstance(found, tuple)
    assert [(problem.code, problem.place) for problem in found] == [("interview.yes-no", "authority_changes")]
    assert happened(ws, "b1") == ()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    code = run([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_says_what_where_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = told(capsys, "event", "new-director", "--date", "2569-12-01")
    assert code == 0
    assert (found["date"], found["date_be"]) == ("2026-12-01", "2569-12-01")
    (filing,) = found["filings"]
    assert (filing["due"], filing["due_be"], filing["agency"]) == ("2026-12-15", "2569-12-15", "dbd")
    assert filing["confidence"] == "medium"
    assert [one["id"] for one in found["depends"]] == ["sso-signatory"]
    assert {one["id"] for one in found["questions"]} == {"authority_changes", "employees"}
    code, found = told(capsys, "event")
    assert code == 0
    assert {"new-director", "new-address", "more-capital", "new-branch", "stop"} <= {
        one["id"] for one in found["events"]
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("event", "birthday", "--date", "2569-12-01"), "event.unknown"),
        (("event", "stop"), "tax.missing"),
        (("event", "stop", "--date", "31/02/2569"), "tax.day"),
        (("event", "stop", "--date", "2569-12-01", "--answer", "vat"), "event.not-an-answer"),
        (("event", "stop", "--date", "2569-12-01", "--answer", "vax=yes"), "event.no-question"),
        (("event", "stop", "--date", "2569-12-01", "--answer", "employees=many"), "interview.not-a-number"),
    ],
)
def test_what_the_command_cannot_read_is_said(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    ended, found = told(capsys, *words)
    assert (ended, [problem["code"] for problem in found["problems"]]) == (1, [code])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("agency: own-action", "agency: nobody", "duty.unknown"),
        ("form: sso1-03\n", "form: sso1-09\n", "duty.unknown"),
        ("when: first_one", "when: first_on", "expression.unknown-name"),
        ("timing: {days: 15}", "timing: {months: 1, before: yes}", "event.before-needs-days"),
        ("timing: {days: 15}", "timing: {day: '40'}", "duty.not-a-day"),
        ("    timing: {days: 15}\n", "", "event.no-day"),
        ("id: insured-again", "id: insured", "duty.twice"),
        ("timing: {days: 15}", "timing: {days: 15, efile: rdd}", "duty.unknown"),
        ("order: 5", "order: 5\norders: 6", "journey.unknown-key"),
    ],
)
def test_what_an_author_writes_wrong_is_found(
    shelf: Shelf, tmp_path: Path, old: str, new: str, code: str
) -> None:
    text = (paths.forms_dir() / "events" / "employee-in.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "e.yaml").write_text(text.replace(old, new, 1), "utf-8")
    document = read_table(tmp_path / "e.yaml", "forms/events/employee-in.yaml")
    agencies = shelf.agencies()
    around = Around(shelf.facts(), {}, agencies, [], frozenset())
    forms = ["sso1-01", "sso1-03"]
    found = list(check_events([document], shelf.duties(), around, forms, shelf.parameters()))
    assert code in {problem.code for problem in found}
    assert all(problem.place.startswith("forms/events/employee-in.yaml:") for problem in found)
