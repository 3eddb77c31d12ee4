"""What each route answers, for the published contract."""

from pydantic import BaseModel, Field


class Receipt(BaseModel):
    """A submission was accepted; ``receipt`` is a compact Ed25519 JWS of the other members."""

    receipt: str
    submission: str
    digest: str
    case: str
    number: str
    received_at: str
    agency: str
    practice: bool


class FileHeld(BaseModel):
    """A file is held under its SHA-256."""

    sha256: str
    size: int


class Event(BaseModel):
    """One word of the agency about a case."""

    cursor: str
    at: str
    kind: str
    case: str
    submission: str
    reason: str
    fields: list[str]
    details: dict[str, str]


class Feed(BaseModel):
    """Events after a cursor, and the cursor to ask with next."""

    events: list[Event]
    cursor: str
    more: bool


class Health(BaseModel):
    """Proof that this is the gateway and not something in between."""

    service: str
    practice: bool
    key: str


class Who(BaseModel):
    """Whose session this is."""

    holder: str
    role: str


class OfficerCase(BaseModel):
    """A case as its officer sees it."""

    id: str
    state: str
    number: str
    agency: str
    submission: str
    open_fields: list[str]
    complete: bool


class CorrectionAsked(BaseModel):
    """The fields to correct, and why."""

    fields: list[str] = Field(min_length=1)
    reason: str


class Decision(BaseModel):
    """The reason of a decision."""

    reason: str = ""


class Say(BaseModel):
    """A sentence in both languages."""

    th: str
    en: str


class ProblemItem(BaseModel):
    """One thing to mend; the reader knows the sentence by ``code``, unless ``say`` brings it."""

    code: str
    place: str
    values: dict[str, str]
    level: str
    say: Say | None
    law: str


class ProblemBody(BaseModel):
    """An error as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemItem]
