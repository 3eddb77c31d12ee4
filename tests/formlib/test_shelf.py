"""The shelf serves the built index, builds again when a source changed, and survives damage."""

import json
import os
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.domain.form import FieldType
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.formlib import index
from chutdiao.formlib.shelf import Shelf

from .conftest import F, Library


def test_the_index_lists_what_the_library_holds(library: Library) -> None:
    shelf = Shelf(library.folder)
    form = shelf.index()["forms"][0]
    assert (form["id"], form["version"], form["agency"], form["channels"]) == (
        "sample",
        "2569.1",
        "rd",
        ["portal", "paper"],
    )
    assert set(shelf.agencies()) == {"rd"}
    assert set(shelf.facts()) == {"business.capital", "person.name"}
    assert [row["id"] for row in shelf.index()["services"]] == ["sample-service"]
    assert [row["id"] for row in shelf.index()["journeys"]] == ["open-sample"]


def test_a_form_loads_with_facts_labels_and_numbers(library: Library) -> None:
    form = Shelf(library.folder).load("sample")
    capital = form.field("capital")
    assert capital is not None and capital.label.th == "ทุน"
    partners = form.field("partners")
    assert partners is not None and partners.rows is not None
    assert (partners.rows.max, partners.rows.paste) == (5, ("partner", "share"))
    assert [column.type for column in partners.columns] == [FieldType.NUMBER, FieldType.NAME, FieldType.MONEY]
    assert len(form.digest) == 64


def test_built_and_read_again_is_the_same_form(library: Library) -> None:
    assert Shelf(library.folder).load("sample") == Shelf(library.folder, watch=False).load("sample")


def test_a_changed_source_is_built_again_in_a_checkout_only(library: Library) -> None:
    Shelf(library.folder).index()
    library.spoil(F, "Sample form", "Renamed form")
    os.utime(library.file(F), ns=(1, 1))
    assert Shelf(library.folder, watch=False).load("sample").title.en == "Sample form"
    assert Shelf(library.folder, watch=True).load("sample").title.en == "Renamed form"


def test_a_folder_that_cannot_be_written_still_serves(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(index, "write", refuse)
    shelf = Shelf(library.folder)
    assert shelf.load("sample").id == "sample"
    assert shelf.print_map("sample")["sheet"] == {"omit": ["activity"]}
    assert not (library.folder / ".built").exists()


def test_a_damaged_index_is_built_again(library: Library) -> None:
    Shelf(library.folder).index()
    (library.folder / ".built" / "index.json").write_text("{half", "utf-8")
    assert Shelf(library.folder, watch=False).load("sample").id == "sample"


def test_a_damaged_form_is_a_problem(library: Library) -> None:
    Shelf(library.folder).index()
    (library.folder / ".built" / "forms" / "sample@2569.1.json").write_text("", "utf-8")
    with pytest.raises(ChutdiaoError) as caught:
        Shelf(library.folder, watch=False).load("sample")
    assert caught.value.problems[0].code == "shelf.damaged"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda shelf: shelf.load("gone"), "shelf.unknown-form"),
        (lambda shelf: shelf.load("sample", "1"), "shelf.unknown-version"),
        (lambda shelf: shelf.journey("gone"), "shelf.unknown-journey"),
    ],
)
def test_what_is_not_there_is_a_problem(library: Library, ask: object, code: str) -> None:
    with pytest.raises(ChutdiaoError) as caught:
        ask(Shelf(library.folder))  # type: ignore[operator]
    assert caught.value.problems[0].code == code


def test_a_form_that_does_not_load_leaves_the_others(library: Library) -> None:
    library.write(
        "rd/broken/form.yaml",
        "id: broken\nversion: 1\nsections: [{id: a, fields: [{id: x, type: nothing}]}]\n",
    )
    built = index.build(library.folder)
    assert [problem.code for problem in built.problems] == ["form.wrong-type"]
    assert [row["id"] for row in built.index["forms"]] == ["sample"]


def test_older_versions_stay_on_the_shelf_with_their_migration(library: Library) -> None:
    old = library.file(F).read_text("utf-8").replace("2569.1", "2568.10").replace("2026-01-01", "2025-01-01")
    library.write("rd/sample/form@2568.10.yaml", old)
    library.write(
        "rd/sample/migrations.yaml",
        "- {from: 2568.10, to: 2569.1, severity: cosmetic, kept: [kind], say: {th: ก, en: A}}\n",
    )
    shelf = Shelf(library.folder)
    assert shelf.versions("sample") == ["2568.10", "2569.1"]
    assert shelf.load("sample").version == "2569.1"
    assert shelf.load("sample", "2568.10").version == "2568.10"
    record = shelf.migration("sample", "2568.10", "2569.1")
    assert record is not None and record["kept"] == ["kind"]
    assert shelf.migration("sample", "2569.1", "2568.10") is None


def test_the_digest_is_of_what_was_written_not_of_how(library: Library) -> None:
    before = Shelf(library.folder).load("sample").digest
    library.write(F, "# a remark\n" + library.file(F).read_text("utf-8"))
    assert Shelf(library.folder, watch=True).load("sample").digest == before
    library.spoil(F, "ทุนน้อยไป", "ทุนน้อยเกินไป")
    assert Shelf(library.folder, watch=True).load("sample").digest != before


def test_a_last_day_given_later_leaves_the_digest_as_drafts_have_it(library: Library) -> None:
    before = Shelf(library.folder).load("sample")
    day = before.effective_from
    text = library.file(F).read_text("utf-8")
    assert text.count(f"effective: {{from: {day}}}") == 1
    library.write(F, text.replace(f"{{from: {day}}}", f"{{from: {day}, to: 2099-12-31}}"))
    closed = Shelf(library.folder, watch=True).load("sample")
    assert (closed.effective_to, closed.digest) == ("2099-12-31", before.digest)
    library.spoil(F, f"from: {day}", "from: 2000-01-01")
    assert Shelf(library.folder, watch=True).load("sample").digest != before.digest


def test_an_unstamped_index_is_for_shipping(library: Library, tmp_path: Path) -> None:
    built = index.build(library.folder, stamped=False)
    index.write(built, tmp_path / "out")
    assert json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["sources"] == {}


def test_the_shipped_shelf_loads_every_form_and_journey() -> None:
    shelf = Shelf(paths.forms_dir())
    for row in shelf.index()["forms"]:
        form = shelf.load(row["id"], row["version"])
        assert form.fields() and form.title.th and form.title.en
    for row in shelf.index()["journeys"]:
        assert shelf.journey(row["id"]).id == row["id"]
    assert "vat.threshold" in shelf.parameters()


def test_the_law_is_read_once_until_it_is_built_again(library: Library) -> None:
    shelf = Shelf(library.folder)
    held = shelf.parameters()
    assert shelf.parameters() is held
    shelf.rebuild()
    assert shelf.parameters() is not held
