"""Rows that must not become a file: each named with its row, column, value and cure; nothing is written."""

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chutdiao import paths
from chutdiao.agencyfiles import tables
from chutdiao.cli import run

SAMPLES = paths.resources_dir() / "samples"
TITLES = "payee_id,first_name,paid_date,rate,amount,tax,income,condition,house_no"
GOOD = ("0103599999022", "ห้างหุ้นส่วนจำกัด สมมติการช่าง", "09/04/2569", "3", "1000", "30", "ค่าบริการ", "1", "88")
SSO_TITLES = "insured_id,alien,sso_title,first_name,last_name,wages,contribution"
SSO_GOOD = ("9999900001015", "no", "นาย", "สมมติ", "ตัวอย่าง", "18250", "875")


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = run(["tax", "file", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def table(folder: Path, *rows: tuple[str, ...], titles: str = TITLES) -> str:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([titles.split(","), *rows])
    path = folder / "rows.csv"
    path.write_text(out.getvalue(), "utf-8")
    return str(path)


def given(folder: Path, rows: str, form: str = "pnd53") -> list[str]:
    payer = ["--payer", str(SAMPLES / "payer.json")]
    return ["--form", form, "--period", "2569-04", *payer, "--rows", rows, "--out", str(folder / "out")]


def but(good: tuple[str, ...], titles: str, column: str, value: str) -> tuple[str, ...]:
    place = titles.split(",").index(column)
    return (*good[:place], value, *good[place + 1 :])


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("payee_id", "", "cell.missing"),
        ("payee_id", "0103599999023", "cell.id-check"),
        ("payee_id", "103599999022", "cell.id-zero"),
        ("payee_id", "1.036E+11", "cell.id-scientific"),
        ("payee_id", "01035999", "cell.id-length"),
        ("payee_id", "AB12345", "cell.id-letters"),
        ("payee_id", "9999900001015", "cell.id-not-juristic"),
        ("first_name", "A & B Co.", "cell.forbidden"),
        ("first_name", "บริษัท สมมติ, จำกัด", "cell.forbidden"),
        ("first_name", "แถว|แทรก", "cell.forbidden"),
        ("first_name", "ก" * 101, "cell.too-long"),
        ("first_name", "สมมติ\u202eจำกัด", "cell.unseen"),
        ("first_name", "สมมติ\x07", "cell.unseen"),
        ("paid_date", "31/02/2569", "cell.date"),
        ("paid_date", "09/04/69", "cell.date"),
        ("paid_date", "09/05/2569", "cell.period"),
        ("paid_date", "09/04/2568", "cell.period"),
        ("rate", "100", "cell.rate"),
        ("rate", "-3", "cell.rate"),
        ("rate", "3.005", "cell.rate"),
        ("amount", "พันบาท", "cell.amount"),
        ("amount", "1e3", "cell.amount"),
        ("amount", "NaN", "cell.amount"),
        ("amount", "-1000", "cell.negative"),
        ("amount", "9" * 16, "cell.too-big"),
        ("tax", "1000.01", "cell.tax-over"),
        ("tax", "29.98", "cell.tax-differs"),
        ("income", "", "cell.missing"),
        ("income", "ค่าจ้าง 50%", "cell.forbidden"),
        ("condition", "หัก", "cell.choice"),
        ("house_no", "99/1", "cell.slash"),
    ],
)
def test_a_bad_cell_stops_the_file(
    column: str, value: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table(tmp_path, GOOD, but(GOOD, TITLES, column, value))
    result, found = answer(capsys, *given(tmp_path, rows))
    assert result == 1
    [problem] = found["problems"]
    assert problem["code"] == code and problem["place"] == f"rows.csv:3:{column}"
    assert "แถว 3" in problem["message"] and problem["cure"]
    assert value[:20].strip() in (problem["message"], problem["message"].replace(",", ""))[column == "tax"]
    assert not (tmp_path / "out").exists()


def test_the_words_are_english_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = table(tmp_path, but(GOOD, TITLES, "amount", "x"))
    _, found = answer(capsys, *given(tmp_path, rows), "--language", "en")
    assert found["problems"][0]["message"] == "Row 2 “Amount paid” = x: not an amount"


def test_every_bad_row_is_listed_up_to_a_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = but(but(GOOD, TITLES, "amount", "x"), TITLES, "income", "")
    _, found = answer(capsys, *given(tmp_path, table(tmp_path, *[bad] * 3)))
    assert [p["place"] for p in found["problems"]] == [
        f"rows.csv:{row}:{column}" for row in (2, 3, 4) for column in ("amount", "income")
    ]
    _, found = answer(capsys, *given(tmp_path, table(tmp_path, *[bad] * 150)))
    assert len(found["problems"]) == 201
    assert (
        found["problems"][-1]["code"] == "sheet.more-problems" and "100" in found["problems"][-1]["message"]
    )


def test_a_tax_that_was_really_withheld_is_written_when_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table(tmp_path, but(GOOD, TITLES, "tax", "29.98"))
    code, found = answer(capsys, *given(tmp_path, rows), "--accept-differences")
    assert code == 0 and found["total_tax"] == "29.98"
    assert "cell.tax-differs" in {warning["code"] for warning in found["warnings"]}


@pytest.mark.parametrize(("how", "written"), [("dash", "99-1"), ("thap", "99 ทับ 1")])
def test_a_slash_in_a_house_number_is_a_setting(
    how: str, written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table(tmp_path, but(GOOD, TITLES, "house_no", "99/1"))
    code, found = answer(capsys, *given(tmp_path, rows), "--house-slash", how)
    assert code == 0 and f"|{written}|" in Path(found["path"]).read_text("utf-8")
    assert "agencyfile.slashes" in {warning["code"] for warning in found["warnings"]}


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("first_name", "สมมติ😀", "cell.unencodable"),
        ("first_name", "“สมมติ”", "cell.unencodable"),
        ("last_name", "café", "cell.unencodable"),
        ("first_name", "ก" * 31, "cell.too-long"),
        ("sso_title", "คุณ", "cell.choice"),
        ("contribution", "875.50", "cell.contribution"),
        ("contribution", "912", "cell.contribution"),
        ("insured_id", "1234567890123", "cell.id-check"),
    ],
)
def test_a_bad_insured_person_stops_the_file(
    column: str, value: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table(tmp_path, but(SSO_GOOD, SSO_TITLES, column, value), titles=SSO_TITLES)
    result, found = answer(capsys, *given(tmp_path, rows, "sso1-10"))
    assert result == 1 and [p["code"] for p in found["problems"]] == [code]
    if code == "cell.unencodable":
        assert "U+" in found["problems"][0]["message"]


def test_an_alien_has_the_agencys_own_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alien = but(but(SSO_GOOD, SSO_TITLES, "insured_id", "1234567890123"), SSO_TITLES, "alien", "yes")
    code, found = answer(capsys, *given(tmp_path, table(tmp_path, alien, titles=SSO_TITLES), "sso1-10"))
    assert code == 0 and b"21234567890123003" in Path(found["path"]).read_bytes()


def test_a_company_is_not_filed_as_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (SAMPLES / "pnd3.csv").read_text("utf-8").replace("9999900002020", "0103599999022")
    path = tmp_path / "rows.csv"
    path.write_text(rows, "utf-8")
    code, found = answer(capsys, *given(tmp_path, str(path), "pnd3"))
    assert code == 1 and found["problems"][0]["code"] == "cell.id-not-person"
    path.write_text(rows.replace("0103599999022", "9999900002020").replace("กรุงเทพมหานคร", ""), "utf-8")
    code, found = answer(capsys, *given(tmp_path, str(path), "pnd3"))
    assert code == 1 and found["problems"][0]["place"] == "rows.csv:2:province"


@pytest.mark.parametrize(
    ("titles", "codes"),
    [
        (TITLES.replace("amount", "amuont"), ["sheet.unknown-column", "sheet.missing-column"]),
        (TITLES.replace("house_no", "tax"), ["sheet.twice"]),
        (TITLES.replace("house_no", ""), ["sheet.no-title"]),
        (TITLES.replace("condition", "เลขที่"), ["sheet.twice", "sheet.missing-column"]),
    ],
)
def test_bad_titles(
    titles: str, codes: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = answer(capsys, *given(tmp_path, table(tmp_path, GOOD, titles=titles)))
    assert code == 1 and [p["code"] for p in found["problems"]] == codes


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.csv", None, "sheet.unreadable"),
        ("empty.csv", b"", "sheet.no-rows"),
        ("titles.csv", TITLES.encode(), "sheet.no-rows"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(100), "sheet.old-excel"),
        ("broken.xlsx", b"PK\x03\x04" + bytes(100), "sheet.not-excel"),
        ("bytes.csv", b"\xff\xfe\xfd\xfc", "sheet.encoding"),
        ("quote.csv", b'payee_id\n"0103', "sheet.not-csv"),
        ("deep.json", b"[" * 100_000, "sheet.not-json"),
        ("object.json", b'{"a": 1}', "sheet.not-json"),
        ("nested.json", b'[{"payee_id": [1]}]', "sheet.not-json"),
    ],
)
def test_a_file_that_is_no_table(
    name: str, content: bytes | None, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result, found = answer(capsys, *given(tmp_path, str(path)))
    assert result == 1 and found["problems"][0]["code"] == code, found


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(1_000_001))
    assert (tmp_path / "bomb.xlsx").stat().st_size < 2_000
    code, found = answer(capsys, *given(tmp_path, str(tmp_path / "bomb.xlsx")))
    assert code == 1 and found["problems"][0]["code"] == "sheet.too-big"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "tax.missing"),
        (["--form", "pnd99"], "tax.code"),
        (["--form", "pnd53"], "tax.missing"),
        (["--form", "pnd53", "--layout", "x"], "tax.code"),
        (["--form", "pnd53", "--period", "2569"], "tax.month"),
        (["--form", "pnd1a", "--period", "2569-04"], "tax.year"),
        (["--form", "pnd53", "--period", "2569-04", "--house-slash", "x"], "tax.code"),
        (["--form", "pnd53", "--read", "none.txt"], "sheet.unreadable"),
    ],
)
def test_bad_options(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    result, found = answer(capsys, *words)
    assert result == 1 and found["problems"][0]["code"] == code


@pytest.mark.parametrize(
    ("payer", "code"),
    [
        ({}, "payer.missing"),
        ({"tax_id": "0105599999017"}, "cell.id-check"),
        ({"tax_id": "0105599999016", "brunch": "1"}, "sheet.unknown-column"),
        ({"tax_id": "0105599999016", "section_3": "no"}, "payer.one-of"),
        ({"tax_id": "0105599999016", "department": "ก/ข"}, "cell.forbidden"),
        ({"tax_id": "0105599999016", "branch": "x"}, "cell.branch"),
    ],
)
def test_a_bad_payer(
    payer: dict[str, str], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "payer.json").write_text(json.dumps(payer), "utf-8")
    words = ["--form", "pnd53", "--period", "2569-04", "--payer", str(tmp_path / "payer.json")]
    rows = ["--rows", table(tmp_path, GOOD, GOOD), "--out", str(tmp_path / "out")]
    result, found = answer(capsys, *words, *rows)
    assert result == 1 and [p["code"] for p in found["problems"]] == [code]


def test_the_same_rows_from_every_kind_of_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from datetime import datetime

    names = TITLES.split(",")
    written = []
    (tmp_path / "rows.json").write_text(json.dumps([dict(zip(names, GOOD, strict=True))]), "utf-8")
    book = openpyxl.Workbook()
    book.active.append(names)
    book.active.append(["# comment"])
    book.active.append([GOOD[0], GOOD[1], datetime(2026, 4, 9), 3, 1000.0, 30.004, *GOOD[6:]])
    book.save(tmp_path / "rows.xlsx")
    thai = "\r\n".join([TITLES.replace(",", ";"), ";".join(GOOD)]).encode("cp874")
    (tmp_path / "thai.csv").write_bytes(thai)
    for path in (table(tmp_path, GOOD), "rows.json", "rows.xlsx", "thai.csv"):
        code, found = answer(capsys, *given(tmp_path, str(tmp_path / path)))
        assert code == 0, found
        written.append(Path(found["path"]).read_bytes())
        warned = {warning["code"] for warning in found["warnings"]}
        assert ("sheet.read-as-cp874" in warned) == (path == "thai.csv")
    assert len(set(written)) == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("a file where the folder should be", "utf-8")
    code, found = answer(capsys, *given(tmp_path, table(tmp_path, GOOD)))
    assert code == 1 and found["problems"][0]["code"] == "file.unwritable"


def test_what_was_changed_or_looks_odd_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = but(but(GOOD, TITLES, "amount", "1000.004999"), TITLES, "first_name", "ห้างหุ้นส่วนจำกัด สมมุติการช่าง")
    half = but(but(GOOD, TITLES, "amount", "2.345"), TITLES, "tax", "0.07")
    code, found = answer(capsys, *given(tmp_path, table(tmp_path, GOOD, other, half)))
    assert code == 0 and found["total_amount"] == "2002.35" and found["records"] == 2
    said = {warning["code"]: warning["message"] for warning in found["warnings"]}
    assert "2 จำนวน" in said["sheet.rounded"] and "แถว 2 และ 3" in said["agencyfile.payee-differs"]


def test_sales_free_of_tax_are_not_more_than_all_sales(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = "branch_no,house_no,postal_code,sales,zero_rated,exempt,output_tax,purchases_short"
    good = ("0", "88/1", "10500", "100", "60", "40", "0", "")
    _, found = answer(capsys, *given(tmp_path, table(tmp_path, good, titles=titles), "pp30"))
    assert "|88/1|10500|100.00|||60.00|40.00|0.00|" in Path(found["path"]).read_text("utf-8")
    over, early = but(good, titles, "exempt", "40.01"), but(good, titles, "purchases_short", "5")
    code, found = answer(capsys, *given(tmp_path, table(tmp_path, good, over, titles=titles), "pp30"))
    assert code == 1 and found["problems"][0]["place"] == "rows.csv:3:ITEM_4"
    assert "-0.01" in found["problems"][0]["message"]
    rows = table(tmp_path, early, titles=titles)
    code, found = answer(capsys, *given(tmp_path, rows, "pp30"))
    assert code == 1 and found["problems"][0]["code"] == "cell.additional"
    code, found = answer(capsys, *given(tmp_path, rows, "pp30"), "--additional", "1")
    assert code == 0 and "|5.00|" in Path(found["path"]).read_text("utf-8")


def test_many_accepted_differences_hide_no_bad_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = but(GOOD, TITLES, "tax", "29.98")
    code, found = answer(capsys, *given(tmp_path, table(tmp_path, *[odd] * 250)), "--accept-differences")
    assert code == 0 and found["rows"] == 250
    assert "sheet.more-problems" in [warning["code"] for warning in found["warnings"]]
    rows = table(tmp_path, *[odd] * 250, but(GOOD, TITLES, "amount", "x"))
    code, found = answer(capsys, *given(tmp_path, rows), "--accept-differences")
    assert code == 1 and found["problems"][0]["place"] == "rows.csv:252:amount"


def test_all_that_is_wrong_with_a_row_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = GOOD
    for column, value in (("payee_id", "1"), ("first_name", "ก&ข"), ("paid_date", "1/5/2569"), ("tax", "1")):
        bad = but(bad, TITLES, column, value)
    long = but(GOOD, TITLES, "income", "ก" * 101)
    _, found = answer(capsys, *given(tmp_path, table(tmp_path, long, bad)))
    assert [(p["place"].split(":", 1)[1], p["code"]) for p in found["problems"]] == [
        ("2:income", "cell.too-long"),
        ("3:payee_id", "cell.id-length"),
        ("3:paid_date", "cell.period"),
        ("3:tax", "cell.tax-differs"),
        ("3:first_name", "cell.forbidden"),
    ]
