"""Files from elsewhere, read: every field that breaks the format is named with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from chutdiao import paths
from chutdiao.cli import run

from .test_official_lines import PND53, SSO

PAYER = str(paths.resources_dir() / "samples" / "payer.json")


def read(
    capsys: pytest.CaptureFixture[str], path: Path, form: str, *words: str
) -> tuple[int, dict[str, Any]]:
    code = run(["tax", "file", "--form", form, "--read", str(path), *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_file_gives_its_payer_period_and_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "PND53.txt"
    path.write_bytes(PND53.encode())
    code, found = read(capsys, path, "pnd53", "--out", str(tmp_path / "out"))
    assert code == 0 and found["period"] == "2569-04" and found["payer"]["tax_id"] == "0105599999016"
    assert found["data"][0]["paid_date"] == "09/04/2569" and found["data"][0]["condition"] == "withheld"
    given = ["--payer", found["payer_path"], "--rows", found["rows_path"], "--out", str(tmp_path / "again")]
    assert run(["tax", "file", "--form", "pnd53", "--period", found["period"], *given, "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert Path(again["path"]).read_bytes() == PND53.encode()


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("|12345.67|370.37|0.00", "|12345.68|370.37|0.00", "agencyfile.differs", ":1:TOT_AMT"),
        ("|1|12345.67|370.37|0.00", "|2|12345.67|370.37|0.00", "agencyfile.differs", ":1:TOT_NUM"),
        ("D|1|", "D|7|", "agencyfile.differs", ":2:SEQ_NO"),
        ("D|1|", "E|1|", "agencyfile.differs", ":2:DETAIL"),
        ("|3.00|", "|3.0|", "agencyfile.differs", ":2:TAX_RATE1"),
        ("|3.00|", "|3,00|", "agencyfile.number", ":2:TAX_RATE1"),
        ("|3.00|", "|1E1|", "agencyfile.number", ":2:TAX_RATE1"),
        ("09042569", "31022569", "agencyfile.date", ":2:PAID_DATE1"),
        ("09042569", "2569-4-9", "agencyfile.date", ":2:PAID_DATE1"),
        ("ค่าจ้างทำของ|1", "ค่าจ้างทำของ|9", "agencyfile.no-code", ":2:PAY_CON1"),
        ("ค่าจ้างทำของ|1", "ค่าจ้างทำของ 3%|1", "cell.forbidden", ":2:income"),
        ("ค่าจ้างทำของ|1", "ค่าจ้างทำของ", "agencyfile.count", ":2"),
        ("0000000000||ห้าง", "000000000A||ห้าง", "agencyfile.differs", ":2:TIN"),
        ("\r\nD", "\nD", "agencyfile.line-ends", ""),
    ],
)
def test_what_breaks_the_format_is_named(
    old: str, new: str, code: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert PND53.count(old) >= 1
    path = tmp_path / "x.txt"
    path.write_bytes(PND53.replace(old, new, 1).encode())
    result, found = read(capsys, path, "pnd53", "--out", str(tmp_path / "out"))
    assert result == 1
    problem = found["problems"][0]
    assert (problem["code"], problem["place"]) == (code, f"x.txt{place}"), found
    assert problem["cure"] and "{" not in problem["message"] and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "form", "code"),
    [
        (b"", "pnd53", "agencyfile.empty"),
        (PND53.encode("cp874"), "pnd53", "agencyfile.encoding"),
        (b"x" * 200 + b"\r\n", "sso1-10", "agencyfile.count"),
        (SSO.replace("0000000087500", "00000000875A0").encode("cp874"), "sso1-10", "agencyfile.number"),
        (bytes(5_000), "pnd53", "agencyfile.count"),
    ],
)
def test_a_file_of_another_kind(
    content: bytes, form: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    result, found = read(capsys, path, form)
    assert result == 1 and found["problems"][0]["code"] == code


def test_what_others_do_differently_at_the_ends_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PND53.encode().removesuffix(b"\r\n"))
    code, found = read(capsys, path, "pnd53")
    assert code == 0 and found["rows"] == 1
    assert {"agencyfile.bom", "agencyfile.last-break"} <= {w["code"] for w in found["warnings"]}


def test_the_portals_spreadsheet_there_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    rows = tmp_path / "rows.csv"
    rows.write_text(
        "insured_id,title,first_name,last_name,wages,contribution\n"
        "9999900001015,นาย,สมมติ,ตัวอย่าง,18250,875\n9999900002020,นาง,ทดลอง,=1+1,0,0\n",
        "utf-8",
    )
    given = ["--period", "2569-04", "--payer", PAYER, "--rows", str(rows), "--out", str(tmp_path)]
    assert run(["tax", "file", "--form", "sso1-10", "--layout", "sso-excel", *given, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    page = openpyxl.load_workbook(found["path"]).active
    assert page.title == "000000" and found["total_amount"] == "18250.00"
    assert [cell.value for cell in page[1]] == [
        "เลขประจำตัวประชาชน", "คำนำหน้าชื่อ", "ชื่อผู้ประกันตน", "นามสกุลผู้ประกันตน", "ค่าจ้าง", "จำนวนเงินสมทบ",
    ]  # fmt: skip
    assert [cell.value for cell in page[2]] == ["9999900001015", "นาย", "สมมติ", "ตัวอย่าง", 18250, 875]
    assert page["D3"].data_type == "s" and page["D3"].value == "'=1+1"
    code, back = read(capsys, Path(found["path"]), "sso1-10", "--layout", "sso-excel")
    assert code == 0 and back["rows"] == 2 and back["data"][1]["last_name"] == "=1+1"
