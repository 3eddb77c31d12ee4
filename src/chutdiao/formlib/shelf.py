"""The form shelf: the built index, and one compiled form, journey or print map on demand."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from chutdiao.domain.form import FormSpec
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.formlib import index as index_builder
from chutdiao.formlib import tree
from chutdiao.formlib.load import load_form

if TYPE_CHECKING:
    from chutdiao.domain.agencyfile import Layout
    from chutdiao.domain.duty import DutyBook
    from chutdiao.domain.journey import Journey
    from chutdiao.domain.life import LifeEvent
    from chutdiao.domain.papers import PaperBook

T = TypeVar("T")


class Shelf:
    """Reads ``forms/.built``; in a checkout it builds again when a source changed."""

    def __init__(self, forms_dir: Path, watch: bool | None = None) -> None:
        """Take the forms folder; ``watch`` says whether sources may have changed."""
        self._dir = forms_dir
        self._watch = (forms_dir.parent / "pyproject.toml").is_file() if watch is None else watch
        self._memory: dict[str, Json] = {}
        self._forms: dict[tuple[str, str], FormSpec] = {}
        self._loaded: dict[str, Any] = {}

    @cached_property
    def _index(self) -> dict[str, Any]:
        found = self._on_disk()
        if found is None or (self._watch and found.get("sources") != tree.sources(self._dir)):
            return self.rebuild()
        return found

    def rebuild(self) -> dict[str, Any]:
        """Build again from the sources; kept in memory where the folder cannot be written."""
        built = index_builder.build(self._dir)
        self._forms.clear()
        self._loaded.clear()
        try:
            index_builder.write(built, self._dir / index_builder.BUILT)
            self._memory = {}
        except OSError:
            self._memory = built.files
        self.__dict__["_index"] = built.index
        return built.index

    def index(self) -> Mapping[str, Json]:
        """Forms, services, journeys, facts and agencies as plain rows."""
        return self._index

    def load(self, form: str, version: str = "") -> FormSpec:
        """One version of a form, the newest when none is named."""
        row = self._row(form, version)
        key = (form, str(row["version"]))
        if key not in self._forms:
            compiled = self._file(str(row["file"]))
            self._forms[key] = load_form(compiled["form"], self._index["facts"], compiled["digest"])
        return self._forms[key]

    def print_map(self, form: str, version: str = "") -> Mapping[str, Json]:
        """How a form is laid on paper: our sheet and the official blank; empty when nothing is said."""
        return self._file(str(self._row(form, version)["file"]))["print"] or {}

    def migration(self, form: str, old: str, new: str) -> Mapping[str, Json] | None:
        """The record of what changed from one version to another, when there is one."""
        records = self._file(str(self._row(form, new)["file"]))["migrations"] or []
        rows = records if isinstance(records, list) else records.get("migrations", [])
        return next((row for row in rows if row["from"] == old and row["to"] == new), None)

    def versions(self, form: str) -> list[str]:
        """Every version held of a form, oldest first."""
        rows = [row for row in self._index["forms"] if row["id"] == form]
        return [row["version"] for row in sorted(rows, key=_by_age)]

    def agencies(self) -> Mapping[str, Json]:
        agencies: Mapping[str, Json] = self._index["agencies"]
        return agencies

    def facts(self) -> Mapping[str, Json]:
        facts: Mapping[str, Json] = self._index["facts"]
        return facts

    def journey(self, journey: str) -> "Journey":
        """One journey, ready to plan with."""
        from chutdiao.formlib.journeys import load_journey

        if journey not in {row["id"] for row in self._index["journeys"]}:
            raise ChutdiaoError(Problem("shelf.unknown-journey", journey, {"journey": journey}))
        services, agencies = self._index["services"], self._index["agencies"]
        return self._once(f"journeys/{journey}.json", lambda rows: load_journey(rows, services, agencies))

    def parameters(self) -> Parameters:
        """Every dated value and the holidays known."""
        from chutdiao.formlib.parameters import load_parameters

        return self._once("parameters.json", lambda rows: load_parameters(self._dir, rows))

    def duties(self) -> "DutyBook":
        """Every duty that comes round, and the questions they are decided by."""
        from chutdiao.formlib.duties import load_duties

        return self._once("duties.json", load_duties)

    def events(self) -> "Mapping[str, LifeEvent]":
        """Every life event by id, in the order they are offered."""
        from chutdiao.formlib.events import load_events

        return self._once("events.json", lambda rows: load_events(rows, self.duties()))

    def papers(self) -> "PaperBook":
        """The kinds of documents one keeps, and how old an agency takes them."""
        from chutdiao.formlib.documents import load_documents

        return self._once("documents.json", load_documents)

    def layouts(self) -> "Mapping[str, Layout]":
        """Every layout of an agency's file, by id."""
        from chutdiao.formlib.layouts import load_layouts

        return self._once("layouts.json", lambda rows: load_layouts(self._dir, rows))

    def _once(self, name: str, load: Callable[[Any], T]) -> T:
        """What a built file holds, read once until it is built again: the law of a day asks for it often."""
        self.index()
        if name not in self._loaded:
            self._loaded[name] = load(self._file(name))
        found: T = self._loaded[name]
        return found

    def _row(self, form: str, version: str) -> Mapping[str, Any]:
        rows: list[Mapping[str, Any]] = [row for row in self._index["forms"] if row["id"] == form]
        if not rows:
            raise ChutdiaoError(Problem("shelf.unknown-form", form, {"form": form}))
        if not version:
            return max(rows, key=_by_age)
        for row in rows:
            if row["version"] == version:
                return row
        raise ChutdiaoError(Problem("shelf.unknown-version", form, {"form": form, "version": version}))

    def _file(self, name: str) -> Any:
        if name in self._memory:
            return self._memory[name]
        try:
            return json.loads((self._dir / index_builder.BUILT / name).read_bytes())
        except (OSError, ValueError) as error:
            raise ChutdiaoError(Problem("shelf.damaged", name, {"reason": str(error)})) from error

    def _on_disk(self) -> dict[str, Any] | None:
        try:
            index = json.loads((self._dir / index_builder.BUILT / "index.json").read_bytes())
        except (OSError, ValueError):
            return None
        return index if isinstance(index, dict) else None


def _by_age(row: Mapping[str, Any]) -> tuple[str, list[int | str]]:
    parts: list[int | str] = [int(p) if p.isdigit() else -1 for p in str(row["version"]).split(".")]
    return str(row["effective"]["from"]), parts
