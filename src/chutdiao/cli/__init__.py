"""The command line: one table of commands, each module loaded only when its word is used."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from chutdiao import __version__
from chutdiao.cli.frame import FAILED, Command, general_options, print_json, print_problems
from chutdiao.domain.problem import ChutdiaoError

_MODULES = {
    "plan": "plan",
    "duties": "duties",
    "event": "event",
    "fill": "fill",
    "forms": "forms",
    "sync": "sync",
    "doctor": "keep",
    "backup": "keep",
    "restore": "keep",
    "export": "keep",
    "import": "keep",
    "erase": "keep",
    "gateway": "gateway",
    "tour": "tour",
}

# Commands of two words, by group; a module's COMMAND is imported when its words are used.
_GROUPS: dict[str, dict[str, str]] = {
    "tax": {
        "file": "tax.file",
        "report": "tax.report",
        "cit": "tax.cit",
        "cit-half": "tax.cit_half",
        "losses": "tax.losses",
        "payroll": "tax.payroll",
        "pit": "tax.pit",
        "wht": "tax.wht",
        "vat": "tax.vat",
        "vat-share": "tax.vat_share",
        "vat-abroad": "tax.vat_abroad",
        "sbt": "tax.sbt",
        "stamp": "tax.stamp",
        "sso": "tax.sso",
        "late": "tax.late",
        "due": "tax.due",
    },
    "id": {"check": "id_check"},
    "qr": {"promptpay": "qr_promptpay", "read": "qr_read"},
    "money": {"words": "money_words"},
}


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 something to mend, 2 could not run."""
    if "--self-test" in argv:
        return _self_test()
    words = _words(argv)
    word = words[0] if words else ""
    if word in _MODULES:
        return _run_command(_command(word), list(argv))
    if word in _GROUPS:
        return _run_group(word, words[1:], list(argv))
    # A word or an option that nobody knows ends here, with exit code 2.
    arguments = _parser().parse_args(list(argv))
    from chutdiao.bootstrap import open_window

    return open_window(arguments)


def _words(argv: Sequence[str]) -> list[str]:
    """The words of the command, also where options stand before them; an option may have a value."""
    options = argparse.ArgumentParser(add_help=False)
    general_options(options)
    _, rest = options.parse_known_args(list(argv))
    return [part for part in rest if not part.startswith("-")]


def _run_group(group: str, words: list[str], argv: list[str]) -> int:
    members = _GROUPS[group]
    if words and words[0] in members:
        command: Command = importlib.import_module(f"chutdiao.cli.{members[words[0]]}").COMMAND
        argv.remove(group)
        argv.remove(words[0])
        return _run_command(command, argv, f"{group} {words[0]}")
    parser = argparse.ArgumentParser(prog=f"chutdiao {group}", epilog="Each takes --help.")
    parser.add_argument("word", choices=sorted(members))
    argv.remove(group)
    parser.parse_known_args(argv)
    return FAILED


def _command(word: str) -> Command:
    module = importlib.import_module(f"chutdiao.cli.{_MODULES[word]}")
    found: Command = next(command for command in module.COMMANDS if command.name == word)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chutdiao",
        description="Registration, licences and taxes of a Thai small business. No command: the window.",
        epilog="Commands: " + ", ".join(_listed()) + ". Each takes --help.",
    )
    parser.add_argument("command", nargs="?", choices=sorted([*_MODULES, *_GROUPS]), help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--self-test", action="store_true", help="try window, form, gateway and PDF")
    general_options(parser)
    return parser


def _listed() -> list[str]:
    return [*_MODULES, *(f"{group} {'|'.join(members)}" for group, members in _GROUPS.items() if members)]


def _run_command(command: Command, argv: list[str], words: str = "") -> int:
    if not words:
        argv.remove(command.name)
    parser = argparse.ArgumentParser(
        prog=f"chutdiao {words or command.name}",
        description=command.help,
        epilog=_epilog(command, argv),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    general_options(parser)
    command.arguments(parser)
    arguments = parser.parse_args(argv)
    try:
        code, result = command.run(arguments)
    except ChutdiaoError as error:
        from chutdiao.bootstrap import problem_texts

        texts = problem_texts()
        if arguments.json:
            print_json({"problems": texts.as_json(error.problems, arguments.language)})
        print_problems(error.problems, texts, arguments.language)
        return command.refused
    if arguments.json:
        print_json(result)
    return code


def _epilog(command: Command, argv: list[str]) -> str:
    if isinstance(command.epilog, str):
        return command.epilog
    return command.epilog() if {"-h", "--help"} & set(argv) else ""


def _self_test() -> int:
    from chutdiao.cli.selftest import self_test

    problem = self_test()
    print(problem or "self-test passed", file=sys.stderr if problem else sys.stdout)
    return FAILED if problem else 0
