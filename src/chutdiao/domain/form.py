"""A form as the law's data: sections, fields, checks, signatories and channels."""

from dataclasses import dataclass, field
from enum import StrEnum

from chutdiao.domain.problem import Level
from chutdiao.domain.text import LocalText


class FieldType(StrEnum):
    """Every kind of answer a form may ask for."""

    TEXT = "text"
    NAME = "name"
    IDENTITY = "identity"
    BRANCH = "branch"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    FILE = "file"
    SIGNATURE = "signature"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Choice:
    """One code a choice may take, shown when ``show`` holds (empty: always).

    ``keep`` are the facts an interview keeps for it, where it tells more apart than one fact does.
    """

    code: str
    label: LocalText
    show: str = ""
    keep: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A condition answers must meet; ``that`` and ``mend`` are expressions."""

    that: str
    say: LocalText
    law: str = ""
    level: Level = Level.STOP
    mend: str = ""


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What an agency takes: media types, bytes a file, pages a document, files a field."""

    types: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png")
    bytes: int = 10_000_000
    pages: int = 50
    files: int = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """Rows a reference table offers: those whose set is chosen in ``by`` give their words to ``into``."""

    table: str
    by: str
    into: str


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows a table takes, the column order of a paste, and ready rows to add."""

    min: int = 0
    max: int = 500
    paste: tuple[str, ...] = ()
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``show``, ``required`` and ``value`` are expression sources.

    ``required`` is ``""``/``"no"`` for never, ``"yes"`` for always, else an expression.
    ``labels`` are conditional labels, first that holds. ``item`` is the official number.
    ``grouped`` tells whether thousands of a number are set apart; those of a year are not.
    """

    id: str
    type: FieldType
    label: LocalText
    bind: str = ""
    item: str = ""
    show: str = ""
    required: str = ""
    value: str = ""
    checks: tuple[Check, ...] = ()
    help: LocalText | None = None
    labels: tuple[tuple[str, LocalText], ...] = ()
    choices: tuple[Choice, ...] = ()
    of: str = ""
    table: str = ""
    whole: bool = False
    decimals: int | None = None
    grouped: bool = True
    unit: LocalText | None = None
    long: bool = False
    document: str = ""
    limits: FileLimits | None = None
    rows: Rows | None = None
    columns: tuple["Field", ...] = ()
    verified: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Fields shown together; ``about`` is the role whose facts unqualified binds mean."""

    id: str
    title: LocalText
    fields: tuple[Field, ...]
    about: str = ""
    help: LocalText | None = None
    show: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A named value of the whole form."""

    id: str
    value: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: ``role`` is stable, ``name`` an expression for the printed name.

    ``each`` is a table whose every row signs; ``name`` and ``show`` then see the row.
    """

    role: str
    label: LocalText
    name: str = ""
    show: str = ""
    methods: tuple[str, ...] = ("typed", "drawn", "paper")
    each: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A document to bring or, where the officer can look it up, not to bring, with the law."""

    id: str
    label: LocalText
    needed: str = "yes"
    bring: bool = True
    law: str = ""
    note: LocalText | None = None


@dataclass(frozen=True, slots=True)
class PortalStep:
    """What to click at the agency's own site, and the fields asked there, in order."""

    say: LocalText
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Portal:
    """The agency's own site today."""

    name: LocalText
    address: str
    steps: tuple[PortalStep, ...]
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Fee:
    """Baht as decimal strings; ``by`` is ``authority`` where an ordinance sets it."""

    low: str
    high: str
    by: str = ""
    confidence: str = "high"
    note: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """The statutory time: count of ``unit`` (days, working-days) from ``start``."""

    count: int
    unit: str = "working-days"
    start: str = "complete"
    may_operate_from: str = ""
    confidence: str = "high"
    law: str = ""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """One dated version of a form, complete and checked; ``digest`` names its bytes."""

    id: str
    version: str
    title: LocalText
    agency: str
    effective_from: str
    effective_to: str
    sections: tuple[Section, ...]
    code: str = ""
    checks: tuple[Check, ...] = ()
    computed: tuple[Computed, ...] = ()
    channels: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    portal: Portal | None = None
    fee: Fee | None = None
    time: Time | None = None
    law: str = ""
    copies: int = 1
    verified: bool = True
    source: str = ""
    service: str = ""
    digest: str = ""
    notes: tuple[LocalText, ...] = field(default=())

    def fields(self) -> tuple[Field, ...]:
        """Every top-level field in order."""
        return tuple(f for section in self.sections for f in section.fields)

    def field(self, field_id: str) -> Field | None:
        return next((f for f in self.fields() if f.id == field_id), None)
