"""What the use cases ask of the outside: rows as frozen data, adapters as Protocols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from chutdiao.domain.form import FormSpec
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.submission import CaseState, DraftState, FileRef, SubmissionState
from chutdiao.domain.text import Language, LocalText

if TYPE_CHECKING:
    from chutdiao.domain.duty import DutyBook
    from chutdiao.domain.life import LifeEvent
    from chutdiao.domain.papers import PaperBook

Answers = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Business:
    """``journey`` is the journey it was started with, ``interview`` its answers so far."""

    id: str
    name: str
    journey: str
    interview: Answers
    not_sure: frozenset[str]
    created_at: str


@dataclass(frozen=True, slots=True)
class FactValue:
    """A stored fact: ``source`` is typed, card, register or document."""

    fact: str
    value: Json
    source: str
    source_date: str
    confirmed_by: str
    subject: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One form being filled; ``unsure`` are the fields flagged *not sure yet*."""

    id: str
    business: str
    step: str
    form: str
    version: str
    digest: str
    answers: Answers
    unsure: frozenset[str]
    drawer: Answers
    state: DraftState
    revision: int
    place: str
    updated_at: str
    amends: str = ""
    open_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenSignature:
    """A signature kept with a draft; ``answers`` is the digest of what was signed, ``image`` a file's."""

    draft: str
    role: str
    row: str
    kind: str
    name: str
    at: str
    image: str
    answers: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send: the server's own words are kept."""

    at: str
    outcome: str
    status: int
    words: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A frozen submission; ``envelope`` is its canonical JSON, ``digest`` its SHA-256."""

    id: str
    sequence: int
    business: str
    draft: str
    step: str
    form: str
    version: str
    agency: str
    channel: str
    state: SubmissionState
    envelope: str
    digest: str
    files: tuple[FileRef, ...]
    queued_at: str
    due_at: str
    case: str = ""
    receipt: str = ""
    number: str = ""
    recorded_on: str = ""
    problems: tuple[Problem, ...] = ()
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One word of the agency: ``fields`` are those to correct, ``reason`` its sentence."""

    cursor: str
    at: str
    kind: str
    case: str
    submission: str
    reason: str = ""
    fields: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """An agency's case: its state, its number there and everything that happened, oldest first."""

    id: str
    business: str
    step: str
    agency: str
    state: CaseState
    number: str
    submissions: tuple[str, ...]
    events: tuple[CaseEvent, ...]
    recorded_by_user: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file in the vault.

    ``kind`` is licence, receipt, signature, attachment, scan, or a kind of ``forms/documents.yaml``;
    ``replaced_by`` is the id of the newer version, where there is one.
    """

    id: str
    business: str
    title: str
    kind: str
    sha256: str
    name: str
    size: int
    type: str
    issued_on: str = ""
    expires_on: str = ""
    source: str = ""
    added_at: str = ""
    used_by: tuple[str, ...] = ()
    replaced_by: str = ""


class Clock(Protocol):
    """The time now, with its zone; tests hold it still."""

    def now(self) -> datetime: ...


class BusinessBook(Protocol):
    """The businesses kept; ``get`` raises NotHereError."""

    def all(self) -> Sequence[Business]: ...
    def get(self, business: str) -> Business: ...
    def save(self, business: Business) -> None: ...
    def erase(self, business: str) -> int: ...


class FactBook(Protocol):
    """Facts by subject; a role (``business.owner``) lists subjects in order."""

    def subjects(self, business: str, role: str) -> Sequence[str]: ...
    def set_role(self, business: str, role: str, subjects: Sequence[str]) -> None: ...
    def everybody(self, business: str, kind: str) -> Sequence[str]: ...
    def new_subject(self, business: str, kind: str) -> str: ...
    def read(self, subject: str) -> Mapping[str, FactValue]: ...
    def write(self, value: FactValue) -> None: ...


class DraftBook(Protocol):
    """The drafts of businesses; one that does not load is set aside and its bytes can be read."""

    def for_business(self, business: str) -> Sequence[Draft]: ...
    def get(self, draft: str) -> Draft: ...
    def save(self, draft: Draft) -> None:
        """Write answers, place and state; a row that does not load is quarantined, never lost."""

    def discard(self, draft: str) -> None: ...
    def quarantined(self) -> Sequence[tuple[str, str]]: ...
    def quarantined_bytes(self, draft: str) -> bytes: ...
    def signatures(self, draft: str) -> Sequence[GivenSignature]: ...
    def sign(self, signature: GivenSignature) -> None:
        """Keep a signature in place of the one its signatory gave before."""

    def unsign(self, draft: str, role: str, row: str) -> None: ...


class Outbox(Protocol):
    """Rows are appended with the draft's lock in one transaction, ordered by sequence."""

    def append(self, submission: Submission) -> Submission: ...
    def get(self, submission: str) -> Submission: ...
    def all(self, business: str = "") -> Sequence[Submission]: ...
    def due(self, now: str) -> Sequence[Submission]: ...
    def begin(self, submission: str) -> None: ...
    def attempted(self, submission: str, attempt: Attempt, due_at: str) -> None: ...
    def received(self, submission: str, receipt: str, number: str, case: Case) -> None: ...
    def stop(self, submission: str, problems: Sequence[Problem], attempt: Attempt | None = None) -> None: ...
    def retry(self, submission: str) -> None: ...
    def record(self, submission: str, number: str, on: str, scan: str = "") -> None: ...
    def recover(self) -> int:
        """Put rows left in ``sending`` by a crash back to ``queued``; same id, so same key."""


