"""Whether the papers of one pack say the same: an officer compares them first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chutdiao.app.ports import Draft
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Context, evaluate, filled
from chutdiao.domain.form import FieldType, FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json
from chutdiao.domain.text import LocalText
from chutdiao.domain.typed import show_value

# Facts of the business and of its place are one for all papers; a person's differ by who fills them.
_SHARED = ("business.", "premises.")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One fact that papers tell differently: what each form says, as shown in Thai."""

    label: LocalText
    said: tuple[tuple[str, str], ...]


def disagreements(ws: Workspace, drafts: Iterable[Draft]) -> tuple[Disagreement, ...]:
    """Every fact on which the drafts differ, in the order in which it is first asked."""
    told: dict[str, list[tuple[FormSpec, Json, str]]] = {}
    labels: dict[str, LocalText] = {}
    for draft in drafts:
        try:
            form = ws.shelf.load(draft.form, draft.version)
        except ChutdiaoError:
            continue  # it cannot be opened, which its own card says
        for fact, (label, value, shown) in _facts(ws, form, draft.answers).items():
            labels.setdefault(fact, label)
            told.setdefault(fact, []).append((form, value, shown))
    return tuple(
        Disagreement(labels[fact], tuple((form.code or form.title.th, shown) for form, _, shown in said))
        for fact, said in told.items()
        if any(value != said[0][1] for _, value, _ in said)
    )


def _facts(
    ws: Workspace, form: FormSpec, answers: Mapping[str, Json]
) -> dict[str, tuple[LocalText, Json, str]]:
    state = evaluate(form, dict(answers), Context(ws.clock.now().date(), ws.parameters))
    found: dict[str, tuple[LocalText, Json, str]] = {}
    for field in form.fields():
        held = state.fields[field.id]
        if field.type is FieldType.TABLE or not field.bind.startswith(_SHARED):
            continue
        if held.visible and filled(held.value):
            shown = show_value(field, held.value, "th", lambda table, code: _label(ws, table, code))
            found.setdefault(field.bind, (held.label, _plain(field.type, held.value), shown))
    return found


def _plain(kind: FieldType, value: Json) -> Json:
    """Amounts typed with and without satang are the same amount."""
    if kind in (FieldType.MONEY, FieldType.NUMBER) and isinstance(value, str) and "." in value:
        return value.rstrip("0").rstrip(".")
    return value


def _label(ws: Workspace, table: str, code: str) -> str:
    row = ws.tables.row(table, code)
    return row.label.th if row is not None else code
