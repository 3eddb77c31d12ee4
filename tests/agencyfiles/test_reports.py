"""Tax reports as spreadsheets: their columns and sums, e-Tax invoices as rows, hostile XML refused."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chutdiao import paths
from chutdiao.cli import run

PAYER = str(paths.resources_dir() / "samples" / "payer.json")
NAMES = (
    'xmlns:rsm="urn:etda:uncefact:data:standard:TaxInvoice_CrossIndustryInvoice:2" '
    'xmlns:ram="urn:etda:uncefact:data:standard:TaxInvoice_ReusableAggregateBusinessInformationEntity:2"'
)
INVOICE = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:TaxInvoice_CrossIndustryInvoice {names}>
 <rsm:ExchangedDocument>
  <ram:ID>{number}</ram:ID><ram:TypeCode>{code}</ram:TypeCode><ram:IssueDateTime>{day}</ram:IssueDateTime>
 </rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:ApplicableHeaderTradeAgreement>
   <ram:SellerTradeParty><ram:Name>ห้างหุ้นส่วนจำกัด สมมติการช่าง</ram:Name>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="TXID">{seller}</ram:ID></ram:SpecifiedTaxRegistration>
   </ram:SellerTradeParty>
   <ram:BuyerTradeParty><ram:Name>บริษัท สมมติทดลอง จำกัด</ram:Name>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="TXID">{buyer}</ram:ID></ram:SpecifiedTaxRegistration>
   </ram:BuyerTradeParty>
  </ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement>
   <ram:InvoiceCurrencyCode>{currency}</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    <ram:TaxBasisTotalAmount>{value}</ram:TaxBasisTotalAmount>{more}
    <ram:TaxTotalAmount>{vat}</ram:TaxTotalAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:TaxInvoice_CrossIndustryInvoice>
"""
USUAL = {
    "names": NAMES, "number": "IV6904001", "code": "388", "day": "2026-04-09T10:00:00.0",
    "seller": "010359999902200001", "buyer": "010559999901600000", "currency": "THB",
    "value": "10000.00", "vat": "700.00", "more": "",
}  # fmt: skip


def invoice(folder: Path, name: str, **changed: str) -> str:
    path = folder / name
    path.write_text(INVOICE.format(**{**USUAL, **changed}), "utf-8")
    return str(path)


