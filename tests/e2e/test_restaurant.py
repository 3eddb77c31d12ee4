"""A company opens a restaurant of 320 m²: from the first question to every paper, each fact typed once."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from chutdiao.app.drafts import open_draft, save_session
from chutdiao.app.interview import answer, pages, start_business
from chutdiao.app.opened import open_form
from chutdiao.app.prefill import apply_changes, prefill, profile_changes
from chutdiao.app.roadmap import record_done, roadmap
from chutdiao.app.submit import check, record
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.domain.problem import Json
from chutdiao.formlib.answers import read_answers
from chutdiao.paths import resources_dir

TODAY = date(2026, 11, 23)
SAMPLES = resources_dir() / "samples"
FOUNDING = ("name-reservation", "boj2", "objects", "boj3", "directors", "boj5")
COMPANY = "0105599999016"


class StillClock:
    """The day of the samples."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace("practice", str(tmp_path_factory.mktemp("restaurant")))
    yield replace(opened, clock=StillClock())
    opened.keeper.close()


def sample_interview(ws: Workspace) -> Mapping[str, Json]:
    path = SAMPLES / "restaurant.answers.yaml"
    return read_answers(path, ws.shelf.journey, ws.parameters, TODAY, lambda _t, _c: True).answers


@pytest.fixture(scope="module")
def business(ws: Workspace) -> str:
    """The sample's interview, answered question by question as the pages ask."""
    told = sample_interview(ws)
    made, asked = interviewed(ws, told)
    assert len(asked) <= 13
    assert set(asked) == set(told)
    return made


def interviewed(ws: Workspace, told: Mapping[str, Json]) -> tuple[str, list[str]]:
    made = start_business(ws, "restaurant", str(told["trade_name"])).id
    asked: list[str] = []
    while page := next((p for p in pages(ws, made) if p.question.id not in asked), None):
        asked.append(page.question.id)
        assert answer(ws, made, page.question.id, told[page.question.id]).kept, page.question.id
    return made, asked


# The sample of ภ.พ.01 is one person's; this is what a company is asked besides.
COMPANY_VAT: dict[str, Json] = {
    "registered_on": "2026-11-20",
    "registered_at": "จังหวัดเชียงใหม่",
    "company_number": COMPANY,
    "reason": "before-start",
}


def sample(form: str) -> dict[str, Json]:
    name = "food-notification-company" if form == "food-notification" else form
    found: dict[str, Json] = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return found | (COMPANY_VAT if form == "pp01" else {})


def fill(ws: Workspace, business: str, step: str, form: str) -> tuple[str, set[str]]:
    """Fill what is not known yet as the sample does; returns the draft and what was known before."""
    draft = open_draft(ws, business, step, form, TODAY)
    known = {place for place, value in draft.answers.items() if value}
    session = open_form(ws, draft.id).session
    for place, value in sample(form).items():
        held = session.answers.get(place)
        if place not in known:
            session.set(place, value)
        elif isinstance(value, dict) and isinstance(held, dict):
            session.set(place, {**value, **held})  # the interview knows the sub-district only
    save_session(ws, session)
    owner = ws.businesses.get(business)
    apply_changes(ws, owner, profile_changes(ws, owner, session.form, session.answers))
    return draft.id, known


@pytest.fixture(scope="module")
def filed(ws: Workspace, business: str) -> dict[str, tuple[str, set[str]]]:
    """Every form of the way, filled and recorded as filed, by the step it is for."""
    for form in FOUNDING:
        fill(ws, business, "company-registration", form)
    subject = ws.facts.subjects(business, "business")[0]
    for step in ("premises-right", "name-reservation", "company-registration"):
        record_done(ws, business, step, TODAY)
    assert ws.facts.read(subject)["business.legal_name"].value
    done: dict[str, tuple[str, set[str]]] = {}
    for step in roadmap(ws, business).steps:
        if step.form and step.id not in ("name-reservation", "company-registration"):
            done[step.id] = fill(ws, business, step.id, step.form)
            draft = done[step.id][0]
            assert check(ws, draft).problems == (), step.id
            channel = "paper" if "paper" in step.channels else "portal"
            record(ws, draft, channel, f"{len(done):04}/2569", TODAY.isoformat())
    return done


def test_the_way_has_every_step_of_the_law_in_order(
    ws: Workspace, business: str, filed: dict[str, tuple[str, set[str]]]
) -> None:
    steps = [step.id for step in roadmap(ws, business).steps]
    assert steps == [
        "premises-right", "name-reservation", "company-registration", "food-premises", "health-hazard",
        "vat-registration", "sso-employer", "sso-insured", "liquor-licence", "sign-tax", "music-licence",
        "tobacco-licence", "gas-site", "work-rules", "recurring-duties",
    ]  # fmt: skip
    assert set(filed) == {
        "food-premises", "health-hazard", "vat-registration", "sso-employer", "sso-insured",
        "liquor-licence", "sign-tax", "tobacco-licence",
    }  # fmt: skip


