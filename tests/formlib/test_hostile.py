"""Whatever is put in, the answer is a form or problems, never a crash."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chutdiao import paths
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.form import FormSpec
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.formlib import index
from chutdiao.formlib.filling import fit, read_data, readable
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.formlib.source import read_yaml
from chutdiao.pdf.render import sheet_pdf

from .conftest import F, Library

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)
YAMLISH = st.text(alphabet="ab: -[]{}&*!|>?#'\"\n\t,%@ก้๑\u200b\x07", max_size=60)
SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@given(YAMLISH)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        read_yaml(text, "any.yaml")
    except ChutdiaoError as error:
        assert all(problem.place.startswith("any.yaml:") for problem in error.problems)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    for read in (read_yaml, read_data):
        try:
            read(path)
        except ChutdiaoError as error:
            assert error.problems


def _answers(form: FormSpec) -> st.SearchStrategy[dict[str, Any]]:
    """Answers that open the form up, with anything at all in some of its fields."""
    ids = [question.id for question in form.fields()]
    return st.dictionaries(st.sampled_from(ids), JSON, max_size=6)


@given(st.data())
@QUICK
def test_any_json_is_filled_with_problems_and_still_printed(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(["tp", "food-notification", "pp01", "pp01-2", "boj5"]))
    form = SHELF.load(row)
    sample = json.loads((paths.resources_dir() / "samples" / f"{row}.json").read_text("utf-8"))
    answers, problems = fit(form, {**sample, **data.draw(_answers(form))})
    context = Context(data.draw(st.dates()), SHELF.parameters())
    state = evaluate(form, answers, context, tables=TABLES.holds)
    assert all(problem.code for problem in (*problems, *state.problems))
    printed = evaluate(form, readable(answers, state.problems), context, tables=TABLES.holds)
    assert sheet_pdf(form, printed, SHELF.print_map(form.id), TABLES).startswith(b"%PDF")


def test_a_bomb_in_one_package_leaves_the_rest_standing(library: Library) -> None:
    for name, text in {
        "big": "a: " + "x" * 1_100_000,
        "deep": "a: " + "[" * 5_000,
        "laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "code": "a: !!python/object/apply:os.system [echo]\n",
    }.items():
        library.write(f"bombs/{name}/form.yaml", text)
    codes = {problem.place.split("/")[2]: problem.code for problem in library.check().problems}
    assert codes == {
        "big": "yaml.too-large",
        "deep": "yaml.too-deep",
        "laughs": "yaml.anchor",
        "code": "yaml.tag",
    }
    assert [row["id"] for row in index.build(library.folder).index["forms"]] == ["sample"]
    assert Shelf(library.folder).load("sample").id == library.file(F).parent.name
