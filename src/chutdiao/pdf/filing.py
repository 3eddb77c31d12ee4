"""Who files a form, where, and with which documents, read from its answers."""

from collections.abc import Mapping

from chutdiao.domain.check import FormState
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import Json
from chutdiao.domain.typed import show_value


def applicant_of(form: FormSpec, state: FormState) -> tuple[str, str]:
    """The name and identity number of who files: the first of each that the form asks."""
    return _first(form, state, FieldType.NAME), _first(form, state, FieldType.IDENTITY)


def _first(form: FormSpec, state: FormState, kind: FieldType) -> str:
    for field in form.fields():
        answer = state.fields[field.id]
        if field.type is kind and answer.visible and answer.value:
            return _shown(field, answer.value)
    return ""


def _shown(field: Field, value: Json) -> str:
    return show_value(field, value, "th", lambda _table, code: code)


def office_of(form: FormSpec, state: FormState, agencies: Mapping[str, Json]) -> str:
    """Where it is filed: the local authority the answers name, else the agency of the form."""
    named = state.fields.get("authority_name")
    if named is not None and named.visible and named.value:
        kind = state.fields.get("authority_kind")
        labels = {choice.code: choice.label.th for choice in kind.choices} if kind is not None else {}
        return labels.get(str(kind.value) if kind is not None else "", "") + str(named.value)
    agency = agencies.get(form.agency)
    title = agency.get("title") or agency.get("name") if isinstance(agency, dict) else None
    if isinstance(title, dict):
        return str(title.get("th", form.agency))
    return form.agency
