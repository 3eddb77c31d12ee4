"""Reference tables from CSV: areas, activities, countries, banks and titles, searched as typed."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from chutdiao.app.ports import ReferenceRow
from chutdiao.domain.text import LocalText, clean, search_key

_EMPTY = LocalText("", "")
_SCATTERED = 6  # the rank of an entry that holds every word typed, but apart
# Divisions of shops, lodging, food and personal services: what a small business mostly is.
_SHOPS = frozenset({"45", "47", "55", "56", "95", "96"})
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row, the names and words it is found by; ``later`` puts it behind its equals."""

    row: ReferenceRow
    names: tuple[str, ...]
    words: tuple[str, ...]
    title: str = ""
    later: bool = False

    def haystack(self) -> str:
        """All it is found by, to pass over most entries at once."""
        return "\n".join((self.row.code.casefold(), self.title, *self.names, *self.words))


@dataclass(frozen=True)
class _Searchable:
    """Rows of one table with the keys they are found by."""

    entries: Sequence[_Entry]

    @cached_property
    def by_code(self) -> Mapping[str, ReferenceRow]:
        return {entry.row.code: entry.row for entry in self.entries}

    @cached_property
    def _haystacks(self) -> Sequence[str]:
        return [entry.haystack() for entry in self.entries]

    def find(self, typed: str, limit: int) -> list[ReferenceRow]:
        key = search_key(typed)
        if not key:
            return [entry.row for entry in self.entries[:limit]]
        parts = tuple(search_key(word) for word in clean(typed).split())
        hits = []
        for n, haystack in enumerate(self._haystacks):
            if key in haystack:
                entry = self.entries[n]
                hits.append((_rank(entry, key), entry.later, n))
            elif len(parts) > 1 and all(part in haystack for part in parts):
                hits.append((_SCATTERED, self.entries[n].later, n))
        return [self.entries[n].row for _, _, n in sorted(hits)[:limit]]


def _rank(entry: _Entry, key: str) -> int:
    """How well an entry answers what was typed; lower is better.

    What a person calls it (a keyword) comes before where the word merely occurs in a title.
    """
    if entry.row.code.casefold() == key or key in entry.names:
        return 0
    if key in entry.words:
        return 1
    if entry.row.code.casefold().startswith(key) or any(name.startswith(key) for name in entry.names):
        return 2
    if any(word.endswith(key) or word.startswith(key) for word in entry.words):
        return 3
    return 4 if key in entry.title or any(key in name for name in entry.names) else 5


class CsvTables:
    """Reads each table once, when it is first asked for."""

    def __init__(self, forms_dir: Path) -> None:
        self._dir = forms_dir / "reference"
        self._tables: dict[str, _Searchable] = {}

    def find(self, table: str, typed: str, limit: int = 20) -> Sequence[ReferenceRow]:
        """The rows that answer what was typed, best first; none for an unknown table."""
        found = self._table(table)
        return found.find(typed, limit) if found else []

    def row(self, table: str, code: str) -> ReferenceRow | None:
        """The row of a code."""
        found = self._table(table)
        return found.by_code.get(code) if found else None

    def label(self, table: str, code: str) -> str:
        """The Thai label of a code; the code itself where the table does not hold it."""
        row = self.row(table, code)
        return row.label.th if row else code

    def holds(self, table: str, code: str) -> bool:
        """Whether a table holds a code."""
        return self.row(table, code) is not None

    @staticmethod
    def names() -> frozenset[str]:
        """The tables there are."""
        return frozenset(_READERS)

    def _table(self, name: str) -> _Searchable | None:
        if name not in _READERS:
            return None
        if name not in self._tables:
            self._tables[name] = _Searchable(_READERS[name](self._dir))
        return self._tables[name]


def _rows(folder: Path, name: str) -> Rows:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Names of districts and provinces come again with every sub-district.
_key = lru_cache(4096)(search_key)


def _keys(*words: str) -> tuple[str, ...]:
    return tuple(key for key in map(_key, words) if key)


def _named(row: dict[str, str], code: str, note: LocalText = _EMPTY, **extra: str) -> _Entry:
    label = LocalText(row["name_th"], row["name_en"])
    bare = row["name_th"].removeprefix("เขต")
    found = ReferenceRow(code, label, note, tuple(extra.items()))
    return _Entry(found, _keys(label.th, label.en, bare), _keys(*extra.values()))


