"""A restaurant as a limited company, the whole way through real widgets and a real gateway process."""

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from chutdiao.cli.tour import drive
from chutdiao.pdf.paper import PRACTICE

COMPANY = "บริษัท ครัวดอยสมมติ จำกัด"
NUMBER = "0-1055-99999-01-6"
FOUNDING = (
    "boj1", "registration-statement", "boj2", "boj3", "objects", "directors", "boj5",
    "meeting-notice", "meeting-minutes", "articles", "share-payment", "ssch1", "office-map",
    "power-of-attorney",
)  # fmt: skip
LATER = ("food-licence", "health-hazard", "pp01", "sso1-01", "sso1-03", "liquor-retail", "sign-tax")

# สปส.1-03 names the employer by its account, ภ.ป.1 the owner of the sign by name.
WITHOUT_NUMBER = ("sso1-03", "sign-tax")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]]]:
    out = tmp_path_factory.mktemp("restaurant")
    return out, drive(out, tmp_path_factory.mktemp("data"), ("restaurant",))


def text_of(pdf: Path) -> str:
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


def told(out: Path) -> dict[str, object]:
    return json.loads((out / "tour.json").read_text("utf-8"))


def test_every_paper_of_the_pack_is_printed_with_the_company_typed_once(walked) -> None:
    out, _ = walked
    for form in FOUNDING:
        text = text_of(out / f"restaurant-{form}.pdf")
        assert COMPANY in text or "ครัวดอยสมมติ" in text, form
        assert PRACTICE in text, form
    assert COMPANY in text_of(out / "restaurant-company-registration.pdf")


def test_the_number_written_down_from_the_certificate_is_in_every_later_form(walked) -> None:
    out, _ = walked
    for form in LATER:
        text = text_of(out / f"restaurant-{form}.pdf")
        assert COMPANY in text, form
        assert form in WITHOUT_NUMBER or NUMBER in text, form


def test_what_has_a_gateway_went_through_it_and_came_back_issued(walked) -> None:
    out, events = walked
    kinds = Counter(event["kind"] for event in events)
    assert kinds["received"] == kinds["issued"] == 4
    assert len(list(out.glob("receipt-*.jws"))) == 4


def test_the_rest_is_the_users_own_word_with_its_number(walked) -> None:
    recorded = [f for f in told(walked[0])["filings"] if f["state"] == "recorded"]
    assert {(f["form"], f["channel"]) for f in recorded} == {
        ("name-reservation", "portal"), ("boj1", "portal"), ("sso1-01", "portal"),
        ("sso1-03", "portal"), ("liquor-retail", "portal"), ("sign-tax", "paper"),
    }  # fmt: skip
    assert all(f["number"].startswith("SAMPLE-") for f in recorded)


def test_the_signatories_signed_in_turn_one_here_and_the_rest_on_paper(walked) -> None:
    signed = told(walked[0])["signatures"]["boj2"]
    assert Counter(signed.values()) == {"drawn": 1, "paper": 3}


def test_the_certificate_and_the_lease_are_kept_once_and_used(walked) -> None:
    papers = {p["name"]: p for p in told(walked[0])["documents"]}
    assert papers["sample-certificate.pdf"]["kind"] == "company-certificate"
    assert set(papers["sample-certificate.pdf"]["used_by"]) == {"boj1", "liquor-retail"}
    lease = papers["sample-place-right.pdf"]
    assert lease["kind"] == "lease"
    assert {"food-licence", "health-hazard", "pp01", "liquor-retail"} == set(lease["used_by"])


def test_the_signboard_tax_is_computed(walked) -> None:
    # 100 × 300 cm, Thai with foreign, at 26 a 500 cm² is 1,560; 60 × 120 cm, Thai only, is the least of 200.
    # Put up in the last quarter of the year each pays a quarter: 390 + 50.
    text = text_of(walked[0] / "restaurant-sign-tax.pdf")
    assert "1,560.00" in text
    assert "440.00" in text


def test_the_new_companys_duties_are_exported(walked) -> None:
    calendar = next(walked[0].glob("*.ics")).read_text("utf-8")
    events = calendar.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    assert len(events) >= 40
    assert len({line for e in events for line in e.splitlines() if line.startswith("UID:")}) == len(events)
    for duty in ("ภ.พ.30", "ภ.ง.ด.1", "ภ.ป.1"):
        assert duty in calendar.replace("\r\n ", ""), duty


def test_tour_json_lists_every_picture_and_paper(walked) -> None:
    out, _ = walked
    assert told(out)["pictures"] == sorted(p.name for p in out.glob("*.png"))
    assert told(out)["pdfs"] == sorted(p.name for p in out.glob("*.pdf"))
