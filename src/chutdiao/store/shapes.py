"""Which dataclass lies in which table."""

import json
from typing import Any

from chutdiao.app.ports import (
    Attempt,
    Business,
    Case,
    CaseEvent,
    Document,
    Draft,
    FactValue,
    GivenSignature,
    Submission,
)
from chutdiao.domain.problem import Level, Problem
from chutdiao.domain.submission import CaseState, DraftState, FileRef, SubmissionState
from chutdiao.domain.text import LocalText
from chutdiao.store.rows import FLAG, JSON, NUMBER, OBJECT, SET, TUPLE, Pack, Shape, choice, dump


def _dump_files(files: tuple[FileRef, ...]) -> str:
    return dump([[f.field, f.sha256, f.name, f.size, f.type] for f in files])


def _load_files(text: str) -> tuple[FileRef, ...]:
    return tuple(FileRef(*one) for one in json.loads(text))


def _dump_problems(problems: tuple[Problem, ...]) -> str:
    return dump(
        [
            {
                "code": p.code,
                "place": p.place,
                "values": dict(p.values),
                "level": p.level.value,
                "say": [p.say.th, p.say.en] if p.say else None,
                "law": p.law,
                "mend": p.mend,
            }
            for p in problems
        ]
    )


def _load_problem(one: dict[str, Any]) -> Problem:
    say = LocalText(*one["say"]) if one["say"] else None
    level = Level(one["level"])
    return Problem(one["code"], one["place"], one["values"], level, say, one["law"], one["mend"])


def _load_problems(text: str) -> tuple[Problem, ...]:
    return tuple(_load_problem(one) for one in json.loads(text))


def _load_details(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in json.loads(text))


PROBLEMS: Pack = (_dump_problems, _load_problems)
FILES: Pack = (_dump_files, _load_files)
DETAILS: Pack = (lambda v: dump([list(pair) for pair in v]), _load_details)

BUSINESS = Shape("business", Business, {"interview": OBJECT, "not_sure": SET})
FACT = Shape("fact", FactValue, {"value": JSON})
DRAFT = Shape(
    "draft",
    Draft,
    {
        "answers": OBJECT,
        "unsure": SET,
        "drawer": OBJECT,
        "state": choice(DraftState),
        "revision": NUMBER,
        "open_fields": TUPLE,
    },
)
SIGNATURE = Shape("draft_signature", GivenSignature)
SUBMISSION = Shape(
    "submission",
    Submission,
    {"sequence": NUMBER, "state": choice(SubmissionState), "files": FILES, "problems": PROBLEMS},
    left=frozenset({"attempts"}),
)
ATTEMPT = Shape("attempt", Attempt, {"status": NUMBER})
EVENT = Shape("event", CaseEvent, {"fields": TUPLE, "details": DETAILS})
CASE = Shape(
    "agency_case",
    Case,
    {"state": choice(CaseState), "recorded_by_user": FLAG},
    left=frozenset({"submissions", "events"}),
)
DOCUMENT = Shape("document", Document, {"size": NUMBER, "used_by": TUPLE})
