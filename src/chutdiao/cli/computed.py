"""A command that computes: it reads options, uses dated parameters and shows its working."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date

from chutdiao.cli.frame import DONE, MEND, Command
from chutdiao.cli.outcome import Value, as_json, print_outcome
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json
from chutdiao.domain.tax.working import Working

Compute = Callable[[argparse.Namespace, Working, date], Mapping[str, Value]]


def computed(
    name: str,
    help_text: str,
    arguments: Callable[[argparse.ArgumentParser], None],
    compute: Compute,
    epilog: str = "",
    codes: Callable[[Parameters], str] | None = None,
) -> Command:
    """A command around ``compute``, which gets the options, a working to fill and today.

    ``codes`` writes the epilog from the tables, so that a new row is in ``--help`` by itself.
    """

    def listed() -> str:
        return codes(_parameters()) if codes else epilog

    def run(options: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
        from chutdiao.bootstrap import SystemClock, problem_texts

        working = Working(_parameters())
        result = compute(options, working, SystemClock().now().date())
        texts = problem_texts()
        if not options.json:
            print_outcome(result, working, texts, options.language)
        return DONE, as_json(result, working, texts, options.language)

    return Command(name, help_text, arguments, run, refused=MEND, epilog=listed if codes else epilog)


def _parameters() -> Parameters:
    from chutdiao import paths
    from chutdiao.formlib.shelf import Shelf

    return Shelf(paths.forms_dir()).parameters()
