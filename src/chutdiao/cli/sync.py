"""``chutdiao sync``: send what waits and fetch what is new, without a window."""

import argparse
from collections.abc import Mapping

from chutdiao.app.deliver import Report, deliver_once
from chutdiao.bootstrap import open_workspace, passphrase_from, problem_texts, start_practice_gateway
from chutdiao.cli.frame import DONE, FAILED, MEND, Command, print_problems
from chutdiao.domain.problem import Json, Problem

_REACHED = ("online", "off")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", required=True, help="one run, then leave")
    parser.add_argument("--faults", default="", metavar="SPEC", help="trouble the practice gateway makes")
    parser.add_argument("--officer", default="", metavar="SCRIPT", help="the practice gateway's officer")


def _run(arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    gateway = None
    if arguments.profile == "practice":
        gateway = start_practice_gateway(
            arguments.data_dir, faults=arguments.faults, officer=arguments.officer
        )
    try:
        workspace = open_workspace(
            arguments.profile, arguments.data_dir, passphrase=passphrase_from(arguments), gateway=gateway
        )
        try:
            report = deliver_once(workspace, hurry=True)
        finally:
            workspace.keeper.close()
    finally:
        if gateway:
            gateway.stop()
    return _answer(arguments, report)


def _answer(arguments: argparse.Namespace, report: Report) -> tuple[int, Mapping[str, Json]]:
    texts = problem_texts()
    problems = list(report.stopped)
    if report.state not in _REACHED:
        problems.append(Problem(f"sync.{report.state}"))
    print_problems(problems, texts, arguments.language)
    if not arguments.json:
        print(f"{report.sent} → {report.received} ✓, {report.waiting} …")
    code = FAILED if report.state not in _REACHED else MEND if report.stopped else DONE
    return code, {
        "sent": report.sent,
        "received": report.received,
        "waiting": report.waiting,
        "stopped": texts.as_json(problems, arguments.language),
    }


COMMANDS: tuple[Command, ...] = (
    Command("sync", "send what waits and fetch what the agencies say", _arguments, _run),
)
