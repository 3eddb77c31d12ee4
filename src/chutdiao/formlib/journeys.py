"""From the files of a journey, the catalogue and the agencies to what a plan is made with."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from chutdiao.domain.form import Check, Choice, Computed, Fee, Requirement, Time
from chutdiao.domain.journey import (
    After,
    Agency,
    Deadline,
    Decision,
    Journey,
    Question,
    Service,
    SpokenEffect,
    Step,
)
from chutdiao.domain.journey.model import NEEDED, NOT_NEEDED, Alternative, PackForm
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.domain.text import LocalText
from chutdiao.formlib.load import flag, say, whole
from chutdiao.formlib.source import place_of, read_table

Raw = Mapping[str, Any]

JOURNEY_KEYS = frozenset("id title help why summary authority compare questions derived duties steps".split())
QUESTION_KEYS = frozenset(
    "id type title why law help choices unit show fact table whole checks effects confidence".split()
)
STEP_KEYS = frozenset(
    "step title after decide agency fee time documents what due yields when_dropped".split()
)
ROW_KEYS = frozenset({"when", "result", "law", "why"})
SERVICE_KEYS = frozenset(
    "id title agency law form form_name what where site fee time documents channels licence renewal "
    "confidence source checked_on pack".split()
)
DUE_KEYS = frozenset({"since", "count", "unit", "law", "when"})
FEE_KEYS = frozenset({"by", "range", "confidence", "note"})
TIME_KEYS = frozenset({"count", "unit", "from", "may_operate_from", "confidence", "law"})
DOCUMENT_KEYS = frozenset({"id", "label", "needed", "bring", "law", "note"})


def load_journey(
    raw: Raw, services: Iterable[Raw] = (), agencies: Mapping[str, Raw] | None = None
) -> Journey:
    """One journey with the services and agencies it names.

    Raises ChutdiaoError with every key that is unknown or missing, each with its place.
    """
    reader = Reader()
    journey = reader.journey(raw, list(services), agencies or {})
    if reader.problems:
        raise ChutdiaoError(*reader.problems)
    return journey


def load_agencies(agencies: Mapping[str, Raw]) -> dict[str, Agency]:
    """Agencies by id."""
    return {
        str(key): Agency(
            id=str(key),
            name=say(row.get("name")),
            site=str(row.get("site", "")),
            types={str(code): say(word) for code, word in (row.get("types") or {}).items()},
            keys=tuple(str(k) for k in row.get("keys") or ()),
        )
        for key, row in agencies.items()
    }


def read_journey(forms_dir: Path, path: Path) -> Journey:
    """A journey straight from its files, with the place of every node kept."""
    catalogue = read_table(forms_dir / "catalogue.yaml", "forms/catalogue.yaml")
    agencies = read_table(forms_dir / "agencies.yaml", "forms/agencies.yaml")
    rows = {str(row["id"]): row for row in agencies.get("agencies", ())}
    return load_journey(read_table(path, f"forms/journeys/{path.name}"), catalogue.get("services", ()), rows)


class Reader:
    """Reads nodes and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def journey(self, raw: Raw, services: list[Raw], agencies: Mapping[str, Raw]) -> Journey:
        self.keys(raw, JOURNEY_KEYS, ("id", "title", "questions", "steps"))
        authority = raw.get("authority") or {}
        steps = tuple(self.each(raw, "steps", self.step))
        named = {row.service for step in steps for row in step.decide if row.service}
        read = [self.service(row) for row in services if str(row.get("id")) in named]
        return Journey(
            id=str(raw.get("id", "")),
            title=say(raw.get("title")),
            questions=tuple(self.each(raw, "questions", self.question)),
            steps=steps,
            derived=tuple(self.each(raw, "derived", self.derived)),
            services={service.id: service for service in read},
            agencies=load_agencies(agencies),
            authority=(
                str(authority.get("type", "authority_type")),
                str(authority.get("name", "authority_name")),
            ),
            help=say(raw.get("help")),
            compare=tuple(self.each(raw, "compare", self.alternative)),
            duties=tuple(self.each(raw, "duties", self.derived)),
            file=place_of(raw).split(":", 1)[0],
        )

    def each(self, raw: Raw, key: str, read: Callable[[Raw], Any]) -> list[Any]:
        """Read every item of a list; a missing one is empty, anything but a list a problem."""
        items = raw.get(key) or []
        if not isinstance(items, list):
            self.problems.append(Problem("journey.not-a-list", place_of(items), {"key": key}))
            return []
        found = []
        for item in items:
            if isinstance(item, Mapping):
                found.append(read(item))
            else:
                self.problems.append(Problem("journey.not-a-mapping", place_of(item), {"key": key}))
        return found

    def question(self, raw: Raw) -> Question:
        self.keys(raw, QUESTION_KEYS, ("id", "type", "title", "why", "law"))
        return Question(
            id=str(raw.get("id", "")),
            type=str(raw.get("type", "")),
            title=say(raw.get("title")),
            why=say(raw.get("why")),
            law=str(raw.get("law", "")),
            help=say(raw.get("help")),
            choices=tuple(self.each(raw, "choices", self.choice)),
            unit=say(raw.get("unit")),
            show=str(raw.get("show", "")),
            fact=str(raw.get("fact", "")),
            table=str(raw.get("table", "")),
            whole=flag(raw.get("whole")),
            checks=tuple(self.each(raw, "checks", self.check)),
            effects=tuple(self.each(raw, "effects", self.effect)),
            confidence=str(raw.get("confidence", "high")),
            place=place_of(raw),
        )

    def choice(self, raw: Raw) -> Choice:
        self.keys(raw, frozenset({"code", "label", "show", "keep"}), ("code", "label"))
        keep = tuple((str(fact), str(code)) for fact, code in (raw.get("keep") or {}).items())
        return Choice(str(raw.get("code", "")), say(raw.get("label")), str(raw.get("show", "")), keep)

    def alternative(self, raw: Raw) -> Alternative:
        self.keys(raw, frozenset({"id", "title", "answers"}), ("id", "title", "answers"))
        answers = {str(question): str(code) for question, code in (raw.get("answers") or {}).items()}
        return Alternative(str(raw.get("id", "")), say(raw.get("title")), answers)

    def check(self, raw: Raw) -> Check:
        self.keys(raw, frozenset({"that", "say", "law", "level", "mend"}), ("that", "say"))
        level = Level.WARN if raw.get("level") == "warn" else Level.STOP
        law, mend = str(raw.get("law", "")), str(raw.get("mend", ""))
        return Check(str(raw.get("that", "")), say(raw.get("say")), law, level, mend)

    def effect(self, raw: Raw) -> SpokenEffect:
        self.keys(raw, frozenset({"when", "say"}), ("when", "say"))
        return SpokenEffect(str(raw.get("when", "")), say(raw.get("say")))

    def derived(self, raw: Raw) -> Computed:
        self.keys(raw, frozenset({"id", "value"}), ("id", "value"))
        return Computed(str(raw.get("id", "")), str(raw.get("value", "")))

    def step(self, raw: Raw) -> Step:
        self.keys(raw, STEP_KEYS, ("step", "decide"))
        yields = raw.get("yields") or {}
        return Step(
            id=str(raw.get("step", "")),
            title=say(raw.get("title")),
            decide=tuple(self.each(raw, "decide", self.row)),
            after=self.after(raw.get("after")),
            agency=str(raw.get("agency", "")),
            fee=self._maybe(raw.get("fee"), self.fee),
            time=self._maybe(raw.get("time"), self.time),
            documents=tuple(self.each(raw, "documents", self.document)),
            what=say(raw.get("what")),
            due=self._maybe(raw.get("due"), self.due),
            yields=tuple((str(fact), str(value)) for fact, value in yields.items()),
            when_dropped=say(raw.get("when_dropped")),
            place=place_of(raw),
        )

    def after(self, node: Any) -> After:
        if node is None or isinstance(node, list):
            return After(tuple(str(i) for i in node or ()))
        if not isinstance(node, Mapping):
            return After((str(node),))
        self.keys(node, frozenset({"all", "any"}), ())
        return After(*(tuple(str(i) for i in node.get(key) or ()) for key in ("all", "any")))

    def row(self, raw: Raw) -> Decision:
        self.keys(raw, ROW_KEYS, ("when", "result"))
        said = raw.get("result", NEEDED)
        result, service = str(said), ""
        if isinstance(said, Mapping):
            self.keys(said, frozenset({"service"}), ("service",))
            result, service = NEEDED, str(said.get("service", ""))
        elif result not in (NEEDED, NOT_NEEDED):
            self.problems.append(Problem("journey.result", place_of(said), {"value": result}))
        why, law = say(raw.get("why")), str(raw.get("law", ""))
        return Decision(str(raw.get("when", "")), result, service, law, why, place_of(raw))

    def due(self, raw: Raw) -> Deadline:
        self.keys(raw, DUE_KEYS, ("since", "count", "law"))
        count, unit = whole(raw.get("count")), str(raw.get("unit", "days"))
        return Deadline(
            str(raw.get("since", "")), count, unit, str(raw.get("law", "")), str(raw.get("when", ""))
        )

    def fee(self, raw: Raw) -> Fee:
        self.keys(raw, FEE_KEYS, ("range",))
        bounds = [str(bound) for bound in raw.get("range") or ("0", "0")]
        note = raw.get("note")
        return Fee(
            low=bounds[0],
            high=bounds[-1],
            by=str(raw.get("by", "")),
            confidence=str(raw.get("confidence", "high")),
            note=say(note) if note is not None else None,
        )

    def time(self, raw: Raw) -> Time:
        self.keys(raw, TIME_KEYS, ("count", "unit"))
        return Time(
            count=whole(raw.get("count")),
            unit=str(raw.get("unit", "working-days")),
            start=str(raw.get("from", "complete")),
            may_operate_from=str(raw.get("may_operate_from", "")),
            confidence=str(raw.get("confidence", "high")),
            law=str(raw.get("law", "")),
        )

    def document(self, raw: Raw) -> Requirement:
        self.keys(raw, DOCUMENT_KEYS, ("id", "label"))
        note = raw.get("note")
        return Requirement(
            id=str(raw.get("id", "")),
            label=say(raw.get("label")),
            needed=str(raw.get("needed", "yes")),
            bring=flag(raw.get("bring"), True),
            law=str(raw.get("law", "")),
            note=say(note) if note is not None else None,
        )

    def service(self, raw: Raw) -> Service:
        self.keys(raw, SERVICE_KEYS, ("id", "title", "agency", "law", "source", "checked_on"))
        texts: dict[str, LocalText] = {
            key: say(raw.get(key)) for key in ("title", "form_name", "what", "where", "licence", "renewal")
        }
        return Service(
            id=str(raw.get("id", "")),
            agency=str(raw.get("agency", "")),
            law=str(raw.get("law", "")),
            form=str(raw.get("form", "")),
            pack=tuple(
                PackForm(str(one.get("form", "")), flag(one.get("optional"))) for one in raw.get("pack") or ()
            ),
            site=str(raw.get("site", "")),
            fee=self._maybe(raw.get("fee"), self.fee),
            time=self._maybe(raw.get("time"), self.time),
            documents=tuple(self.each(raw, "documents", self.document)),
            channels=tuple(str(channel) for channel in raw.get("channels") or ()),
            confidence=str(raw.get("confidence", "high")),
            source=str(raw.get("source", "")),
            checked_on=str(raw.get("checked_on", "")),
            **texts,
        )

    def _maybe(self, node: Any, read: Callable[[Raw], Any]) -> Any:
        if node is None:
            return None
        if isinstance(node, Mapping):
            return read(node)
        self.problems.append(Problem("journey.not-a-mapping", place_of(node), {"key": str(node)}))
        return None

    def keys(self, raw: Raw, known: frozenset[str], needed: Iterable[str]) -> None:
        """Note keys that the language does not have and keys that must be there."""
        for key in raw:
            if key not in known:
                self.problems.append(Problem("journey.unknown-key", place_of(key), {"key": str(key)}))
        for key in needed:
            if raw.get(key) in (None, "", {}, []):
                self.problems.append(Problem("journey.missing-key", place_of(raw), {"key": key}))
