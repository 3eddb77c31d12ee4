"""Check the whole library: each document alone, then what they say about one another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.formlib import tree
from chutdiao.formlib.cases import run_cases, uncovered
from chutdiao.formlib.duties import load_duties
from chutdiao.formlib.lint.documents import check_documents
from chutdiao.formlib.lint.draft import Draft
from chutdiao.formlib.lint.duties import check_duties
from chutdiao.formlib.lint.events import check_events
from chutdiao.formlib.lint.expressions import check_cycles, check_expressions
from chutdiao.formlib.lint.journeys import check_journey
from chutdiao.formlib.lint.layouts import check_layouts
from chutdiao.formlib.lint.paper import BoxesOf, check_migrations, check_print
from chutdiao.formlib.lint.probing import probe
from chutdiao.formlib.lint.sentences import check_sentences
from chutdiao.formlib.lint.structure import Around, check_structure
from chutdiao.formlib.load import load_form
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shape import check_shape
from chutdiao.formlib.source import Items, Node, Table, place_of, read_yaml


@dataclass(slots=True)
class Report:
    """What was looked at and everything found."""

    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        return all(problem.level is not Level.STOP for problem in self.problems)

    def count(self, kind: str, number: int = 1) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + number


def check_library(
    forms_dir: Path,
    resources_dir: Path | None = None,
    schemas: Path | None = None,
    boxes_of: BoxesOf | None = None,
) -> Report:
    """Check every file under ``forms_dir``.

    With ``resources_dir`` also the sentences of problems; with ``boxes_of`` also the print maps
    against the official blanks it reads.
    """
    return _Library(forms_dir, schemas or forms_dir / "schema", boxes_of).check(resources_dir)


@dataclass(slots=True)
class _Package:
    """One readable form with the files beside it."""

    files: tree.Package
    draft: Draft


class _Library:
    """One run over the library."""

    def __init__(self, forms_dir: Path, schemas: Path, boxes_of: BoxesOf | None) -> None:
        self._dir = forms_dir
        self._boxes_of = boxes_of
        self._schemas = schemas
        self._report = Report()
        self._tables = CsvTables(forms_dir)
        self._parameters = Parameters()
        self._facts: Mapping[str, Any] = {}
        self._catalogue: Mapping[str, Any] = {}
        self._form_ids: list[str] = []
        self._latest: Node | None = None

    def check(self, resources_dir: Path | None) -> Report:
        around = self._around()
        self._load_parameters()
        found = [self._package(files) for files in tree.packages(self._dir)]
        packages = [package for package in found if package is not None]
        for package in packages:
            found_here = [
                *check_structure(package.draft, around),
                *check_expressions(package.draft, self._parameters),
                *check_cycles(package.draft),
            ]
            if all(p.level is Level.WARN for p in found_here):
                found_here.extend(probe(package.draft, self._parameters))
            self._add(found_here)
            self._beside(package, packages, runnable=all(p.level is Level.WARN for p in found_here))
        self._add(_across(packages))
        self._services()
        self._journeys(packages, around)
        self._duties(around)
        self._events(around)
        papers = self._dir / "documents.yaml"
        if papers.is_file() and isinstance(found_papers := self._read(papers, "documents"), Table):
            self._add(list(check_documents(found_papers, around)))
        self._layouts()
        if resources_dir is not None:
            self._add(check_sentences(resources_dir, self._report.count))
        self._report.problems.sort(key=_by_place)
        return self._report

    def _add(self, problems: Iterator[Problem] | list[Problem]) -> None:
        self._report.problems.extend(problems)

    def _read(self, path: Path, schema: str = "") -> Node | None:
        """The document, or nothing where its shape is wrong; either way its problems are noted."""
        try:
            node = read_yaml(path, tree.name_in(self._dir, path))
        except ChutdiaoError as error:
            self._add(list(error.problems))
            self._latest = None
            return None
        self._latest = node
        file = self._schemas / f"{schema}.schema.json"
        wrong = check_shape(node, file) if schema and file.is_file() else []
        self._add(wrong)
        return None if wrong else node

    def _around(self) -> Around:
        nodes = {name: self._shared(name) for name in ("facts", "agencies", "catalogue")}
        facts, roles = (tree.by_id(nodes["facts"], name) for name in ("facts", "roles"))
        self._facts = {str(name): fact for name, fact in facts.items() if isinstance(fact, Table)}
        agencies = tree.by_id(nodes["agencies"], "agencies")
        self._catalogue = tree.by_id(nodes["catalogue"], "services")
        self._report.count("facts", len(self._facts))
        self._report.count("services", len(self._catalogue))
        return Around(self._facts, roles, agencies, list(self._catalogue), self._tables.names())

    def _shared(self, name: str) -> Table | Items:
        path = self._dir / f"{name}.yaml"
        node = self._read(path, name) if path.is_file() else None
        return node if isinstance(node, Table | Items) else Table()

    def _load_parameters(self) -> None:
        from chutdiao.formlib.parameters import load_parameters

        try:
            self._parameters = load_parameters(self._dir)
        except ChutdiaoError as error:
            self._add(list(error.problems))
        self._report.count("parameters", len(self._parameters.values))

    def _package(self, files: tree.Package) -> _Package | None:
        self._report.count("forms")
        raw = self._read(files.form, "form")
        self._form_ids.append(str(self._latest.get("id", "")) if isinstance(self._latest, Table) else "")
        return _Package(files, Draft(raw, self._facts)) if isinstance(raw, Table) else None

    def _beside(self, package: _Package, packages: list[_Package], runnable: bool) -> None:
        files, draft = package.files, package.draft
        printed = files.beside("print")
        if printed.is_file() and isinstance(raw := self._read(printed, "print"), Table):
            self._add(check_print(draft, raw, self._parameters, self._boxes_of))
        older = {
            str(other.draft.raw["version"]): other.draft
            for other in packages
            if other.files.folder == files.folder and other is not package
        }
        if files.form.name == "form.yaml":
            self._migrations(package, older)
        self._cases(package, runnable)

    def _migrations(self, package: _Package, older: Mapping[str, Draft]) -> None:
        path = package.files.migrations
        if path.is_file():
            raw = self._read(path, "migrations")
            if isinstance(raw, Items):
                self._add(check_migrations(package.draft, raw, older))
        elif older:
            version = package.draft.raw["version"]
            self._add([Problem("migrations.missing", place_of(version), {"version": str(version)})])

    def _cases(self, package: _Package, runnable: bool) -> None:
        draft = package.draft
        path = package.files.beside("cases")
        if not path.is_file():
            self._add([Problem("cases.missing", place_of(draft.raw["id"]), {"form": str(draft.raw["id"])})])
            return
        cases = self._read(path, "cases")
        if not isinstance(cases, Items) or not runnable:
            return
        form = load_form(draft.raw, self._facts)
        outcomes = run_cases(form, cases, self._parameters, self._tables.holds)
        self._report.count("cases", len(outcomes))
        self._add([problem for outcome in outcomes for problem in outcome.problems])
        self._add(uncovered(form, outcomes, cases))

    def _services(self) -> None:
        if "" in self._form_ids:
            return  # one form cannot be read, so a missing one may be that
        for service in self._catalogue.values():
            for form in _forms_of(service) if isinstance(service, Table) else ():
                if form not in self._form_ids:
                    self._add([Problem("catalogue.unknown-form", place_of(form), {"form": str(form)})])

    def _journeys(self, packages: list[_Package], around: Around) -> None:
        drafts = [package.draft for package in packages]
        for path in tree.journeys(self._dir):
            self._report.count("journeys")
            raw = self._read(path, "journey")
            if isinstance(raw, Table):
                services = list(self._catalogue.values())
                self._add(check_journey(raw, services, around, drafts, self._parameters))

    def _layouts(self) -> None:
        read = {
            tree.name_in(self._dir, path): self._read(path, "layouts") for path in tree.layouts(self._dir)
        }
        documents = {name: node for name, node in read.items() if isinstance(node, Table)}
        self._report.count("layouts", sum(len(node.get("layouts", ())) for node in documents.values()))
        if len(documents) == len(read):
            self._add(list(check_layouts(documents, self._parameters)))

    def _duties(self, around: Around) -> None:
        found = [self._read(path, "duties") for path in tree.duties(self._dir)]
        documents = [document for document in found if isinstance(document, Table)]
        if len(documents) == len(found):
            self._report.count("duties", sum(len(document["duties"]) for document in documents))
            self._add(list(check_duties(documents, around, self._form_ids)))

    def _events(self, around: Around) -> None:
        found = [self._read(path, "events") for path in tree.events(self._dir)]
        documents = [document for document in found if isinstance(document, Table)]
        self._report.count("events", len(documents))
        calendar = [read_yaml(path, tree.name_in(self._dir, path)) for path in tree.duties(self._dir)]
        try:
            book = load_duties([document for document in calendar if isinstance(document, Table)])
        except ChutdiaoError:
            return  # the duties are told of by themselves
        if len(documents) == len(found):
            self._add(list(check_events(documents, book, around, self._form_ids, self._parameters)))


def _forms_of(service: Table) -> list[Any]:
    """The forms a service names: the application, then its pack."""
    named = [service["form"]] if "form" in service else []
    return [*named, *(one["form"] for one in service.get("pack", ()))]


def _across(packages: list[_Package]) -> Iterator[Problem]:
    """Versions of one form that are the same or in force on the same day."""
    by_form: dict[str, list[Table]] = {}
    for package in packages:
        by_form.setdefault(str(package.draft.raw["id"]), []).append(package.draft.raw)
    for form, versions in by_form.items():
        ordered = sorted(versions, key=lambda raw: (str(raw["effective"]["from"]), raw["version"]))
        for earlier, later in pairwise(ordered):
            values = {"form": form, "version": str(later["version"]), "other": str(earlier["id"].mark)}
            if earlier["version"] == later["version"]:
                yield Problem("form.duplicate-form", place_of(later["id"]), values)
            elif earlier["effective"].get("to", "9999") >= later["effective"]["from"]:
                yield Problem("form.overlapping-versions", place_of(later["effective"]["from"]), values)


def _by_place(problem: Problem) -> tuple[str, list[int]]:
    file, *numbers = problem.place.rsplit(":", 2)
    return file, [int(number) for number in numbers if number.isdigit()]
