"""The data part of a form as plain JSON Schema 2020-12: what ``fill`` takes and the wire carries."""

from collections.abc import Callable, Iterable

from chutdiao.domain.check import ADDRESS_PARTS
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import Json

Schema = dict[str, Json]
_TEXT: Schema = {"type": "string"}
_DIGITS_OF = {"natural": "^[0-9]{13}$", "juristic": "^[0-9]{13}$"}
_FILE: Schema = {
    "type": "object",
    "properties": {
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "name": _TEXT,
        "size": {"type": "integer", "minimum": 1},
        "type": _TEXT,
    },
    "required": ["sha256", "name", "size", "type"],
    "additionalProperties": False,
}


def data_schema(form: FormSpec) -> Schema:
    """The schema of a form's answers; conditions of the form are not part of it."""
    always = {section.id for section in form.sections if not section.show}
    fields = [(section.id in always, question) for section in form.sections for question in section.fields]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:chutdiao:form:{form.id}:{form.version}",
        "title": f"{form.code} {form.title.th}".strip(),
        "description": form.title.en,
        **_object(question for _, question in fields if question.type is not FieldType.SIGNATURE),
        "required": [question.id for shown, question in fields if shown and _always_needed(question)],
    }


def _object(fields: Iterable[Field]) -> Schema:
    return {
        "type": "object",
        "properties": {question.id: _described(question) for question in fields},
        "additionalProperties": False,
    }


def _always_needed(question: Field) -> bool:
    return question.required == "yes" and not question.show and not question.value


def _described(question: Field) -> Json:
    schema: Schema = {
        "title": question.label.th,
        "description": question.label.en,
        **_SHAPES[question.type](question),
    }
    if question.value:
        schema["readOnly"] = True
    if question.item:
        schema["$comment"] = question.item
    return schema


def _text(_: Field) -> Schema:
    return dict(_TEXT)


def _identity(question: Field) -> Schema:
    pattern = _DIGITS_OF.get(question.of, "^[0-9A-Za-z]+$")
    return {"type": "string", "pattern": pattern}


def _money(_: Field) -> Schema:
    return {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,2})?$"}


def _number(question: Field) -> Schema:
    fraction = "" if question.whole else r"(\.[0-9]+)?"
    if not question.whole and question.decimals is not None:
        fraction = rf"(\.[0-9]{{1,{question.decimals}}})?" if question.decimals else ""
    return {"type": "string", "pattern": f"^-?[0-9]+{fraction}$"}


def _choice(question: Field) -> Schema:
    return {"type": "string", "enum": [choice.code for choice in question.choices]}


def _choices(question: Field) -> Schema:
    return {"type": "array", "items": _choice(question), "uniqueItems": True}


def _parts(*names: str) -> Callable[[Field], Schema]:
    parts: Schema = {name: dict(_TEXT) for name in names}
    return lambda _: {"type": "object", "properties": parts, "additionalProperties": False}


def _files(question: Field) -> Schema:
    most = question.limits.files if question.limits else 1
    return {"type": "array", "items": _FILE, "maxItems": most}


def _table(question: Field) -> Schema:
    row = _object(question.columns)
    properties = row["properties"]
    assert isinstance(properties, dict)
    row["properties"] = {"_row": {"type": "string", "description": "Names the row for good."}, **properties}
    row["required"] = ["_row"]
    schema: Schema = {"type": "array", "items": row}
    if question.rows:
        schema["maxItems"] = question.rows.max
    return schema


_SHAPES: dict[FieldType, Callable[[Field], Schema]] = {
    FieldType.TEXT: _text,
    FieldType.NAME: _parts("title", "first", "last", "full"),
    FieldType.IDENTITY: _identity,
    FieldType.BRANCH: lambda _: {"type": "string", "pattern": "^[0-9]{5}$"},
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
    FieldType.DATE: lambda _: {"type": "string", "format": "date"},
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.REFERENCE: _text,
    FieldType.ADDRESS: _parts(*ADDRESS_PARTS),
    FieldType.PHONE: lambda _: {"type": "string", "pattern": "^[0-9]+$"},
    FieldType.EMAIL: lambda _: {"type": "string", "format": "email"},
    FieldType.FILE: _files,
    FieldType.SIGNATURE: _text,
    FieldType.TABLE: _table,
}
