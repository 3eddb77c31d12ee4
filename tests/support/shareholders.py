"""Made-up shareholders of a made-up company, as many as are wanted."""

import json
from dataclasses import replace

from chutdiao import paths
from chutdiao.app.ports import Draft
from chutdiao.domain.form import FormSpec
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import DraftState


def person(number: int) -> str:
    """An identification number with a right check digit that nobody is given: they begin with nine."""
    digits = [int(sign) for sign in f"9{number:011d}"]
    check = (11 - sum(digit * (13 - place) for place, digit in enumerate(digits)) % 11) % 10
    return "".join(map(str, digits)) + str(check)


def answers_with(count: int) -> dict[str, Json]:
    """Complete answers of บอจ.5 with a share for each of the shareholders."""
    held = json.loads((paths.resources_dir() / "samples" / "boj5.json").read_text("utf-8"))
    held = held.get("answers", held)
    first = held["shareholders"][0]
    rows = [
        {
            **first,
            "_row": f"r{n}",
            "holder": person(n + 1),
            "name": {"first": f"สมมติ{n}", "last": "ใจดี"},
            "held": "1",
        }
        for n in range(count)
    ]
    return {**held, "capital": str(count * 100), "par": "100", "shareholders": rows}


def draft_with(form: FormSpec, business: str, count: int, **changes: object) -> Draft:
    """A draft of บอจ.5 with so many shareholders."""
    draft = Draft(
        id="many", business=business, step="", form=form.id, version=form.version, digest=form.digest,
        answers=answers_with(count), unsure=frozenset(), drawer={}, state=DraftState.EDITING, revision=0,
        place="shareholders", updated_at="2026-11-23T09:00:00+07:00",
    )  # fmt: skip
    return replace(draft, **changes)


def spreadsheet(count: int) -> str:
    """The same shareholders as they are copied from a spreadsheet."""
    return "\n".join(f"{person(n + 1)}\tนางสาวสมมติ{n} ใจดี\tTH\t1" for n in range(count))
