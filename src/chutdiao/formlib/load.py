"""From what an author wrote to a FormSpec: one small handler for each kind of node.

The structure is taken as checked by ``forms/schema/form.schema.json``; what is missing here
falls back to the defaults of the dataclasses.
"""

from collections.abc import Callable, Mapping
from typing import Any

from chutdiao.domain.form import (
    Check,
    Choice,
    Computed,
    Fee,
    Field,
    FieldType,
    FileLimits,
    FormSpec,
    Offer,
    Portal,
    PortalStep,
    Requirement,
    Rows,
    Section,
    Signatory,
    Time,
)
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.domain.text import LocalText
from chutdiao.formlib.source import mark_of, place_of

Raw = Mapping[str, Any]
_YES = {"yes": True, "true": True, "no": False, "false": False}
_FIELD_TEXTS = ("bind", "item", "show", "required", "value", "of", "table", "document")


def load_form(raw: Raw, facts: Raw | None = None, digest: str = "") -> FormSpec:
    """Build the form; a field that binds to a fact and has no label takes the fact's."""
    return _Loader(facts or {}).form(raw, digest)


def say(node: Any) -> LocalText:
    """Read ``{th, en}`` or one string for both."""
    return LocalText.of(node)


def flag(node: Any, otherwise: bool = False) -> bool:
    """Read yes or no."""
    if node is None or isinstance(node, bool):
        return otherwise if node is None else node
    if str(node) not in _YES:
        raise ChutdiaoError(Problem("form.wrong-flag", place_of(node), {"value": str(node)}))
    return _YES[str(node)]


def whole(node: Any, otherwise: int = 0) -> int:
    """Read a whole number."""
    if node is None:
        return otherwise
    try:
        return int(str(node).replace("_", ""))
    except ValueError:
        raise ChutdiaoError(Problem("form.wrong-number", place_of(node), {"value": str(node)})) from None


def _maybe(node: Any, read: Callable[[Any], Any]) -> Any:
    return None if node is None else read(node)


def _words(node: Any) -> tuple[str, ...]:
    if isinstance(node, str):
        return (str(node),)
    return tuple(str(word) for word in node or ())


class _Loader:
    """Holds what one form's handlers share: the facts that labels come from."""

    def __init__(self, facts: Raw) -> None:
        self._facts = facts

    def form(self, raw: Raw, digest: str) -> FormSpec:
        effective = raw.get("effective", {})
        return FormSpec(
            id=str(raw["id"]),
            version=str(raw["version"]),
            title=say(raw.get("title")),
            agency=str(raw.get("agency", "")),
            effective_from=str(effective.get("from", "")),
            effective_to=str(effective.get("to", "")),
            sections=tuple(self.section(item) for item in raw.get("sections", ())),
            code=str(raw.get("code", "")),
            checks=tuple(check for place in _places(raw) for check in _checks(place)),
            computed=tuple(_computed(raw)),
            channels=_words(raw.get("channels")),
            signatories=tuple(_signatory(item) for item in raw.get("signatories", ())),
            requirements=tuple(_requirement(item) for item in raw.get("requirements", ())),
            portal=_maybe(raw.get("portal"), _portal),
            fee=_maybe(raw.get("fee"), _fee),
            time=_maybe(raw.get("time"), _time),
            law=str(raw.get("law", "")),
            copies=whole(raw.get("copies"), 1),
            verified=flag(raw.get("verified"), True),
            source=str(raw.get("source", "")),
            service=str(raw.get("service", "")),
            digest=digest,
            notes=tuple(say(note) for note in raw.get("notes", ())),
        )

    def section(self, raw: Raw) -> Section:
        return Section(
            id=str(raw["id"]),
            title=say(raw.get("title")),
            fields=tuple(self.field(item) for item in raw.get("fields", ())),
            about=str(raw.get("about", "")),
            help=_maybe(raw.get("help"), say),
            show=str(raw.get("show", "")),
        )

    def field(self, raw: Raw) -> Field:
        fact = self._facts.get(str(raw.get("bind", "")), {})
        label, labels = _labels(raw, fact)
        kind = str(raw["type"])
        if kind not in FieldType.__members__.values():
            raise ChutdiaoError(Problem("form.wrong-type", place_of(raw["type"]), {"value": kind}))
        return Field(
            id=str(raw["id"]),
            type=FieldType(kind),
            label=label,
            labels=labels,
            checks=_checks(raw),
            help=_maybe(raw.get("help"), say),
            choices=tuple(_choice(item) for item in raw.get("choices", fact.get("choices", ()))),
            whole=flag(raw.get("whole")),
            decimals=_maybe(raw.get("decimals"), whole),
            grouped=flag(raw.get("grouped"), True),
            unit=_maybe(raw.get("unit"), say),
            long=flag(raw.get("long")),
            limits=_maybe(raw.get("limits"), _limits),
            rows=_rows(raw.get("rows")) if kind == "table" else None,
            columns=tuple(self.field(item) for item in raw.get("columns", ())),
            verified=flag(raw.get("verified"), True),
            line=mark_of(raw).line,
            **{name: str(raw.get(name, "")) for name in _FIELD_TEXTS},
        )


