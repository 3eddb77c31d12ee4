"""What travels to an agency: one frozen submission and everything needed to judge it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.submission import FileRef, Signature

SCHEMA = "chutdiao/submission/1"

_TEXTS = ("schema", "id", "service", "agency", "authority", "channel", "created_at", "amends", "case")
_NEEDED = ("schema", "id", "agency", "channel", "created_at")
_FILE = {"field": str, "sha256": str, "name": str, "size": int, "type": str}
_SIGNATURE = {"role": str, "kind": str, "name": str, "at": str, "image": str}
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class FormName:
    """Which version of which form, by the digest of its bytes."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """The business on whose behalf this is sent: ``kind`` natural or juristic."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """One submission as it is hashed, sent and kept; ``amends`` and ``case`` mark a correction."""

    id: str
    business: Applicant
    service: str
    form: FormName
    agency: str
    authority: str
    channel: str
    answers: Mapping[str, Json]
    files: tuple[FileRef, ...]
    signatures: tuple[Signature, ...]
    created_at: str
    practice: bool
    amends: str = ""
    case: str = ""

    def to_json(self) -> dict[str, Json]:
        """The envelope as JSON, ready for ``canonical``."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "business": {"kind": self.business.kind, "name": self.business.name},
            "service": self.service,
            "form": {"id": self.form.id, "version": self.form.version, "digest": self.form.digest},
            "agency": self.agency,
            "authority": self.authority,
            "channel": self.channel,
            "answers": dict(self.answers),
            "files": [
                {"field": f.field, "sha256": f.sha256, "name": f.name, "size": f.size, "type": f.type}
                for f in self.files
            ],
            "signatures": [
                {"role": s.role, "kind": s.kind, "name": s.name, "at": s.at, "image": s.image}
                for s in self.signatures
            ],
            "created_at": self.created_at,
            "amends": self.amends,
            "case": self.case,
            "practice": self.practice,
        }


def read_envelope(value: Json) -> Envelope:
    """Read an envelope from JSON; raises ChutdiaoError naming every part that is wrong."""
    if not isinstance(value, dict):
        raise ChutdiaoError(_wrong("", "not an object"))
    problems = _shape_problems(value)
    if problems:
        raise ChutdiaoError(*problems)
    business, form = cast(dict[str, str], value["business"]), cast(dict[str, str], value["form"])
    files = cast(list[dict[str, Json]], value["files"])
    signatures = cast(list[dict[str, str]], value["signatures"])
    return Envelope(
        id=str(value["id"]),
        business=Applicant(**business),
        service=str(value["service"]),
        form=FormName(**form),
        agency=str(value["agency"]),
        authority=str(value["authority"]),
        channel=str(value["channel"]),
        answers=cast(dict[str, Json], value["answers"]),
        files=tuple(FileRef(**f) for f in files),  # type: ignore[arg-type]
        signatures=tuple(Signature(**s) for s in signatures),
        created_at=str(value["created_at"]),
        practice=value["practice"] is True,
        amends=str(value["amends"]),
        case=str(value["case"]),
    )


def is_sha256(text: str) -> bool:
    """Whether text is 64 lower-case hexadecimal digits."""
    return len(text) == 64 and set(text) <= _HEX


def _wrong(place: str, cause: str) -> Problem:
    return Problem("envelope.wrong", place, {"cause": cause, "place": place})


def _shape_problems(value: dict[str, Json]) -> list[Problem]:
    parts = {*_TEXTS, "business", "form", "answers", "files", "signatures", "practice"}
    problems = [_wrong(name, "missing") for name in sorted(parts - value.keys())]
    problems += [_wrong(name, "unknown") for name in sorted(value.keys() - parts)]
    if problems:
        return problems
    problems += [_wrong(name, "not text") for name in _TEXTS if not isinstance(value[name], str)]
    problems += [_wrong(name, "empty") for name in _NEEDED if value[name] == ""]
    if value["schema"] != SCHEMA:
        problems.append(Problem("envelope.schema", "schema", {"schema": str(value["schema"])[:80]}))
    if not isinstance(value["practice"], bool):
        problems.append(_wrong("practice", "not yes or no"))
    if not isinstance(value["answers"], dict):
        problems.append(_wrong("answers", "not an object"))
    if bool(value["amends"]) != bool(value["case"]):
        problems.append(_wrong("amends", "a correction names both its case and the submission it amends"))
    problems += _object_problems("business", value["business"], {"kind": str, "name": str})
    problems += _object_problems("form", value["form"], {"id": str, "version": str, "digest": str})
    problems += _list_problems("files", value["files"], _FILE)
    problems += _list_problems("signatures", value["signatures"], _SIGNATURE)
    return problems + _value_problems(value)


def _object_problems(place: str, value: Json, shape: Mapping[str, type]) -> list[Problem]:
    if not isinstance(value, dict) or value.keys() != shape.keys():
        return [_wrong(place, f"takes exactly {', '.join(shape)}")]
    return [
        _wrong(f"{place}.{name}", f"not {kind.__name__}")
        for name, kind in shape.items()
        if not isinstance(value[name], kind) or isinstance(value[name], bool)
    ]


def _list_problems(place: str, value: Json, shape: Mapping[str, type]) -> list[Problem]:
    if not isinstance(value, list):
        return [_wrong(place, "not a list")]
    return [
        problem
        for number, item in enumerate(value)
        for problem in _object_problems(f"{place}[{number}]", item, shape)
    ]


def _value_problems(value: dict[str, Json]) -> list[Problem]:
    problems: list[Problem] = []
    created = value["created_at"]
    if isinstance(created, str):
        try:
            moment = datetime.fromisoformat(created)
        except ValueError:
            problems.append(_wrong("created_at", "not a moment in ISO 8601"))
        else:
            if moment.tzinfo is None:
                problems.append(_wrong("created_at", "without a time zone"))
    if isinstance(value["files"], list):
        for number, item in enumerate(value["files"]):
            if isinstance(item, dict) and not is_sha256(str(item.get("sha256"))):
                problems.append(_wrong(f"files[{number}].sha256", "not a SHA-256"))
    return problems