def report(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = run(["tax", "report", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def cells(path: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def codes(found: dict[str, Any], kind: str = "warnings") -> list[str]:
    return [problem["code"] for problem in found[kind]]


def test_invoices_become_the_input_tax_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    difference = "<ram:DifferenceInformationAmount>1000.00</ram:DifferenceInformationAmount>"
    files = [
        invoice(tmp_path, "b.xml", number="IV2", code="T03", day="2026-04-20"),
        invoice(tmp_path, "a.xml"),
        # The evening of the 21st by the clock of Greenwich is the 22nd in Thailand.
        invoice(tmp_path, "c.xml", number="CN1", code="81", day="2026-04-21T18:00:00Z", more=difference,
                value="9000.00", vat="70.00"),
        invoice(tmp_path, "d.xml", number="R1", code="T01"),
    ]  # fmt: skip
    out = str(tmp_path / "report.xlsx")
    code, found = report(
        capsys, "--kind", "purchase", "--etax", *files, "--out", out, "--period", "2569-04", "--payer", PAYER
    )
    assert code == 0, found
    assert (found["rows"], found["total_amount"], found["total_tax"]) == (3, "19000.00", "1330.00")
    assert {"etax.signature", "etax.left-out"} <= set(codes(found))
    above, titles, rows = cells(out)[:4], cells(out)[4], cells(out)[5:]
    assert above[0][0] == "รายงานภาษีซื้อ" and "เมษายน พ.ศ. 2569" in above[1][0]
    assert "0-1055-99999-01-6" in above[3][0] and "สำนักงานใหญ่" in above[3][0]
    assert titles == (
        "ลำดับ", "วันที่ใบกำกับ", "เลขที่ใบกำกับ", "ชื่อผู้ขายสินค้า/ผู้ให้บริการ", "เลขประจำตัวผู้เสียภาษีอากร",
        "สถานประกอบการ สนญ./สาขาที่", "มูลค่าสินค้าหรือบริการ", "จำนวนเงินภาษีมูลค่าเพิ่ม",
    )  # fmt: skip
    seller = ("ห้างหุ้นส่วนจำกัด สมมติการช่าง", "0103599999022", "00001")
    assert rows[0] == (1, "09/04/2569", "IV6904001", *seller, 10000, 700)
    assert rows[1][:3] == (2, "20/04/2569", "IV2")
    assert rows[2] == (3, "22/04/2569", "CN1", *seller, -1000, -70)
    assert rows[3] == ("รวม", *[None] * 5, 19000, 1330)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"seller": "0103599999023"}, "cell.id-check"),
        ({"value": "NaN"}, "etax.amount"),
        ({"value": "1e999999"}, "etax.amount"),
        ({"day": "9 เม.ย."}, "etax.amount"),
        ({"currency": "USD"}, "etax.currency"),
        ({"buyer": "010359999902200000"}, "etax.buyer"),
        ({"number": ""}, "cell.missing"),
    ],
)
def test_an_invoice_that_cannot_be_entered(
    changed: dict[str, str], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [invoice(tmp_path, "good.xml"), invoice(tmp_path, "bad.xml", **changed)]
    out = tmp_path / "out" / "report.xlsx"
    result, found = report(
        capsys, "--kind", "purchase", "--etax", *files, "--out", str(out), "--payer", PAYER
    )
    assert result == 1 and codes(found, "problems") == [code]
    assert found["problems"][0]["place"].startswith("bad.xml") and not out.parent.exists()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"{ENTITIES}<x>&b;</x>", "etax.unsafe"),
        (f"{OUTSIDE}<x>&a;</x>", "etax.unsafe"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>', "etax.unsafe"),
        ("<x", "etax.not-xml"),
        ("", "etax.not-xml"),
        ("<x/>", "etax.not-etax"),
        (f"<r_CrossIndustryInvoice>{'<a>' * 5000}{'</a>' * 5000}</r_CrossIndustryInvoice>", "etax.not-etax"),
        ("<r_CrossIndustryInvoice/>", "etax.missing"),
    ],
)
def test_hostile_xml_is_refused(
    content: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.xml"
    path.write_text(content, "utf-8")
    out = str(tmp_path / "report.xlsx")
    result, found = report(capsys, "--kind", "purchase", "--etax", str(path), "--out", out)
    assert result == 1 and codes(found, "problems") == [code]


def test_sales_with_a_buyer_of_no_number_and_a_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "sales.csv"
    rows.write_text(
        "วันที่ใบกำกับภาษี,เลขที่ใบกำกับภาษี,buyer_name,partner_id,partner_branch,value,vat\n"
        '09/04/2569,1,"=HYPERLINK(""http://x"",""กด"")",,,100,7\n'
        "10/04/2569,2,ลูกค้าทั่วไป,,,1234567.89,86419.75\n",
        "utf-8",
    )
    out = str(tmp_path / "sales.xlsx")
    code, found = report(capsys, "--kind", "sales", "--rows", str(rows), "--out", out, "--period", "2569-04")
    assert code == 0 and found["total_amount"] == "1234667.89"
    page = openpyxl.load_workbook(out).active
    named = [cell for row in page.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [(cell.data_type, cell.value[:2]) for cell in named] == [("s", "'=")]
    assert page.title == "รายงานภาษีขาย" and page.freeze_panes == "A4"


def test_doubtful_claims_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "rows.csv"
    line = "{day},{number},บริษัท สมมติทดลอง จำกัด,0105599999016,0,100,7\n"
    lines = [
        ("09/04/2569", "A"),
        ("09/04/2569", "A"),
        ("09/05/2569", "B"),
        ("09/09/2568", "C"),
        ("09/10/2568", "D"),
    ]
    body = "".join(line.format(day=day, number=number) for day, number in lines)
    rows.write_text(
        "invoice_date,invoice_no,seller_name,partner_id,partner_branch,value,vat\n" + body, "utf-8"
    )
    given = ["--kind", "purchase", "--rows", str(rows), "--out", str(tmp_path / "r.xlsx")]
    code, found = report(capsys, *given, "--period", "2569-04")
    assert code == 0
    said = [
        (w["code"], w["message"].split()[1]) for w in found["warnings"] if w["code"].startswith("report.")
    ]
    assert said == [("report.twice", "A"), ("report.ahead", "B"), ("report.late", "C")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "tax.missing"),
        (["--kind", "both"], "tax.code"),
        (["--kind", "sales"], "tax.missing"),
        (["--kind", "sales", "--out", "x.xlsx"], "tax.missing"),
        (["--kind", "sales", "--out", "x.xlsx", "--etax", "x.xml"], "etax.sales"),
        (["--kind", "purchase", "--out", "x.xlsx", "--etax", "x.xml", "--rows", "x.csv"], "etax.both"),
        (["--kind", "purchase", "--out", "x.xlsx", "--etax", "none.xml"], "sheet.unreadable"),
    ],
)
def test_bad_report_options(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    result, found = report(capsys, *words)
    assert result == 1 and codes(found, "problems") == [code]
