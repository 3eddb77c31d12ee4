"""The meta-schemas that editors and ``forms check`` share are schemas, and say what the code reads."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from chutdiao import paths
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.formlib import tree
from chutdiao.formlib.shape import check_shape
from chutdiao.formlib.source import read_yaml

SCHEMAS = sorted((paths.forms_dir() / "schema").glob("*.schema.json"))


def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (paths.forms_dir() / "schema" / f"{name}.schema.json").read_text("utf-8")
    )
    return found


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_each_is_a_schema_of_2020_12(path: Path) -> None:
    import jsonschema_rs

    schema = json.loads(path.read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(schema)


def test_the_field_types_are_those_of_the_program() -> None:
    assert _schema("form")["$defs"]["fieldType"]["enum"] == [kind.value for kind in FieldType]


def test_every_key_of_a_field_and_a_form_is_one_the_program_reads() -> None:
    field = set(_schema("form")["$defs"]["field"]["properties"])
    assert field == {part.name for part in fields(Field)} - {"line"}
    form = set(_schema("form")["properties"])
    read = {part.name for part in fields(FormSpec)} - {"digest", "effective_from", "effective_to"}
    assert form == read | {"effective"}


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("facts", "facts.yaml"), ("agencies", "agencies.yaml"), ("catalogue", "catalogue.yaml"),
     ("journey", "journeys/*.yaml"), ("duties", "calendar/*.yaml"), ("layouts", "layouts/*.yaml"),
     ("events", "events/*.yaml"), ("documents", "documents.yaml"),
     ("parameters", "parameters/**/*.yaml"),
     ("worked", "parameters/*/cases.yaml"), ("form", "*/*/form.yaml"), ("print", "*/*/print.yaml"),
     ("cases", "*/*/cases.yaml"), ("migrations", "*/*/migrations.yaml")],
)  # fmt: skip
def test_what_is_shipped_fits_its_schema(name: str, pattern: str) -> None:
    schema = paths.forms_dir() / "schema" / f"{name}.schema.json"
    for path in paths.forms_dir().glob(pattern):
        worked = path.name == "cases.yaml" and path.parent.parent.name == "parameters"
        if path.parent.name != "schema" and worked == (name == "worked"):
            assert check_shape(read_yaml(path, tree.name_in(paths.forms_dir(), path)), schema) == []
