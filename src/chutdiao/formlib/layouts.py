"""Layouts of the agencies' files: from YAML to ``Layout``, blocks and ``like`` resolved."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chutdiao.domain.agencyfile import Choice, Column, Doubt, Field, Layout, Payees, Shape
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.text import LocalText
from chutdiao.formlib import tree
from chutdiao.formlib.source import place_of, read_yaml

Raw = Mapping[str, Any]
_YES = ("yes", "true")
_KEPT_APART = ("fields", "doubts", "like", "id", "default")


def load_layouts(forms_dir: Path, documents: Raw | None = None) -> dict[str, Layout]:
    """Every layout under ``forms/layouts`` by id; ``documents`` are the files already read.

    Raises ChutdiaoError with every mistake found, each with its place.
    """
    if documents is None:
        paths = tree.layouts(forms_dir)
        documents = {
            name: read_yaml(path, name) for path in paths for name in [tree.name_in(forms_dir, path)]
        }
    layouts, problems = read_layouts(documents)
    if problems:
        raise ChutdiaoError(*problems)
    return layouts


def read_layouts(documents: Raw) -> tuple[dict[str, Layout], list[Problem]]:
    """Layouts by id, and what is wrong with the files they come from."""
    reader = _Reader(documents)
    return reader.layouts(), reader.problems


class _Reader:
    """Reads all files together: columns and blocks are shared between them."""

    def __init__(self, documents: Raw) -> None:
        self.problems: list[Problem] = []
        self._columns: dict[str, Raw] = {}
        self._blocks: dict[str, list[Raw]] = {}
        self._raw: dict[str, Raw] = {}
        for document in documents.values():
            for row in document.get("columns", ()):
                self._once(self._columns, str(row["id"]), row, row["id"])
            for name, fields in document.get("blocks", {}).items():
                self._once(self._blocks, str(name), fields, name)
            for row in document.get("layouts", ()):
                self._once(self._raw, str(row["id"]), row, row["id"])

    def _once(self, known: dict[str, Any], name: str, value: Any, at: Any) -> None:
        if name in known:
            self.problems.append(Problem("layout.twice", place_of(at), {"name": name}))
        known[name] = value

    def layouts(self) -> dict[str, Layout]:
        found = {}
        for name, raw in self._raw.items():
            before = len(self.problems)
            chain = self._chain(raw)
            merged: dict[str, Any] = {}
            for part in reversed(chain):
                merged |= {key: value for key, value in part.items() if key not in _KEPT_APART}
            layout = self._layout(raw, merged, chain) if len(self.problems) == before else None
            if layout:
                found[name] = layout
        return found

    def _chain(self, raw: Raw) -> list[Raw]:
        """The layout, then the one it is like, and so on."""
        chain = [raw]
        while "like" in chain[-1]:
            base = self._raw.get(str(chain[-1]["like"]))
            if base is None or base in chain:
                name = str(chain[-1]["like"])
                self.problems.append(Problem("layout.like", place_of(chain[-1]["like"]), {"name": name}))
                break
            chain.append(base)
        return chain

    def _layout(self, raw: Raw, merged: Raw, chain: list[Raw]) -> Layout | None:
        missing = [
            key
            for key in ("form", "name", "title", "source", "file", "shape", "detail", "rows")
            if key not in merged
        ]
        if missing:
            values = {"name": str(raw["id"]), "keys": ", ".join(missing)}
            self.problems.append(Problem("layout.missing", place_of(raw["id"]), values))
            return None
        over: dict[str, dict[str, Any]] = {}
        for part in reversed(chain):
            for name, keys in part.get("fields", {}).items():
                over[str(name)] = over.get(str(name), {}) | dict(keys)
        counts, totals, taxed = (merged.get(key, {}) for key in ("counts", "totals", "taxed"))
        payees, insured = merged.get("payees", {}), merged.get("insured", {})
        return Layout(
            id=str(raw["id"]),
            title=LocalText.of(merged["title"]),
            checked_on=str(merged.get("checked_on", "")),
            confidence=str(merged.get("confidence", "low")),
            shape=Shape(str(merged["shape"])),
            payer=tuple(self._asked(merged.get("payer", ()))),
            columns=tuple(self._asked(merged["rows"])),
            detail=tuple(self._fields(merged["detail"], over)),
            header=tuple(self._fields(merged.get("header", ()), over)),
            default=_flag(raw.get("default", _inherited(chain, "default"))),
            bom=_flag(merged.get("bom")),
            last_break=_flag(merged.get("last_break", "yes")),
            headings=_flag(merged.get("headings")),
            report=_flag(merged.get("report")),
            yearly=_flag(merged.get("yearly")),
            length=int(str(merged.get("length", "0"))),
            counts=(int(str(counts.get("header", "0"))), int(str(counts.get("detail", "0")))),
            payees=Payees(_words(payees.get("columns")), int(str(payees.get("most", "1")))),
            amount=str(totals.get("amount", "")),
            tax=str(totals.get("tax", "")),
            taxed=(str(taxed["amount"]), str(taxed["rate"]), str(taxed["tax"])) if taxed else None,
            insured=(str(insured["wages"]), str(insured["contribution"])) if insured else (),
            one_of=_words(merged.get("one_of")),
            doubts=tuple(_doubts(chain)),
            **{key: str(merged.get(key, usual)) for key, usual in _TEXTS.items()},
        )

    def _asked(self, rows: Iterable[Any]) -> Iterator[Column]:
        for row in rows:
            name, own = (row["column"], row) if isinstance(row, Mapping) else (row, {})
            if str(name) not in self._columns:
                self.problems.append(Problem("layout.column", place_of(name), {"name": str(name)}))
                continue
            yield _column({**self._columns[str(name)], **own, "id": name})

    def _fields(self, rows: Iterable[Raw], over: Mapping[str, Raw]) -> Iterator[Field]:
        for row in rows:
            if "block" not in row:
                yield _field({**row, **over.get(str(row["id"]), {})})
                continue
            block = self._blocks.get(str(row["block"]))
            if block is None:
                values = {"name": str(row["block"])}
                self.problems.append(Problem("layout.block", place_of(row["block"]), values))
                continue
            times = int(str(row.get("times", "1")))
            for turn in range(times):
                for item in block:
                    own = {**item, **over.get(str(item["id"]), {})}
                    yield _field(own, turn if times > 1 else -1)


_TEXTS = {
    "form": "",
    "name": "",
    "version": "",
    "source": "",
    "file": "",
    "encoding": "utf-8",
    "separator": "|",
    "forbidden": "",
    "sheet": "",
}


def _inherited(chain: list[Raw], key: str) -> Any:
    return next((part[key] for part in chain if key in part), None)


def _flag(node: Any) -> bool:
    return str(node) in _YES


def _words(node: Any) -> tuple[str, ...]:
    return tuple(str(word) for word in node or ())


def _doubts(chain: list[Raw]) -> list[Doubt]:
    """What is doubtful, the nearest word on each; what a layout is like it shares the doubts of."""
    found: dict[str, Doubt] = {}
    for part in reversed(chain):
        for raw in part.get("doubts", ()):
            found[str(raw["id"])] = Doubt(
                str(raw["id"]),
                LocalText.of(raw["say"]),
                str(raw.get("source", "")),
                str(raw.get("column", "")),
                _words(raw.get("values")),
            )
    return list(found.values())


def _column(raw: Raw) -> Column:
    return Column(
        id=str(raw["id"]),
        kind=str(raw["kind"]),
        title=LocalText.of(raw["title"]),
        about=LocalText.of(raw.get("about")),
        required=_flag(raw.get("required")),
        digits=int(str(raw.get("digits", "0"))),
        choices=tuple(
            Choice(str(item["code"]), LocalText.of(item["title"]), _words(item.get("also")))
            for item in raw.get("choices", ())
        ),
        negative=_flag(raw.get("negative")),
        in_period=_flag(raw.get("in_period")),
        additional=_flag(raw.get("additional")),
        **{key: str(raw.get(key, "")) for key in ("default", "of", "example", "unless", "parameter")},
    )


def _field(raw: Raw, turn: int = -1) -> Field:
    name = str(raw["id"])
    take = str(raw.get("take", ""))
    title = LocalText.of(raw.get("title"))
    if turn >= 0:
        number = str(turn + 1)
        name, title = name + number, LocalText(f"{title.th} {number}".strip(), f"{title.en} {number}".strip())
    return Field(
        id=name,
        kind=str(raw["kind"]),
        title=title,
        width=int(str(raw.get("width", "0"))),
        take=take,
        plus=_words(raw.get("plus")),
        minus=_words(raw.get("minus")),
        zeros=_flag(raw.get("zeros")),
        blank_zero=_flag(raw.get("blank_zero")),
        positive=_flag(raw.get("positive")),
        pattern=str(raw.get("pattern", "DDMMYYYY")),
        codes={str(word): str(code) for word, code in raw.get("codes", {}).items()},
        slash=_flag(raw.get("slash")),
        turn=turn,
        **{key: str(raw.get(key, "")) for key in ("fixed", "empty", "allow", "only")},
    )
