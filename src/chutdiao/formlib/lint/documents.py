"""Rules for the kinds of documents: each once, serving each requirement once, for agencies that exist."""

from collections.abc import Iterator

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib.documents import load_documents
from chutdiao.formlib.lint.duties import unknown_value
from chutdiao.formlib.lint.structure import Around
from chutdiao.formlib.source import Table, place_of


def check_documents(raw: Table, around: Around) -> Iterator[Problem]:
    """Every problem of ``forms/documents.yaml``."""
    seen: dict[str, str] = {}
    for row in raw["kinds"]:
        for name in (row["id"], *row.get("serves", ())):
            kept = f"kind:{name}" if name is row["id"] else str(name)
            if kept in seen:
                values = {"id": str(name), "line": seen[kept]}
                yield Problem("form.duplicate-id", place_of(name), values)
            seen.setdefault(kept, str(name.line))
    try:
        book = load_documents(raw)
    except ChutdiaoError as error:
        yield from error.problems
        return
    for row, rule in zip(raw.get("ages", ()), book.ages, strict=True):
        if rule.kind not in book.kinds:
            yield unknown_value("kind", rule.kind, book.kinds, place_of(row["kind"]))
        if rule.agency not in around.agencies:
            yield unknown_value("agency", rule.agency, around.agencies, place_of(row["agency"]))
