"""Ready rows a form offers for a table: standard wordings chosen by an answer."""

from collections.abc import Mapping

from chutdiao.app.ports import ReferenceTables
from chutdiao.app.session import FormSession
from chutdiao.domain.check import ROW, filled
from chutdiao.domain.form import Field
from chutdiao.domain.problem import Json

_MOST = 10_000


def offered_rows(table: Field, answers: Mapping[str, Json], tables: ReferenceTables) -> list[dict[str, Json]]:
    """The rows the answers call for, in the reference table's order, without those there already."""
    offer = table.rows.offer if table.rows else None
    if offer is None:
        return []
    chosen = answers.get(offer.by)
    sets = {str(code) for code in chosen} if isinstance(chosen, list) else {str(chosen)}
    held = answers.get(table.id)
    present = (
        {row.get(offer.into) for row in held if isinstance(row, dict)} if isinstance(held, list) else set()
    )
    found = tables.find(offer.table, "", _MOST)
    texts = [row.label.th for row in found if dict(row.extra).get("set") in sets]
    return [{offer.into: text} for text in texts if text not in present]


def add_offered(session: FormSession, table: str, tables: ReferenceTables) -> int:
    """Add the ready rows after those that say something; returns how many were added."""
    spec = session.form.field(table)
    rows = offered_rows(spec, session.answers, tables) if spec is not None else []
    if rows:
        held = session.answers.get(table)
        kept = [row for row in held if _says_something(row)] if isinstance(held, list) else []
        session.set(table, [*kept, *rows])
    return len(rows)


def _says_something(row: Json) -> bool:
    return isinstance(row, dict) and any(filled(value) for key, value in row.items() if key != ROW)