def _labels(raw: Raw, fact: Raw) -> tuple[LocalText, tuple[tuple[str, LocalText], ...]]:
    """The label for always and those for a condition, first that holds."""
    given = raw.get("label", fact.get("label", str(raw["id"])))
    by_condition = list(raw.get("labels", ()))
    labels = tuple((str(item["when"]), say(item.get("label", item))) for item in by_condition)
    return say(given), labels


def _checks(raw: Raw) -> tuple[Check, ...]:
    return tuple(
        Check(
            that=str(item["that"]),
            say=say(item.get("say")),
            law=str(item.get("law", "")),
            level=Level(str(item.get("level", "stop"))),
            mend=str(item.get("mend", "")),
        )
        for item in raw.get("checks", ())
    )


def _places(raw: Raw) -> list[Raw]:
    """Where checks and values of the whole form may be written: in the form or in a section."""
    return [raw, *raw.get("sections", ())]


def _computed(raw: Raw) -> list[Computed]:
    rows = (row for place in _places(raw) for row in place.get("computed", ()))
    return [Computed(str(row["id"]), str(row["value"])) for row in rows]


def _choice(node: Any) -> Choice:
    if isinstance(node, str):
        return Choice(str(node), LocalText.of(str(node)))
    return Choice(str(node["code"]), say(node.get("label", str(node["code"]))), str(node.get("show", "")))


def _limits(raw: Raw) -> FileLimits:
    usual = FileLimits()
    return FileLimits(
        types=_words(raw.get("types")) or usual.types,
        bytes=whole(raw.get("bytes"), usual.bytes),
        pages=whole(raw.get("pages"), usual.pages),
        files=whole(raw.get("files"), usual.files),
    )


def _rows(raw: Raw | None) -> Rows:
    usual, raw = Rows(), raw or {}
    return Rows(
        whole(raw.get("min"), usual.min),
        whole(raw.get("max"), usual.max),
        _words(raw.get("paste")),
        _maybe(raw.get("offer"), _offer),
    )


def _offer(raw: Raw) -> Offer:
    return Offer(str(raw["table"]), str(raw["by"]), str(raw["into"]))


def _signatory(raw: Raw) -> Signatory:
    return Signatory(
        role=str(raw["role"]),
        label=say(raw.get("label")),
        name=str(raw.get("name", "")),
        show=str(raw.get("show", "")),
        methods=_words(raw.get("methods")) or ("typed", "drawn", "paper"),
        each=str(raw.get("each", "")),
    )


def _requirement(raw: Raw) -> Requirement:
    return Requirement(
        id=str(raw["id"]),
        label=say(raw.get("label")),
        needed=str(raw.get("needed", "yes")),
        bring=flag(raw.get("bring"), True),
        law=str(raw.get("law", "")),
        note=_maybe(raw.get("note"), say),
    )


def _portal(raw: Raw) -> Portal:
    steps = tuple(
        PortalStep(say(item.get("say")), _words(item.get("fields"))) for item in raw.get("steps", ())
    )
    return Portal(say(raw.get("name")), str(raw.get("address", "")), steps, flag(raw.get("verified")))


def _fee(raw: Raw) -> Fee:
    return Fee(
        low=str(raw["low"]),
        high=str(raw["high"]),
        by=str(raw.get("by", "")),
        confidence=str(raw.get("confidence", "high")),
        note=_maybe(raw.get("note"), say),
    )


def _time(raw: Raw) -> Time:
    return Time(
        count=whole(raw.get("count")),
        unit=str(raw.get("unit", "working-days")),
        start=str(raw.get("start", "complete")),
        may_operate_from=str(raw.get("may_operate_from", "")),
        confidence=str(raw.get("confidence", "high")),
        law=str(raw.get("law", "")),
    )
