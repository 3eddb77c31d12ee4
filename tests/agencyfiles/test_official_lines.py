"""The example lines of the agencies' formats, reproduced byte for byte through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from chutdiao import paths
from chutdiao.cli import run
from chutdiao.formlib.layouts import load_layouts

SAMPLES = paths.resources_dir() / "samples"
PAYER = SAMPLES / "payer.json"
PND1 = (
    "H|0000|0105599999016|000000|1|PND1|0105599999016|000000|สำนักงานใหญ่|0|04|2569|V|00|1"
    "|45500.00|1250.00|0.00|1250.00|1250.00||2\r\n"
    "D|1|000000|9999900001015|0000000000|นาย|สมมติ|ตัวอย่าง|30042569|0.00|45500.00|1250.00|1|1||||||||||||\r\n"
)
PND1A = (
    "H|0000|0105599999016|000000|1|PND1A|0105599999016|000000|สำนักงานใหญ่|0|00|2569|V|00|1"
    "|546000.00|15000.00|0.00|15000.00|15000.00||2\r\n"
    "D|1|000000|9999900001015|0000000000|นาย|สมมติ|ตัวอย่าง|31122569|0.00|546000.00|15000.00|1|1"
    "|||||88|||ถนนตัวอย่าง|บางรัก|บางรัก|กรุงเทพมหานคร|10500\r\n"
)
PND2 = (
    "D|1|000000|9999900002020|0000000000||นาง|ทดลอง|ระบบ|20042569|15.00|8000.00|1200.00|2|1||||||||||||\r\n"
)
PND3 = (
    "D|1|000000|9999900002020|0000000000|นาง|ทดลอง|ระบบ|10042569|5.00|18500.00|925.00|ค่าเช่าอาคาร|1"
    "|00000000|0.00|0.00|0.00|||00000000|0.00|0.00|0.00||"
    "|||||88|||ถนนตัวอย่าง|บางรัก|บางรัก|กรุงเทพมหานคร|10500\r\n"
)
PND53 = (
    "H|0000|0105599999016|000000|1|PND53|0105599999016|000000|สำนักงานใหญ่|1|0|0|0|04|2569|V|00|1"
    "|12345.67|370.37|0.00|370.37|370.37||2\r\n"
    "D|1|000000|0103599999022|0000000000||ห้างหุ้นส่วนจำกัด สมมติการช่าง||09042569|3.00|12345.67|370.37"
    "|ค่าจ้างทำของ|1|00000000|0.00|0.00|0.00|||00000000|0.00|0.00|0.00||||||||||||||\r\n"
)
SSO = (
    "199000000170000001305690469บริษัท สมมติทดลอง จำกัด                      0500000001"
    "00000000182500000000000175000000000087500000000087500\r\n"
    "29999900001015003สมมติ                         ตัวอย่าง                           "
    "00000001825000000000087500                           \r\n"
)
PP30 = "1|0|88|10500|250000.00|||50000.00||200000.00|14000.00|90000.00|||6300.00|7700.00\r\n"


def filed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    code = run(["tax", "file", *words, "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == 0, found
    return found


def rows(folder: Path, text: str) -> str:
    path = folder / "rows.csv"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("form", "lines", "encoding", "name", "amount", "tax"),
    [
        ("pnd1", PND1, "utf-8", "PND1_0105599999016_000000_2569_04_00_00.txt", "45500.00", "1250.00"),
        ("pnd53", PND53, "utf-8", "PND53_0105599999016_000000_2569_04_00_00.txt", "12345.67", "370.37"),
        ("sso1-10", SSO, "cp874", "SSO110_9900000017_000000_0469.txt", "18250.00", "875.00"),
        ("pp30", PP30, "utf-8", "RDPREP_PP30_0105599999016_2569_04.txt", "250000.00", "14000.00"),
    ],
)
def test_a_month_as_the_agency_writes_it(
    form: str, lines: str, encoding: str, name: str, amount: str, tax: str,
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    given = ["--payer", str(PAYER), "--rows", str(SAMPLES / f"{form}.csv"), "--out", str(tmp_path)]
    found = filed(capsys, "--form", form, "--period", "2569-04", *given)
    path = Path(found["path"])
    assert path.name == name and path.read_bytes() == lines.encode(encoding)
    assert (found["rows"], found["total_amount"], found["total_tax"]) == (1, amount, tax)
    assert "agencyfile.unverified" in {warning["code"] for warning in found["warnings"]}
    assert found["working"][0]["value"] == amount
    back = filed(capsys, "--form", form, "--read", str(path), "--payer", str(PAYER), "--period", "2569-04")
    assert (back["rows"], back["total_amount"], back["total_tax"]) == (1, amount, tax)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_year_of_wages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = rows(
        tmp_path,
        "payee_id,title,first_name,last_name,amount,tax,income_40_1,condition,house_no,street,tambon,amphur,"
        "province,postal_code\n9999900001015,นาย,สมมติ,ตัวอย่าง,546000,15000,1,1,88,ถนนตัวอย่าง,บางรัก,บางรัก,"
        "กรุงเทพมหานคร,10500\n",
    )
    found = filed(
        capsys,
        "--form",
        "pnd1a",
        "--period",
        "2569",
        "--payer",
        str(PAYER),
        "--rows",
        table,
        "--out",
        str(tmp_path),
    )
    path = Path(found["path"])
    assert path.name == "PND1A_0105599999016_000000_2569_00_00_00.txt"
    assert path.read_bytes() == PND1A.encode()


def test_interest_and_rent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = rows(
        tmp_path,
        "เลขประจำตัวผู้มีเงินได้,คำนำหน้าชื่อ,ชื่อ,ชื่อสกุล,วันที่จ่าย,อัตราภาษี ร้อยละ,จำนวนเงินที่จ่าย,ภาษีที่หัก,"
        'ประเภทเงินได้,เงื่อนไขการหักภาษี\n9999900002020,นาง,ทดลอง,ระบบ,20 เม.ย. 2569,15%,"8,000",1200,ดอกเบี้ย,1\n',
    )
    given = ["--period", "2026-04", "--payer", str(PAYER), "--out", str(tmp_path)]
    found = filed(capsys, "--form", "pnd2", "--rows", table, *given)
    assert Path(found["path"]).read_bytes().decode().splitlines(True)[1] == PND2
    found = filed(capsys, "--form", "pnd3", "--rows", str(SAMPLES / "pnd3.csv"), *given)
    assert Path(found["path"]).read_bytes().decode().splitlines(True)[1] == PND3


def test_the_funds_beside_the_year_of_wages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = rows(tmp_path, 'payee_id,social_security,provident_fund\n9999900001015,9000,"12,000.50"\n')
    given = ["--form", "fund", "--period", "2569", "--payer", str(PAYER), "--rows", table]
    found = filed(capsys, *given, "--out", str(tmp_path))
    path = Path(found["path"])
    assert path.name == "FUND_PND1A_0105599999016_2569.csv"
    assert path.read_bytes() == b"9999900001015,2569,0.00,9000.00,12000.50\r\n"
    found = filed(capsys, *given, "--layout", "pipe", "--out", str(tmp_path))
    assert Path(found["path"]).read_bytes() == b"9999900001015|2569|0.00|9000.00|12000.50\r\n"


def test_a_fourth_payment_starts_a_new_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = "0103599999022,ห้างหุ้นส่วนจำกัด สมมติการช่าง,{day}/04/2569,3,1000,30,ค่าบริการ,1\n"
    table = rows(
        tmp_path,
        "payee_id,first_name,paid_date,rate,amount,tax,income,condition\n"
        + "".join(one.format(day=day) for day in (1, 2, 3, 4)),
    )
    found = filed(
        capsys,
        "--form",
        "pnd53",
        "--period",
        "2569-04",
        "--payer",
        str(PAYER),
        "--rows",
        table,
        "--out",
        str(tmp_path),
    )
    head, first, second = Path(found["path"]).read_bytes().decode().splitlines()
    assert (found["rows"], found["records"], found["total_amount"]) == (4, 2, "4000.00")
    assert head.split("|")[17:20] == ["2", "4000.00", "120.00"]
    assert first.split("|")[8::6][:3] == ["01042569", "02042569", "03042569"]
    assert second.split("|")[1] == "2" and second.split("|")[8] == "04042569"


@pytest.mark.parametrize(
    ("form", "layout", "yearly"),
    [(one.form, one.name, one.yearly) for one in load_layouts(paths.forms_dir()).values() if not one.report],
)
def test_the_template_itself_makes_a_file(
    form: str, layout: str, yearly: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--form", form, "--layout", layout, "--out", str(tmp_path)]
    template = filed(capsys, *chosen, "--template")
    head, remarks, example = Path(template["path"]).read_text("utf-8-sig").splitlines()
    assert head.split(",") == [column["id"] for column in template["columns"]]
    assert remarks.startswith("# ") and example
    period = "2569" if yearly else "2569-04"
    given = ["--period", period, "--payer", template["payer"], "--rows", template["path"]]
    found = filed(capsys, *chosen, *given)
    assert found["rows"] == 1 and Path(found["path"]).stat().st_size
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
