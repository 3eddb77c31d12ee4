"""Reference tables answer what a person types."""

import pytest

from chutdiao import paths
from chutdiao.formlib.reference import CsvTables


@pytest.fixture(scope="module")
def tables() -> CsvTables:
    return CsvTables(paths.forms_dir())


@pytest.mark.parametrize(
    ("table", "typed", "first"),
    [
        ("tsic", "กาแฟ", "56302"),
        ("tsic", "ร้านกาแฟ", "56302"),
        ("tsic", "56302", "56302"),
        ("tsic", "๕๖๓๐๒", "56302"),
        ("tsic", "ร้านอาหาร", "56101"),
        ("areas", "เชิงดอย", "500501"),
        ("areas", "ต.เชิงดอย", "500501"),
        ("areas", "เชิงดอย เชียงใหม่", "500501"),
        ("areas", "choeng doi", "500501"),
        ("areas", "50220", "500501"),
        ("areas", "ดอยสะเก็ด", "500501"),
        ("provinces", "เชียงใหม่", "50"),
        ("districts", "พระโขนง", "1009"),
        ("countries", "", "TH"),
        ("countries", "japan", "JP"),
        ("banks", "กสิกร", "004"),
        ("banks", "KBANK", "004"),
        ("titles", "น.ส.", "นางสาว"),
    ],
)
def test_the_best_answer_comes_first(tables: CsvTables, table: str, typed: str, first: str) -> None:
    assert tables.find(table, typed)[0].code == first


def test_coffee_activities_all_come(tables: CsvTables) -> None:
    found = [row.code for row in tables.find("tsic", "กาแฟ")]
    assert set(found[:2]) == {"56302", "56303"}
    assert {"10761", "46318", "01272"} <= set(found)


def test_only_whole_activities_are_offered(tables: CsvTables) -> None:
    assert all(len(row.code) == 5 and row.code.isdigit() for row in tables.find("tsic", "", limit=2000))


def test_an_area_brings_its_postcode_district_and_province(tables: CsvTables) -> None:
    row = tables.row("areas", "500501")
    assert row is not None
    assert row.label.th == "ต.เชิงดอย อ.ดอยสะเก็ด จ.เชียงใหม่"
    assert dict(row.extra) == {"postcodes": "50220", "district": "5005", "province": "50"}


def test_bangkok_has_its_own_words(tables: CsvTables) -> None:
    row = tables.row("areas", "100101")
    assert row is not None
    assert row.label.th == "แขวงพระบรมมหาราชวัง เขตพระนคร กรุงเทพมหานคร"


def test_every_area_lies_in_a_known_district_and_province(tables: CsvTables) -> None:
    for row in tables.find("areas", "", limit=10_000):
        extra = dict(row.extra)
        assert tables.holds("districts", extra["district"]) and tables.holds("provinces", extra["province"])
        assert all(len(code) == 5 for code in extra["postcodes"].split())


def test_nothing_is_found_where_there_is_nothing(tables: CsvTables) -> None:
    assert tables.find("areas", "ไม่มีที่นี่แน่นอน") == []
    assert tables.find("no-such-table", "x") == []
    assert tables.row("tsic", "99999") is None
    assert not tables.holds("no-such-table", "x")
    assert tables.label("tsic", "99999") == "99999"


def test_a_limit_is_kept(tables: CsvTables) -> None:
    assert len(tables.find("areas", "บ้าน", limit=7)) == 7
