"""Forms of the design, written out, and a short way to make fields."""

from collections.abc import Callable
from datetime import date

import pytest

from chutdiao.domain.check import Context
from chutdiao.domain.form import Check, Choice, Computed, Field, FieldType, FormSpec, Rows, Section
from chutdiao.domain.text import LocalText

TODAY = date(2026, 11, 23)
MakeField = Callable[..., Field]
MakeForm = Callable[..., FormSpec]


def _field(field_id: str, kind: str = "text", **more: object) -> Field:
    checks = tuple(Check(that, LocalText.of(that)) for that in more.pop("that", ()))  # type: ignore[attr-defined]
    choices = tuple(Choice(code, LocalText.of(code)) for code in more.pop("codes", ()))  # type: ignore[attr-defined]
    more.setdefault("checks", checks)
    more.setdefault("choices", choices)
    return Field(field_id, FieldType(kind), LocalText.of(field_id), **more)  # type: ignore[arg-type]


def _form(
    *fields: Field, checks: tuple[str, ...] = (), computed: tuple[tuple[str, str], ...] = ()
) -> FormSpec:
    return FormSpec(
        id="try",
        version="1",
        title=LocalText.of("try"),
        agency="",
        effective_from="2020-01-01",
        effective_to="",
        sections=(Section("main", LocalText.of("main"), tuple(fields)),),
        checks=tuple(Check(that, LocalText.of(that)) for that in checks),
        computed=tuple(Computed(name, value) for name, value in computed),
    )


@pytest.fixture
def field() -> MakeField:
    return _field


@pytest.fixture
def form() -> MakeForm:
    return _form


@pytest.fixture
def context() -> Context:
    return Context(TODAY)


@pytest.fixture
def boj5() -> FormSpec:
    """The first normative example of the design."""
    shareholders = _field(
        "shareholders",
        "table",
        rows=Rows(2, 5000, ("holder", "name", "nationality", "held")),
        columns=(
            _field("no", "number", value="row()"),
            _field("kind", "choice", codes=("natural", "foreign", "juristic"), required="yes"),
            _field("holder", "identity", of="kind", required="yes"),
            _field("name", "name", required="yes"),
            _field("nationality", "reference", table="countries"),
            _field("held", "number", whole=True, required="yes", that=("held >= 1",)),
            _field("from_no", "number", value="before(held) + 1"),
            _field("to_no", "number", value="before(held) + held"),
            _field("paid", "money", that=("paid >= par * 0.25",)),
        ),
    )
    return _form(
        _field("capital", "money", required="yes"),
        _field("par", "money", required="yes", that=("par >= 5",)),
        _field("shares", "number", whole=True, value="capital / par if par > 0 else 0"),
        shareholders,
        checks=("total(shareholders, held) == shares", "unique(shareholders, holder)"),
        computed=(("foreign_shares", 'total(shareholders, held if nationality != "TH" else 0)'),),
    )
