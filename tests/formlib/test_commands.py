"""``forms`` and ``fill`` as a user runs them: JSON, exit codes, and paper even where something is to mend."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chutdiao import paths
from chutdiao.__main__ import main
from chutdiao.domain.problem import ProblemTexts
from chutdiao.formlib.filling import MAX_BYTES
from chutdiao.formlib.shelf import Shelf

from .conftest import F, Library

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main([*map(str, words), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


def _data(folder: Path, content: object) -> Path:
    path = folder / "data.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def test_list_names_forms_services_journeys_and_facts(run: Run) -> None:
    code, result = run("forms", "list")
    assert code == 0
    assert {"tp", "food-notification", "pp01", "boj5"} <= {form["id"] for form in result["forms"]}
    assert set(result["forms"][0]) == {"id", "version", "title", "agency", "channels"}
    assert result["services"] and result["journeys"] and result["facts"]


def test_the_shipped_library_is_sound(run: Run) -> None:
    code, result = run("forms", "check", "--language", "en")
    assert [problem for problem in result["problems"] if problem["level"] == "stop"] == []
    assert code == 0
    assert result["counts"]["cases"] > 50


def test_check_answers_one_for_a_mistake(run: Run, library: Library) -> None:
    line = library.spoil(F, "type: date", "type: datum")
    code, result = run("forms", "check", "--forms", library.folder, "--language", "en")
    assert code == 1
    problem = result["problems"][0]
    assert problem["place"].startswith(f"forms/{F}:{line}:")
    assert problem["message"] == "There is no field type datum"
    assert problem["cure"].startswith("Choose one of")


def test_check_compares_print_maps_with_blanks(run: Run, library: Library, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    blank = Canvas(str(tmp_path / "sample.pdf"))
    blank.acroForm.textfield(name="Other", x=10, y=10)
    blank.showPage()
    blank.save()
    library.spoil("rd/sample/print.yaml", "  fields: [Text1, Text2, Group1]\n", "")
    _, result = run("forms", "check", "--forms", library.folder, "--blanks", tmp_path)
    codes = [problem["code"] for problem in result["problems"]]
    assert codes.count("print.no-such-blank-field") == 3
    assert "print.other-blank" in codes


def test_schema_is_json_schema_and_takes_a_form_s_own_answers(run: Run, library: Library) -> None:
    import jsonschema_rs

    code, schema = run("forms", "schema", "sample", "--forms", library.folder)
    assert code == 0
    jsonschema_rs.meta.validate(schema)
    valid = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    row = {"_row": "r1", "partner": {"full": "ก"}, "share": "10.50"}
    assert valid.is_valid({"kind": "shop", "capital": "5000", "opened": "2026-01-31", "partners": [row]})
    for wrong in (
        {},
        {"kind": "cart"},
        {"kind": "shop", "capital": 5000},
        {"kind": "shop", "capital": "1.005"},
        {"kind": "shop", "opened": "31/1/2569"},
        {"kind": "shop", "partners": [{"share": "1"}]},
        {"kind": "shop", "colour": "red"},
    ):
        assert not valid.is_valid(wrong), wrong


def test_every_shipped_form_has_a_valid_schema(run: Run) -> None:
    import jsonschema_rs

    for form in run("forms", "list")[1]["forms"]:
        jsonschema_rs.meta.validate(run("forms", "schema", form["id"])[1])


def test_build_writes_the_index(run: Run, library: Library) -> None:
    code, result = run("forms", "build", "--forms", library.folder)
    assert code == 0
    assert "forms/sample@2569.1.json" in result["files"]
    assert (Path(result["path"]) / "index.json").is_file()


def test_fill_writes_paper_and_lists_what_is_to_mend(run: Run, tmp_path: Path) -> None:
    data = _data(tmp_path, {"request": "new", "capital": 50000.25, "colour": "red", "owner_age": "33"})
    out = tmp_path / "out.pdf"
    code, result = run("fill", "tp", "--data", data, "--pdf", out)
    assert code == 1
    assert out.read_bytes().startswith(b"%PDF")
    assert result["path"] == str(out) and result["pages"] >= 1 and result["on"] == "sheet"
    found = {(problem["code"], problem["place"]): problem for problem in result["problems"]}
    assert found["fill.unknown-key", "colour"]["level"] == "stop"
    assert found["fill.computed", "owner_age"]["level"] == "warn"
    assert ("required", "owner_name") in found
    assert set(found["fill.unknown-key", "colour"]) == {"code", "place", "message", "cure", "level"}


def test_fill_names_the_row_of_a_wrong_column(run: Run, tmp_path: Path) -> None:
    data = _data(tmp_path, {"request": "new", "activities": [{"activity": "ขายกาแฟ"}, {"activty": "ขายขนม"}]})
    _, result = run("fill", "tp", "--data", data, "--pdf", tmp_path / "o.pdf", "--language", "en")
    wrong = [problem for problem in result["problems"] if problem["code"] == "fill.unknown-key"]
    assert [problem["place"] for problem in wrong] == ["activities[r2].activty"]
    assert "activity" in wrong[0]["cure"]


@pytest.mark.parametrize(
    "answers",
    [
        {"activities": "ขายกาแฟ"},
        {"activities": [["ขายกาแฟ"]]},
        {"owner_name": ["สมชาย"]},
        {"owner_address": "เชียงใหม่"},
        {"capital": {"baht": "1"}},
        {"changed_items": "1"},
        {"start_date": "31 ก.พ. 2569"},
        {"capital": "ห้าหมื่น"},
        {"request": "maybe"},
    ],
)
def test_a_wrong_shape_is_a_problem_with_its_place(run: Run, tmp_path: Path, answers: dict[str, Any]) -> None:
    data = _data(tmp_path, {"request": "new", **answers})
    code, result = run("fill", "tp", "--data", data, "--pdf", tmp_path / "o.pdf")
    assert code == 1
    place = next(iter(answers))
    told = [p for p in result["problems"] if p["place"].startswith(place) and p["code"] != "required"]
    assert told or place == "changed_items", result["problems"]
    assert (tmp_path / "o.pdf").is_file()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "fill.not-json"),
        ("[1]", "fill.not-an-object"),
        ('{"a": NaN}', "fill.not-json"),
        ("[" * 100_000, "fill.not-json"),
        ("{}" + " " * MAX_BYTES, "fill.too-large"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_two(run: Run, tmp_path: Path, content: str, code: str) -> None:
    ended, result = run("fill", "tp", "--data", _data(tmp_path, content), "--pdf", tmp_path / "o.pdf")
    assert ended == 2
    assert result["problems"][0]["code"] == code
    assert not (tmp_path / "o.pdf").exists()


def test_what_is_not_there_ends_with_two(run: Run, tmp_path: Path) -> None:
    data = _data(tmp_path, {})
    assert run("fill", "nothing", "--data", data, "--pdf", tmp_path / "o.pdf")[0] == 2
    assert run("fill", "tp", "--data", tmp_path / "gone.json", "--pdf", tmp_path / "o.pdf")[0] == 2
    ended, result = run("fill", "tp", "--data", data, "--pdf", tmp_path / "gone" / "o.pdf")
    assert (ended, result["problems"][0]["code"]) == (2, "fill.not-written")
    ended, _ = run(
        "fill", "pp01", "--data", data, "--pdf", tmp_path / "o.pdf", "--blank", tmp_path / "gone.pdf"
    )
    assert ended == 2


def test_answers_that_do_not_fit_the_blank_are_to_mend(run: Run, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    described = Shelf(paths.forms_dir()).print_map("pp01")["blank"]
    assert isinstance(described, dict)
    blank = Canvas(str(tmp_path / "blank.pdf"))
    for entry in described["map"]:  # type: ignore[union-attr]
        blank.acroForm.textfield(name=entry["to"], x=10, y=10)  # type: ignore[index, call-overload]
    blank.showPage()
    blank.save()
    sample = json.loads((paths.resources_dir() / "samples" / "pp01.json").read_text("utf-8"))
    table, held = next(iter(described["overflow"].items()))  # type: ignore[union-attr]
    first = (sample.get(table) or [{}])[0]
    data = _data(tmp_path, {**sample, table: [{**first, "_row": f"r{n}"} for n in range(int(str(held)) + 1)]})
    out = tmp_path / "out.pdf"
    code, result = run("fill", "pp01", "--data", data, "--blank", tmp_path / "blank.pdf", "--pdf", out)
    assert (code, result["path"], result["pages"], result["on"]) == (1, "", 0, "blank")
    assert "blank.too-many-rows" in {problem["code"] for problem in result["problems"]}
    assert not out.exists()


@pytest.mark.parametrize("words", [["fill"], ["fill", "tp"], ["forms"], ["forms", "dance"]])
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2


def test_schema_without_a_form_ends_with_two(run: Run) -> None:
    ended, result = run("forms", "schema")
    assert (ended, result["problems"][0]["code"]) == (2, "forms.which")


def test_samples_fill_without_a_problem_that_stops(run: Run, tmp_path: Path) -> None:
    for sample in sorted((paths.resources_dir() / "samples").glob("*.json")):
        form = sample.stem
        if form not in {row["id"] for row in run("forms", "list")[1]["forms"]}:
            continue
        code, result = run("fill", form, "--data", sample, "--pdf", tmp_path / f"{form}.pdf")
        assert code == 0, result["problems"]


def test_every_code_of_the_library_has_its_sentences(texts: ProblemTexts) -> None:
    assert texts.codes("th") == texts.codes("en")
    assert {"form.unknown-name", "yaml.too-deep", "cases.failed", "fill.unknown-key"} <= texts.codes()
