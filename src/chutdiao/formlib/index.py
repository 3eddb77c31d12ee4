"""Build what the program reads at run time: an index and one compiled file for each form."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.formlib import tree
from chutdiao.formlib.load import load_form
from chutdiao.formlib.source import Table, plain, read_table, read_yaml

BUILT = ".built"
_CHANNELS = ("api", "file", "portal", "paper")


@dataclass(slots=True)
class Built:
    """The built files by their name inside ``.built`` and what could not be built."""

    files: dict[str, Json] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def index(self) -> dict[str, Any]:
        index = self.files["index.json"]
        assert isinstance(index, dict)
        return index


def digest_of(raw: Json) -> str:
    """SHA-256 of what an author wrote, whatever its order of keys, remarks and line breaks."""
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def build(forms_dir: Path, stamped: bool = True) -> Built:
    """Read every source under ``forms_dir``; a package that does not load is a problem, not a stop.

    ``stamped`` records sizes and times of the sources so that a checkout knows when to build again.
    """
    built = Built()
    facts = _document(built, forms_dir, "facts.yaml", "facts")
    roles = _document(built, forms_dir, "facts.yaml", "roles")
    index: dict[str, Json] = {
        "forms": [],
        "services": _entries(_document(built, forms_dir, "catalogue.yaml", "services")),
        "journeys": [],
        "facts": plain(flat_facts(facts)),
        "roles": plain(roles),
        "agencies": plain(_document(built, forms_dir, "agencies.yaml", "agencies")),
        "sources": plain(tree.sources(forms_dir)) if stamped else {},
    }
    for package in tree.packages(forms_dir):
        _guarded(built, lambda package=package: _add_form(built, index, forms_dir, package))
    for path in tree.journeys(forms_dir):
        _guarded(built, lambda path=path: _add_journey(built, index, forms_dir, path))
    values: dict[str, Json] = {}
    for path in tree.parameters(forms_dir):
        name = tree.name_in(forms_dir, path)
        _guarded(built, lambda path=path, name=name: values.update({name: plain(read_yaml(path, name))}))
    built.files["parameters.json"] = values
    duties: list[Json] = []
    for path in tree.duties(forms_dir):
        _guarded(built, lambda path=path: duties.append(plain(_read(forms_dir, path))))
    built.files["duties.json"] = duties
    events: list[Json] = []
    for path in tree.events(forms_dir):
        _guarded(built, lambda path=path: events.append(plain(_read(forms_dir, path))))
    built.files["events.json"] = events
    papers = forms_dir / "documents.yaml"
    if papers.is_file():
        _guarded(built, lambda: built.files.update({"documents.json": plain(_read(forms_dir, papers))}))
    layouts: dict[str, Json] = {}
    for path in tree.layouts(forms_dir):
        name = tree.name_in(forms_dir, path)
        _guarded(built, lambda path=path, name=name: layouts.update({name: plain(read_yaml(path, name))}))
    built.files["layouts.json"] = layouts
    built.files["index.json"] = index
    return built


def write(built: Built, folder: Path) -> None:
    """Write the built files, each in one step and the index last, so a reader never sees half."""
    for name, content in built.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        partial.replace(path)


def flat_facts(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by their full name, also when written grouped by subject."""
    flat: dict[str, Any] = {}
    for name, entry in raw.items():
        if not isinstance(entry, Mapping):
            continue
        if "type" in entry or "label" in entry:
            flat[str(name)] = entry
        else:
            flat.update({f"{name}.{part}": value for part, value in flat_facts(entry).items()})
    return flat


def _guarded(built: Built, step: Any) -> None:
    try:
        step()
    except ChutdiaoError as error:
        built.problems.extend(error.problems)


def _document(built: Built, forms_dir: Path, name: str, wrapper: str) -> Mapping[str, Any]:
    path = forms_dir / name
    if not path.is_file():
        return {}
    try:
        node = read_yaml(path, tree.name_in(forms_dir, path))
    except ChutdiaoError as error:
        built.problems.extend(error.problems)
        return {}
    return {} if isinstance(node, str) else tree.by_id(node, wrapper)


def _entries(rows: Mapping[str, Any]) -> list[Json]:
    entries: list[Json] = []
    for key, row in rows.items():
        entry = plain(row)
        entries.append({"id": str(key), **entry} if isinstance(entry, dict) else {"id": str(key)})
    return entries


def _add_form(built: Built, index: dict[str, Json], forms_dir: Path, package: tree.Package) -> None:
    raw = _read(forms_dir, package.form)
    for needed in ("id", "version"):
        if needed not in raw:
            place = f"{raw.mark}"
            raise ChutdiaoError(Problem("form.missing-key", place, {"key": needed}))
    content = plain(raw)
    assert isinstance(content, dict)
    digest = digest_of(_unclosed(content))
    facts = index["facts"]
    spec = load_form(raw, facts if isinstance(facts, dict) else {}, digest)
    name = f"forms/{spec.id}@{spec.version}.json"
    built.files[name] = {
        "digest": digest,
        "form": content,
        "print": _optional(forms_dir, package.beside("print")),
        "migrations": _optional(forms_dir, package.migrations),
    }
    forms = index["forms"]
    assert isinstance(forms, list)
    forms.append(
        {
            "id": spec.id,
            "version": spec.version,
            "code": spec.code,
            "title": {"th": spec.title.th, "en": spec.title.en},
            "agency": spec.agency,
            "channels": [channel for channel in _CHANNELS if channel in spec.channels],
            "service": spec.service,
            "effective": {"from": spec.effective_from, "to": spec.effective_to},
            "verified": spec.verified,
            "digest": digest,
            "file": name,
        }
    )


def _unclosed(form: dict[str, Json]) -> dict[str, Json]:
    """The form without its last day: a successor closes it, and what was pinned before stays the same."""
    effective = form.get("effective")
    if not isinstance(effective, dict):
        return form
    return form | {"effective": {key: value for key, value in effective.items() if key != "to"}}


def _add_journey(built: Built, index: dict[str, Json], forms_dir: Path, path: Path) -> None:
    raw = _read(forms_dir, path)
    content = plain(raw)
    assert isinstance(content, dict)
    journey = str(content.get("id", path.stem))
    built.files[f"journeys/{journey}.json"] = content
    journeys = index["journeys"]
    assert isinstance(journeys, list)
    journeys.append(
        {key: content[key] for key in ("title", "why", "summary") if key in content} | {"id": journey}
    )


def _read(forms_dir: Path, path: Path) -> Table:
    return read_table(path, tree.name_in(forms_dir, path))


def _optional(forms_dir: Path, path: Path) -> Json:
    return plain(read_yaml(path, tree.name_in(forms_dir, path))) if path.is_file() else None
