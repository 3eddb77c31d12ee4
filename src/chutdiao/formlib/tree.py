"""What lies in ``forms/``: which file is a form, its print map, its cases, a journey, a rate."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chutdiao.formlib.source import Items, Table

_FORM_FILE = re.compile(r"form(?:@(?P<version>[^/]+))?\.yaml")
NOT_AGENCIES = frozenset(
    {"schema", "journeys", "parameters", "calendar", "events", "reference", "layouts", ".built"}
)


@dataclass(frozen=True, slots=True)
class Package:
    """One version of a form: the newest in ``form.yaml``, older ones in ``form@VERSION.yaml``."""

    folder: Path
    form: Path

    def beside(self, name: str) -> Path:
        """The file of this very version: ``print`` is ``print.yaml`` or ``print@VERSION.yaml``."""
        return self.folder / self.form.name.replace("form", name, 1)

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations.yaml"


def packages(forms_dir: Path) -> Iterator[Package]:
    """Every form package, in a stable order."""
    for path in sorted(forms_dir.glob("*/*/form*.yaml")):
        if _FORM_FILE.fullmatch(path.name) and path.parents[1].name not in NOT_AGENCIES:
            yield Package(path.parent, path)


def journeys(forms_dir: Path) -> list[Path]:
    """The files of the journeys."""
    return sorted((forms_dir / "journeys").glob("*.yaml"))


def duties(forms_dir: Path) -> list[Path]:
    """The files of duties and of how their last days are counted."""
    return sorted((forms_dir / "calendar").glob("*.yaml"))


def events(forms_dir: Path) -> list[Path]:
    """The files of life events."""
    return sorted((forms_dir / "events").glob("*.yaml"))


def parameters(forms_dir: Path) -> list[Path]:
    """The files of dated values; worked examples beside them are none."""
    found = (forms_dir / "parameters").glob("**/*.yaml")
    return sorted(path for path in found if path.name != "cases.yaml")


def layouts(forms_dir: Path) -> list[Path]:
    """The files that lay out the agencies' own upload files."""
    return sorted((forms_dir / "layouts").glob("*.yaml"))


def sources(forms_dir: Path) -> dict[str, list[int]]:
    """Every file the index is built from, with its size and time of change."""
    found: dict[str, list[int]] = {}
    # At every start of a checkout, so by the quick way: pathlib takes five times as long.
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(forms_dir / inside) as entries:
            for entry in entries:
                name = f"{inside}/{entry.name}" if inside else entry.name
                if entry.is_dir():
                    waiting += [name] if name not in {".built", "reference", "schema"} else []
                elif entry.name.endswith((".yaml", ".csv")):
                    state = entry.stat()
                    found[name] = [state.st_size, state.st_mtime_ns]
    return dict(sorted(found.items()))


def name_in(forms_dir: Path, path: Path) -> str:
    """How a file is named in a problem's place: from the ``forms`` folder on."""
    return f"{forms_dir.name}/{path.relative_to(forms_dir).as_posix()}"


def by_id(node: Table | Items, wrapper: str = "") -> Mapping[str, Any]:
    """Entries by id, from ``[{id, …}]`` or ``{id: …}``, alone or under the key ``wrapper``."""
    if isinstance(node, dict) and wrapper in node:
        node = node[wrapper]
    if isinstance(node, list):
        return {item["id"]: item for item in node if isinstance(item, dict) and "id" in item}
    return dict(node)