class CaseBook(Protocol):
    """The agencies' cases, and how far each agency's news were read (``cursor``)."""

    def all(self, business: str = "") -> Sequence[Case]: ...
    def get(self, case: str) -> Case: ...
    def apply(self, event: CaseEvent) -> bool:
        """Store one event and the state it brings, once; ``False`` when seen before."""

    def cursor(self, agency: str) -> str: ...
    def set_cursor(self, agency: str, cursor: str) -> None: ...


class FileVault(Protocol):
    """Bytes by content inside the encrypted store, and the documents that name them."""

    def put(self, data: bytes) -> str: ...
    def read(self, sha256: str) -> bytes: ...
    def add(self, document: Document) -> None: ...
    def documents(self, business: str = "") -> Sequence[Document]: ...
    def remove(self, document: str) -> None:
        """Drop a document, and its bytes where nothing else names them."""


class SettingsBook(Protocol):
    """Settings by key; ``default`` where none was written."""

    def read(self, key: str, default: Json = None) -> Json: ...
    def write(self, key: str, value: Json) -> None: ...


class FormShelf(Protocol):
    """The built index and, on demand, one compiled form."""

    def index(self) -> Mapping[str, Json]: ...
    def load(self, form: str, version: str = "") -> FormSpec: ...
    def journey(self, journey: str) -> object: ...
    def agencies(self) -> Mapping[str, Json]: ...
    def facts(self) -> Mapping[str, Json]: ...
    def print_map(self, form: str, version: str = "") -> Mapping[str, Json]: ...
    def migration(self, form: str, old: str, new: str) -> Mapping[str, Json] | None: ...
    def duties(self) -> "DutyBook": ...
    def events(self) -> "Mapping[str, LifeEvent]": ...
    def papers(self) -> "PaperBook": ...


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One row of a reference table: its code and how it is called; ``extra`` are its other columns."""

    code: str
    label: LocalText
    note: LocalText
    extra: tuple[tuple[str, str], ...] = ()


class ReferenceTables(Protocol):
    """The official lists (areas, activities, countries), searched by code or words."""

    def find(self, table: str, typed: str, limit: int = 20) -> Sequence[ReferenceRow]: ...
    def row(self, table: str, code: str) -> ReferenceRow | None: ...


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took it; ``receipt`` is a compact JWS still to be verified."""

    receipt: str
    case: str
    words: str
    status: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The server said no to this one item."""

    problems: tuple[Problem, ...]
    words: str
    status: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not now. ``cause``: no-network, captive-portal, server-down, busy; ``systemic`` ends the run."""

    cause: str
    words: str = ""
    status: int = 0
    after: float = 0.0
    systemic: bool = True


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """The server wants a new log-in; ``words`` are its own."""

    words: str
    status: int


Outcome = Accepted | Refused | Later | LoggedOut


class Connector(Protocol):
    """How one agency is reached; every method answers with a value, never an exception."""

    def put_file(self, sha256: str, data: bytes) -> Later | LoggedOut | Refused | None: ...
    def send(self, submission: Submission) -> Outcome: ...
    def feed(self, cursor: str) -> tuple[Sequence[CaseEvent], str] | Later | LoggedOut: ...
    def licence(self, case: str) -> tuple[bytes, str] | Later | LoggedOut: ...
    def reachable(self) -> Literal["online", "no-network", "captive-portal", "server-down", "logged-out"]: ...


class Printer(Protocol):
    """Paper: each method returns the bytes of a PDF."""

    def sheet(self, form: FormSpec, answers: Answers, language: Language, practice: bool) -> bytes: ...
    def blank(self, form: FormSpec, answers: Answers, blank: Path, practice: bool) -> bytes: ...
    def cover(self, form: FormSpec, answers: Answers, practice: bool) -> bytes: ...
    def power_of_attorney(self, form: FormSpec, answers: Answers, practice: bool) -> bytes: ...
    def letter(self, form: FormSpec, answers: Answers, facts: Mapping[str, str], practice: bool) -> bytes: ...
    def plan(self, plan: Mapping[str, Json], language: Language, practice: bool) -> bytes: ...
    def comparison(self, comparison: Mapping[str, Json], language: Language, practice: bool) -> bytes: ...
    def joined(self, pdfs: Sequence[bytes]) -> bytes: ...
    def page_image(self, pdf: bytes, page: int, width: int) -> tuple[bytes, int, int]: ...
    def inspect(self, data: bytes, name: str) -> tuple[str, int, Sequence[Problem]]: ...
