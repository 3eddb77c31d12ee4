"""What every command shares: arguments, exit codes and how results and problems are printed."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chutdiao.domain.problem import Json, Problem, ProblemTexts
from chutdiao.domain.text import Language

DONE, MEND, FAILED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """One word of the command line.

    ``arguments`` adds to the parser; ``run`` returns the exit code and what ``--json`` prints.
    ``epilog`` ends the help; where it must be looked up it is asked for only when help is shown.
    ``refused`` is the exit code where ``run`` raises: input to mend, or a command that could not run.
    """

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], tuple[int, Mapping[str, Json]]]
    refused: int = FAILED
    epilog: str | Callable[[], str] = ""


def general_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command takes."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--data-dir", metavar="DIR", help="where profiles are kept")
    parser.add_argument("--passphrase-file", metavar="FILE", help="read the store's passphrase from FILE")
    parser.add_argument("--profile", choices=("real", "practice"), default="real")
    parser.add_argument("--language", choices=("th", "en"), default="th")


def print_problems(problems: Sequence[Problem], texts: ProblemTexts, language: Language) -> None:
    """Print each problem with its place and cure on standard error."""
    for problem in problems:
        cure = texts.cure(problem, language)
        place = f"{problem.place}: " if problem.place else ""
        print(f"{place}{texts.message(problem, language)}" + (f" — {cure}" if cure else ""), file=sys.stderr)


def print_json(result: Mapping[str, Json]) -> None:
    """Print a result as JSON, Thai letters as they are."""
    print(json.dumps(result, ensure_ascii=False, indent=2))