def _provinces(folder: Path) -> list[_Entry]:
    return [_named(row, row["code"]) for row in _rows(folder, "th-provinces.csv")]


def _districts(folder: Path) -> list[_Entry]:
    provinces = {row["code"]: row for row in _rows(folder, "th-provinces.csv")}
    entries = []
    for row in _rows(folder, "th-districts.csv"):
        province = provinces[row["province_code"]]
        note = LocalText(province["name_th"], province["name_en"])
        found = ReferenceRow(
            row["code"], LocalText(row["name_th"], row["name_en"]), note, (("province", province["code"]),)
        )
        entries.append(
            _Entry(found, _keys(row["name_th"], row["name_th"].removeprefix("เขต"), row["name_en"]), ())
        )
    return entries


def _areas(folder: Path) -> list[_Entry]:
    districts = {row["code"]: row for row in _rows(folder, "th-districts.csv")}
    provinces = {row["code"]: row for row in _rows(folder, "th-provinces.csv")}
    return [_area(row, districts, provinces) for row in _rows(folder, "th-subdistricts.csv")]


def _area(
    row: dict[str, str], districts: Mapping[str, dict[str, str]], provinces: Mapping[str, dict[str, str]]
) -> _Entry:
    district = districts[row["district_code"]]
    province = provinces[district["province_code"]]
    near = district["name_th"].removeprefix("เขต")
    marks = ("แขวง", " เขต", " ") if province["code"] == "10" else ("ต.", " อ.", " จ.")
    parts = (row["name_th"], near, province["name_th"])
    label = LocalText(
        "".join(mark + part for mark, part in zip(marks, parts, strict=True)),
        f"{row['name_en']}, {district['name_en']}, {province['name_en']}",
    )
    keys = _keys(*parts)
    title = "".join(mark.strip() + key for mark, key in zip(marks, keys, strict=True))
    extra = (
        ("postcodes", row["postal_codes"]),
        ("district", district["code"]),
        ("province", province["code"]),
    )
    names = (keys[0], *_keys(row["name_en"]), title, "".join(keys))
    words = _keys(
        near, province["name_th"], district["name_en"], province["name_en"], *row["postal_codes"].split()
    )
    found = ReferenceRow(row["code"], label, LocalText(row["postal_codes"], row["postal_codes"]), extra)
    return _Entry(found, names, words, title)


def _tsic(folder: Path) -> list[_Entry]:
    english = {row["code"]: row["name_en"] for row in _rows(folder, "tsic2552-en.csv")}
    activities = [row for row in _rows(folder, "tsic2552-th.csv") if row["level"] == "activity"]
    entries = []
    for row in activities:
        label = LocalText(row["title_th"], english.get(row["code"], row["title_th"]))
        found = ReferenceRow(
            row["code"], label, LocalText(row["keywords_th"], ""), (("wording", row["wording"]),)
        )
        words = row["keywords_th"].split()
        later = row["code"][:2] not in _SHOPS
        entries.append(_Entry(found, _keys(label.th, label.en), _keys(*words), search_key(label.th), later))
    return entries


def _countries(folder: Path) -> list[_Entry]:
    entries = [_named(row, row["iso2"]) for row in _rows(folder, "countries-th.csv")]
    return sorted(entries, key=lambda entry: entry.row.code != "TH")


def _banks(folder: Path) -> list[_Entry]:
    return [
        _named(row, row["bot_code"], abbr=row["abbr"], kind=row["kind"])
        for row in _rows(folder, "th-banks.csv")
    ]


def _titles(folder: Path) -> list[_Entry]:
    entries = []
    for row in _rows(folder, "th-name-titles.csv"):
        label = LocalText(row["title_th"], row["title_en"])
        extra = (("abbr", row["abbr_th"]), ("sex", row["sex"]))
        found = ReferenceRow(row["title_th"], label, LocalText(row["note"], row["note"]), extra)
        entries.append(_Entry(found, _keys(label.th, label.en), _keys(row["abbr_th"])))
    return entries


def _company_objects(folder: Path) -> list[_Entry]:
    return [_named(row, row["code"], set=row["set"]) for row in _rows(folder, "company-objects.csv")]


_READERS: Mapping[str, Callable[[Path], list[_Entry]]] = {
    "areas": _areas,
    "provinces": _provinces,
    "districts": _districts,
    "tsic": _tsic,
    "countries": _countries,
    "banks": _banks,
    "titles": _titles,
    "company-objects": _company_objects,
}