def test_what_was_filed_is_shown_as_the_users_own_word(
    ws: Workspace, business: str, filed: dict[str, tuple[str, set[str]]]
) -> None:
    plan = roadmap(ws, business)
    for step_id in filed:
        step = plan.step(step_id)
        assert step is not None and step.state == "filed", step_id
    assert {row.channel for row in ws.outbox.all(business)} <= {"paper", "portal"}


def test_the_company_its_signatory_and_its_place_are_typed_once(
    filed: dict[str, tuple[str, set[str]]],
) -> None:
    assert {"company_name", "applicant_name", "applicant_kind", "area", "address"} <= filed["food-premises"][
        1
    ]
    assert {"company_name", "company_number", "shop_name", "applicant_phone"} <= filed["liquor-licence"][1]
    assert {"juristic_kind", "company_name", "employer_identity", "first_hired"} <= filed["sso-employer"][1]
    assert {"employer_kind", "company_name", "employer_name"} <= filed["sso-insured"][1]
    assert {"authority_name", "owner_kind", "company_name", "place_address"} <= filed["sign-tax"][1]


def test_the_registration_number_given_later_reaches_every_form(
    ws: Workspace, business: str, filed: dict[str, tuple[str, set[str]]]
) -> None:
    assert filed
    held = ws.businesses.get(business)
    for form in ("food-licence", "health-hazard", "liquor-retail", "tobacco-retail", "sso1-01"):
        assert prefill(ws, held, ws.shelf.load(form))[0]["company_number"] == COMPANY


def test_each_is_printed_with_the_companys_name(
    ws: Workspace, filed: dict[str, tuple[str, set[str]]], tmp_path: Path
) -> None:
    for step_id in ("food-premises", "sso-insured", "sign-tax"):
        draft = ws.drafts.get(filed[step_id][0])
        form = ws.shelf.load(draft.form, draft.version)
        path = tmp_path / f"{form.id}.pdf"
        path.write_bytes(ws.printer.sheet(form, draft.answers, "th", practice=True))
        run = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
        name = str(draft.answers["company_name"]).split()[1]
        assert name in run.stdout.decode(), step_id


@pytest.mark.parametrize(
    ("entity", "founding", "kind"),
    [
        ("company", FOUNDING, "บริษัท"),
        ("limited-partnership", ("name-reservation", "hs2", "hs1"), "ห้างหุ้นส่วนจำกัด"),
    ],
)
def test_at_most_200_square_metres_are_notified_in_the_firms_name_with_nothing_typed_twice(
    ws: Workspace, tmp_path: Path, entity: str, founding: tuple[str, ...], kind: str
) -> None:
    firm, _ = interviewed(ws, {**sample_interview(ws), "entity": entity, "area_m2": "145"})
    for form in founding:
        fill(ws, firm, "company-registration", form)
    for step in ("premises-right", "name-reservation", "company-registration"):
        record_done(ws, firm, step, TODAY)
    before = {fact for role in ("business", "business.owner", "business.premises")
              for subject in ws.facts.subjects(firm, role) for fact in ws.facts.read(subject)}  # fmt: skip
    step = roadmap(ws, firm).step("food-premises")
    assert step is not None and step.form == "food-notification"
    draft, known = fill(ws, firm, step.id, step.form)
    opened = open_form(ws, draft)
    asked = {f.id: f for f in opened.form.fields() if opened.session.state.fields[f.id].visible}
    twice = [f.id for f in asked.values() if f.bind in before and f.id not in known]
    assert twice == []
    assert {"notifier_kind", "company_name", "notifier_name", "notifier_identity", "area"} <= known & set(
        asked
    )
    name = str(opened.session.answers["company_name"])
    assert name.startswith(kind)
    assert check(ws, draft).problems == ()
    record(ws, draft, "paper", "1/2569", TODAY.isoformat())
    held = ws.businesses.get(firm)
    assert prefill(ws, held, ws.shelf.load("pp01"))[0]["company_number"] == COMPANY
    paper = tmp_path / "notification.pdf"
    paper.write_bytes(ws.printer.sheet(opened.form, ws.drafts.get(draft).answers, "th", practice=True))
    run = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, check=True)
    words = " ".join(run.stdout.decode().split())
    for part in (name, "0-1055-99999-01-6", "ลงชื่อ"):
        assert part in words
