"""Rules for print maps and migrations: they name fields that exist, once each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chutdiao.domain.blankmap import SHEET_NAMES, spread, targets
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Problem
from chutdiao.formlib.lint.document import check_document
from chutdiao.formlib.lint.draft import PARTS, Draft, Spot
from chutdiao.formlib.lint.expressions import compiled, unknown_parameters
from chutdiao.formlib.shape import nearest
from chutdiao.formlib.source import Items, Table, mark_of, place_of

_MISSING_FIELD = "print.item-without-field"
# The halves of a name that two boxes of a blank ask for: title with first name, and family name.
PRINTED_PARTS = PARTS | {"given", "family"}


# From a blank's file name to its SHA-256 and the names of its boxes, where the blank is at hand.
BoxesOf = Callable[[str], tuple[str, frozenset[str]] | None]


def check_print(
    draft: Draft, raw: Table, parameters: Parameters, boxes_of: BoxesOf | None = None
) -> Iterator[Problem]:
    """Items of our sheet and of the blank that stand for no field, and targets used twice."""
    for name in raw.get("sheet", {}).get("omit", ()):
        if name not in draft.names:
            yield Problem(_MISSING_FIELD, place_of(name), _near(name, draft.names))
    if "document" in raw:
        yield from check_document(draft, raw["document"], parameters)
    blank = raw.get("blank", {})
    if blank:
        yield from _blank(draft, blank, parameters, boxes_of)
    for attachment in blank.get("attachments", ()):
        yield from _attachment(draft, attachment, parameters)
        yield from _blank(draft, attachment, parameters, boxes_of)


def _attachment(draft: Draft, attachment: Table, parameters: Parameters) -> Iterator[Problem]:
    table = str(attachment.get("table", ""))
    if table and table not in draft.tables:
        yield Problem(_MISSING_FIELD, place_of(attachment["table"]), _near(table, draft.tables))
    for item in attachment.get("map", ()) if table else ():
        yield from _beyond(item, int(str(attachment.get("rows", 0))))
    yield from _expression(draft, attachment, "by", (table,) if table else (), parameters)
    yield from _expression(draft, attachment, "when", (), parameters)


def _beyond(item: Table, held: int) -> Iterator[Problem]:
    """A line for a row that no sheet has, or a template that stands for none."""
    if "table" in item:
        return  # of another table, whose rows the sheet does not deal out
    numbers = [int(str(line["row"])) for line in spread(item) if "row" in line]
    if ("rows" in item and not numbers) or any(not 1 <= number <= held for number in numbers):
        spot = item["rows"] if "rows" in item else item["row"]
        yield Problem("print.no-such-row", place_of(spot), {"row": str(spot), "held": str(held)})


def _blank(draft: Draft, blank: Table, parameters: Parameters, boxes_of: BoxesOf | None) -> Iterator[Problem]:
    inventory = {str(name) for name in blank.get("fields", ())}
    at_hand = boxes_of(str(blank.get("file", ""))) if boxes_of else None
    if at_hand is not None:
        inventory |= at_hand[1]
        if at_hand[0] not in blank["sha256"]:
            yield Problem("print.other-blank", place_of(blank["file"]), {"name": str(blank["file"])})
    drawn: dict[tuple[str, str, str], Any] = {}
    for item in blank.get("map", ()):
        yield from _mapped(draft, item, str(blank.get("table", "")), parameters)
        # A template that names one box for all rows leaves it to `when` which row is meant.
        for target in dict.fromkeys(target for line in spread(item) for target in targets(line)):
            spot = item["to"] if not isinstance(item["to"], Items) else item["to"][0]
            if inventory and target not in inventory:
                yield Problem("print.no-such-blank-field", place_of(spot), _near(target, inventory))
            key = (target, str(item.get("when", "")), str(item.get("state", "")))
            if key in drawn:
                values = {"name": target, "line": str(drawn[key].line)}
                yield Problem("print.target-twice", place_of(spot), values)
            drawn.setdefault(key, spot)


def _mapped(draft: Draft, item: Table, around: str, parameters: Parameters) -> Iterator[Problem]:
    table = str(item.get("table", "")) or around
    if "table" in item and table not in draft.tables:
        yield Problem(_MISSING_FIELD, place_of(item["table"]), _near(table, draft.tables))
    if "part" in item and item["part"] not in PRINTED_PARTS:
        yield Problem("print.unknown-part", place_of(item["part"]), _near(item["part"], PRINTED_PARTS))
    tables = (table,) if table else tuple(draft.tables)
    for key in ("value", "when"):
        yield from _expression(draft, item, key, tables, parameters)


def _expression(
    draft: Draft, item: Table, key: str, tables: tuple[str, ...], parameters: Parameters
) -> Iterator[Problem]:
    if key not in item:
        return
    known = draft.names_in(tables) | {"signatory", "filed_on"} | SHEET_NAMES
    mark = mark_of(item[key], item.mark)
    expression = compiled(Spot(str(item[key]), mark, key))
    if isinstance(expression, Problem):
        yield expression
        return
    for name in sorted(expression.names - known):
        yield Problem(_MISSING_FIELD, str(mark), _near(name, known))
    yield from unknown_parameters(expression, mark, parameters)


def check_migrations(draft: Draft, raw: Items, older: Mapping[str, Draft]) -> Iterator[Problem]:
    """Records that name versions or fields that are not there."""
    version = str(draft.raw["version"])
    for record in raw:
        start = str(record["from"])
        if record["to"] != version and record["to"] not in older:
            versions = [version, *older]
            yield Problem("migrations.unknown-version", place_of(record["to"]), _near(record["to"], versions))
        new = draft if record["to"] == version else older.get(str(record["to"]), draft)
        for name in (
            *record.get("renamed", {}).values(),
            *record.get("required", ()),
            *record.get("kept", ()),
        ):
            if name.split(".")[0] not in new.names:
                yield Problem("migrations.unknown-field", place_of(name), _near(name, new.names))
        if start in older:
            for name in (*record.get("renamed", {}), *record.get("removed", ())):
                if name.split(".")[0] not in older[start].names:
                    yield Problem("migrations.unknown-field", place_of(name), _near(name, older[start].names))


def _near(name: object, known: Any) -> dict[str, str]:
    return {"name": str(name), "nearest": nearest(str(name), known)}
