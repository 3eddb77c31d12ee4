"""``chutdiao forms``: list what the library holds, check it, export a schema, build the index."""

import argparse
import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import cast

from chutdiao import paths
from chutdiao.bootstrap import problem_texts
from chutdiao.cli.frame import DONE, MEND, Command, print_json, print_problems
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.text import Language, LocalText

Result = tuple[int, Mapping[str, Json]]
_LISTED = ("id", "version", "title", "agency", "channels")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=sorted(_ACTIONS))
    parser.add_argument("form", nargs="?", help="the form whose schema is wanted")
    parser.add_argument("--version", default="", help="a version of the form; the newest when left out")
    parser.add_argument("--forms", type=Path, metavar="DIR", help="another folder of form packages")
    parser.add_argument(
        "--blanks", type=Path, metavar="DIR", help="official blanks to compare print maps with"
    )


def _run(arguments: argparse.Namespace) -> Result:
    return _ACTIONS[arguments.action](arguments)


def _folder(arguments: argparse.Namespace) -> Path:
    return arguments.forms or paths.forms_dir()


def _list(arguments: argparse.Namespace) -> Result:
    from chutdiao.formlib.shelf import Shelf

    index = Shelf(_folder(arguments), watch=bool(arguments.forms) or None).index()
    rows = cast("list[dict[str, Json]]", index["forms"])
    if not arguments.json:
        for row in rows:
            title = LocalText.of(cast("dict[str, str]", row["title"])).to(arguments.language)
            print(f"{row['id']:24} {row['version']:10} {title}")
    facts = cast("dict[str, Json]", index["facts"])
    return DONE, {
        "forms": [{key: row[key] for key in _LISTED} for row in rows],
        "services": index["services"],
        "journeys": index["journeys"],
        "facts": [{"id": name, **cast("dict[str, Json]", fact)} for name, fact in facts.items()],
    }


def _check(arguments: argparse.Namespace) -> Result:
    from chutdiao.formlib.lint import check_library

    report = check_library(
        _folder(arguments),
        None if arguments.forms else paths.resources_dir(),
        schemas=paths.forms_dir() / "schema",
        boxes_of=partial(_boxes, arguments.blanks) if arguments.blanks else None,
    )
    language: Language = arguments.language
    if not arguments.json:
        print_problems(report.problems, problem_texts(), language)
        print(", ".join(f"{count} {kind}" for kind, count in sorted(report.counts.items())))
    problems = problem_texts().as_json(report.problems, language)
    counts = {**report.counts, "problems": len(report.problems)}
    return DONE if report.sound else MEND, {"problems": problems, "counts": cast("Json", counts)}


def _boxes(folder: Path, name: str) -> tuple[str, frozenset[str]] | None:
    from chutdiao.pdf.acroform import read_boxes

    path = folder / Path(name).name
    if not name or not path.is_file():
        return None
    data = path.read_bytes()
    return hashlib.sha256(data).hexdigest(), frozenset(box.name for box in read_boxes(data))


def _schema(arguments: argparse.Namespace) -> Result:
    from chutdiao.formlib.dataschema import data_schema
    from chutdiao.formlib.shelf import Shelf

    if not arguments.form:
        raise ChutdiaoError(Problem("forms.which"))
    schema = data_schema(Shelf(_folder(arguments)).load(arguments.form, arguments.version))
    if not arguments.json:
        print_json(schema)
    return DONE, schema


def _build(arguments: argparse.Namespace) -> Result:
    from chutdiao.formlib import index

    folder = _folder(arguments)
    built = index.build(folder)
    try:
        index.write(built, folder / index.BUILT)
    except OSError as error:
        values = {"file": str(folder / index.BUILT), "reason": error.strerror or str(error)}
        raise ChutdiaoError(Problem("fill.not-written", values=values)) from None
    if not arguments.json:
        print_problems(built.problems, problem_texts(), arguments.language)
        print(folder / index.BUILT)
    files: list[Json] = sorted(built.files)  # type: ignore[assignment]
    problems = problem_texts().as_json(built.problems, arguments.language)
    return MEND if built.problems else DONE, {
        "path": str(folder / index.BUILT),
        "files": files,
        "problems": problems,
    }


_ACTIONS: dict[str, Callable[[argparse.Namespace], Result]] = {
    "list": _list,
    "check": _check,
    "schema": _schema,
    "build": _build,
}
COMMANDS: tuple[Command, ...] = (
    Command("forms", "List, check, export and build the forms", _arguments, _run),
)
