"""``chutdiao gateway``: serve a practice agency, or print its published contract."""

import argparse
from collections.abc import Mapping
from contextlib import suppress

from chutdiao import gateway_process
from chutdiao.cli.frame import DONE, Command
from chutdiao.domain.problem import Json


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    serve = actions.add_parser("serve", help="serve until ended; the first line of output says where")
    serve.add_argument("--data-dir", metavar="DIR", default=argparse.SUPPRESS, help="where its store is kept")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    serve.add_argument("--port", type=int, default=0, help="0 takes a free one")
    serve.add_argument("--faults", default="", metavar="SPEC", help="for example drop:2,500:1,delay=3@feed")
    serve.add_argument("--officer", default="", metavar="SCRIPT", help="scripted:correct=FIELD,approve")
    serve.add_argument("--forms", default="", metavar="DIR", help="the form packages to judge by")
    serve.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    contract = actions.add_parser("contract", help="print the OpenAPI 3.1 document")
    for action in (serve, contract):
        action.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="JSON it always is"
        )


def _run(arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    if arguments.action == "contract":
        print(gateway_process.contract(), end="")
        return DONE, {}
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a person ends it; it is closed by then
        gateway_process.serve(arguments)
    return DONE, {}


COMMANDS: tuple[Command, ...] = (
    Command("gateway", "the practice agency: intake, receipts, corrections, licences", _arguments, _run),
)
