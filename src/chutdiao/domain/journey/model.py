"""A journey as data: the questions of an interview, the steps they decide, the services behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chutdiao.domain.form import Check, Choice, Computed, Fee, Requirement, Time
from chutdiao.domain.problem import Json
from chutdiao.domain.text import LocalText

NEEDED = "needed"
NOT_NEEDED = "not-needed"
QUESTION_TYPES = ("text", "choice", "choices", "number", "money", "date", "reference", "yes-no")
NOTHING = LocalText("", "")


@dataclass(frozen=True, slots=True)
class SpokenEffect:
    """What to say under the question while ``when`` holds."""

    when: str
    say: LocalText


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the interview.

    ``show`` is an expression (empty: always). ``fact`` is where the answer is kept for forms to use;
    a choice with ``keep`` names the facts it is kept in itself.
    ``table`` names the reference table of type ``reference``; ``place`` is where it was written.
    """

    id: str
    type: str
    title: LocalText
    why: LocalText
    law: str
    help: LocalText = NOTHING
    choices: tuple[Choice, ...] = ()
    unit: LocalText = NOTHING
    show: str = ""
    fact: str = ""
    table: str = ""
    whole: bool = False
    checks: tuple[Check, ...] = ()
    effects: tuple[SpokenEffect, ...] = ()
    confidence: str = "high"
    place: str = ""

    def facts(self, answer: Json) -> tuple[tuple[str, Json], ...]:
        """The facts that an answer leaves."""
        kept = next((choice.keep for choice in self.choices if choice.code == answer and choice.keep), ())
        return kept or (((self.fact, answer),) if self.fact else ())


@dataclass(frozen=True, slots=True)
class PackForm:
    """One form of the pack a service takes; an ``optional`` one is needed in some cases only."""

    form: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One service of an agency; without ``form`` it is shown with what to do and where.

    ``renewal`` says how long what it gives lasts and when it is renewed. ``pack`` lists every form
    filed together, ``form`` the application among them.
    """

    id: str
    title: LocalText
    agency: str
    law: str
    form: str = ""
    form_name: LocalText = NOTHING
    what: LocalText = NOTHING
    where: LocalText = NOTHING
    site: str = ""
    fee: Fee | None = None
    time: Time | None = None
    documents: tuple[Requirement, ...] = ()
    channels: tuple[str, ...] = ()
    licence: LocalText = NOTHING
    renewal: LocalText = NOTHING
    confidence: str = "high"
    source: str = ""
    checked_on: str = ""
    pack: tuple[PackForm, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency; ``types`` are the kinds of local authority with the word before the name."""

    id: str
    name: LocalText
    site: str = ""
    types: Mapping[str, LocalText] = field(default_factory=dict)
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of a step's table: the first row that holds decides."""

    when: str
    result: str
    service: str = ""
    law: str = ""
    why: LocalText = NOTHING
    place: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """What comes first: every one of ``all``, and one of those of ``any`` that apply."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.all + self.any))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The applicant's own time: ``count`` of ``unit`` after the day of an answer."""

    since: str
    count: int
    unit: str = "days"
    law: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step; what it leaves open is taken from the service its table chooses."""

    id: str
    title: LocalText
    decide: tuple[Decision, ...]
    after: After = After()
    agency: str = ""
    fee: Fee | None = None
    time: Time | None = None
    documents: tuple[Requirement, ...] = ()
    what: LocalText = NOTHING
    due: Deadline | None = None
    yields: tuple[tuple[str, str], ...] = ()
    when_dropped: LocalText = NOTHING
    place: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way to answer some questions that is worth laying beside others."""

    id: str
    title: LocalText
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Journey:
    """An interview and the steps it decides, with the services and agencies they name.

    ``authority`` holds the question ids that ask for the local authority's type and name;
    ``compare`` is what the comparison lays side by side, ``duties`` what its answers tell the duties.
    """

    id: str
    title: LocalText
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    derived: tuple[Computed, ...] = ()
    services: Mapping[str, Service] = field(default_factory=dict)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    authority: tuple[str, str] = ("authority_type", "authority_name")
    help: LocalText = NOTHING
    compare: tuple[Alternative, ...] = ()
    duties: tuple[Computed, ...] = ()
    file: str = ""

    def question(self, question_id: str) -> Question | None:
        return next((q for q in self.questions if q.id == question_id), None)

    def step(self, step_id: str) -> Step | None:
        return next((s for s in self.steps if s.id == step_id), None)
