"""Answers that fill a blank: drawn at random from what a form offers, or as long as anyone may write."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

from chutdiao import paths
from chutdiao.domain.form import Choice, Field, FieldType, FormSpec
from chutdiao.domain.problem import Json

SAMPLES = paths.resources_dir() / "samples"
_STACKED = "ปั้นญี่ปุ่นฎุฏุฐิ์น้ำที่ปรึกษา"
LONGEST: Mapping[str, Json] = {
    "person": {"title": "นางสาว", "first": "กฤตกนกพิชญ์ญี่ปุ่น", "last": "พิพัฒน์ผู้ปั้นน้ำเป็นตัว ณ อยุธยา"},
    "firm": {"full": f"ห้างหุ้นส่วนจำกัด {_STACKED} และบุตร (ประเทศไทย)"},
}
ADDRESS: dict[str, Json] = {
    "building": "อาคารสมมติทาวเวอร์",
    "room": "1234",
    "floor": "12",
    "village": "หมู่บ้านญี่ปุ่น",
    "house": "999/99",
    "moo": "12",
    "soi": "ปู่ 12",
    "junction": "ผู้ใหญ่",
    "road": "พุทธมณฑลสาย 4",
    "subdistrict": "500501",
    "district": "5005",
    "province": "50",
    "postcode": "50220",
}


def sample(form: str) -> dict[str, Json]:
    """The sample answers that come with a form; none where it has none."""
    path = SAMPLES / f"{form}.json"
    found: dict[str, Json] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


class Drawn:
    """Draws one set of answers: every field answered, choices at random, tables with so many rows.

    Most rows of a table have the same choice, so that a sheet that holds one kind is filled. ``wordy``
    says how many times over a text is written.
    """

    def __init__(
        self, form: FormSpec, dice: random.Random, rows: Mapping[str, int], extreme: bool, digits: int = 12
    ) -> None:
        self._form = form
        self._dice = dice
        self._rows = rows
        self._extreme = extreme
        self._most = f"{'9' * digits}.99"
        self._usual = sample(form.id)
        self._favourite: dict[str, str] = {}
        self.wordy = 1
        self._orders: dict[str, list[Choice]] = {}

    def answers(self) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for field in self._form.fields():
            if field.value:
                continue
            if field.type is FieldType.TABLE:
                found[field.id] = [self._row(field, number) for number in range(1, self._rows_of(field) + 1)]
            else:
                found[field.id] = self._answer(field, self._usual.get(field.id))
        return found

    def _rows_of(self, field: Field) -> int:
        return min(self._rows.get(field.id, 15), field.rows.max if field.rows else 15)

    def _row(self, table: Field, number: int) -> Json:
        usual = self._usual.get(table.id)
        first = usual[0] if isinstance(usual, list) and usual and isinstance(usual[0], dict) else {}
        row: dict[str, Json] = {"_row": f"r{number}"}
        for column in table.columns:
            if column.type is FieldType.CHOICE and table.id not in self._rows:
                row[column.id] = self._one_of_each(column, number)
            elif not column.value:
                row[column.id] = self._answer(column, first.get(column.id))
        return row

    def _one_of_each(self, column: Field, number: int) -> str:
        """Where a blank has a line for each choice, no two rows may want the same line."""
        order = self._orders.setdefault(column.id, self._dice.sample(column.choices, len(column.choices)))
        return order[number % len(order)].code

    def _answer(self, field: Field, usual: Json) -> Json:
        kind = field.type
        if kind is FieldType.CHOICE:
            return self._choice(field)
        if kind is FieldType.CHOICES:
            return [choice.code for choice in field.choices]
        if kind is FieldType.MONEY:
            return self._money()
        if kind is FieldType.NAME:
            firm = isinstance(usual, dict) and "full" in usual
            return LONGEST["firm" if firm else "person"] if self._extreme else usual or LONGEST["person"]
        if kind is FieldType.ADDRESS:
            return dict(ADDRESS)
        if kind is FieldType.BRANCH:
            return self._dice.choice(("00000", "00012"))
        if field.table == "countries":
            return self._dice.choice(("TH", "DE"))
        if kind is FieldType.TEXT:
            return self._text(usual)
        return usual if usual is not None else _USUAL.get(kind, "")

    def _text(self, usual: Json) -> str:
        said = str(usual) if usual is not None else "ระบุผู้ปั้น" if self._extreme else "สมมติ"
        return said if said.isascii() else " ".join([said] * self.wordy)

    def _choice(self, field: Field) -> str:
        drawn = self._dice.choice(field.choices).code
        favourite = self._favourite.setdefault(field.id, drawn)
        return favourite if self._dice.random() < 0.8 else drawn

    def _money(self) -> Json:
        if not self._extreme:
            return f"{self._dice.randrange(1, 10_000_000)}.{self._dice.randrange(100):02d}"
        return self._dice.choice((self._most, "0.00", "-1234567.05", "0.01"))


_USUAL: dict[FieldType, Json] = {
    FieldType.IDENTITY: "0105599999016",
    FieldType.NUMBER: "15",
    FieldType.DATE: "2026-12-31",
    FieldType.REFERENCE: "DE",
    FieldType.PHONE: "053000000",
    FieldType.EMAIL: "shop@example.com",
}


def blanks_dir() -> Path:
    """Where the agencies' blanks lie beside the checkout, if they do."""
    return Path(__file__).parents[3] / "shared" / "blanks"
