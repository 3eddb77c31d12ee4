"""A draft opened for filling: its form, its session and where prefilled answers came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chutdiao.app.ports import Business, Draft, FactValue
from chutdiao.app.prefill import prefill
from chutdiao.app.session import FormSession
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Context
from chutdiao.domain.form import Field, FormSpec
from chutdiao.domain.problem import Json
from chutdiao.domain.text import LocalText


@dataclass(slots=True)
class OpenedForm:
    """``origins`` are the facts that prefilled answers still equal; ``agency`` is its name.

    ``draft`` is as it was loaded; ``session.draft()`` has the answers as they stand.
    """

    session: FormSession
    form: FormSpec
    business: Business
    origins: Mapping[str, FactValue]
    agency: LocalText

    draft: Draft


def open_form(ws: Workspace, draft_id: str) -> OpenedForm:
    """Load a draft with everything its pages need; reads only."""
    draft = ws.drafts.get(draft_id)
    form = ws.shelf.load(draft.form, draft.version)
    business = ws.businesses.get(draft.business)
    session = FormSession(form, draft, Context(ws.clock.now().date(), ws.parameters), known_code(ws))
    agency = agency_name(ws, form.agency, draft.answers)
    return OpenedForm(session, form, business, _origins(ws, business, form, draft), agency, draft)


def known_code(ws: Workspace) -> Callable[[str, str], bool]:
    """Whether a reference table holds a code."""

    def holds(table: str, code: str) -> bool:
        return ws.tables.row(table, code) is not None

    return holds


def _origins(ws: Workspace, business: Business, form: FormSpec, draft: Draft) -> dict[str, FactValue]:
    _, origins = prefill(ws, business, form)
    return {
        place: fact
        for place, fact in origins.items()
        if draft.answers.get(place) is not None and draft.answers.get(place) == fact.value
    }


def agency_name(ws: Workspace, agency: str, answers: Mapping[str, Json] | None = None) -> LocalText:
    """The name of an agency; a local authority is named by what the answers say of it."""
    local = agency.startswith("local_authority(")
    entry = ws.shelf.agencies().get("local-authority" if local else agency)
    if not isinstance(entry, dict):
        return LocalText.of(agency)
    if local and answers:
        named = _local_name(entry, answers)
        if named is not None:
            return named
    return _text(entry.get("name"), agency)


def _local_name(entry: Mapping[str, Json], answers: Mapping[str, Json]) -> LocalText | None:
    kinds, kind = entry.get("types"), answers.get("authority_kind")
    name = answers.get("authority_name")
    if not isinstance(kinds, dict) or not isinstance(name, str) or not name:
        return None
    before = _text(kinds.get(str(kind)), "")
    if before.th and name.startswith(before.th):
        return LocalText.of(name)
    return LocalText(f"{before.th}{name}", f"{before.en} {name}".strip())


def _text(given: Json, otherwise: str) -> LocalText:
    if isinstance(given, dict):
        return LocalText(str(given.get("th", otherwise)), str(given.get("en", given.get("th", otherwise))))
    return LocalText.of(given if isinstance(given, str) else otherwise)


def label_at(form: FormSpec, place: str) -> LocalText:
    """The label of the field or column an answer path names."""
    head, _, column = place.partition("].")
    found: Field | None = form.field(head.split("[")[0].split(".")[0])
    if found is None:
        return LocalText.of(place)
    if column:
        found = next((c for c in found.columns if c.id == column), found)
    return found.label


def section_of(form: FormSpec, place: str) -> str:
    """The id of the section a place stands in; the first where the place is none of the form's."""
    name = place.split("[")[0].split(".")[0]
    for section in form.sections:
        if any(field.id == name for field in section.fields):
            return section.id
    return form.sections[0].id
