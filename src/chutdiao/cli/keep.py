"""The commands that keep what was entered: backup, restore, export, import, erase, doctor."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from chutdiao.app import keep
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace, problem_texts, profile_dir, restore_profile
from chutdiao.cli.frame import DONE, MEND, Command
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.store.keys import read_passphrase

Result = tuple[int, Mapping[str, Json]]


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Workspace]:
    """The profile of the command, opened and closed; made only where a business may be put into it."""
    folder = profile_dir(arguments.profile, arguments.data_dir)
    if arguments.makes_profile is False and not (folder / "store.db").exists() and not _begun(folder):
        raise ChutdiaoError(Problem("store.none", values={"path": str(folder)}))
    workspace = open_workspace(
        arguments.profile,
        arguments.data_dir,
        passphrase=read_passphrase(arguments.passphrase_file),
        recovery_code=_secret(arguments.recovery_code_file),
    )
    try:
        yield workspace
    finally:
        workspace.keeper.close()


def _begun(folder: Path) -> bool:
    return any((folder / name).exists() for name in ("header.json", "header.copy.json", "restoring.json"))


def _secret(path: str | None) -> str | None:
    if not path:
        return None
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ChutdiaoError(
            Problem("keep.secret-file", values={"path": path, "words": str(error)})
        ) from error


def key_arguments(parser: argparse.ArgumentParser, *, makes_profile: bool = False) -> None:
    """Add how the store is opened; ``makes_profile`` where a profile that is not there may be made."""
    parser.add_argument("--recovery-code-file", metavar="FILE", help="open the store with the code in FILE")
    parser.set_defaults(makes_profile=makes_profile)


def _sealing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--secret-file",
        metavar="FILE",
        help="passphrase or recovery code of the exported file; without it, this profile's recovery code",
    )


def _say(arguments: argparse.Namespace, result: Mapping[str, Json]) -> Result:
    if not arguments.json:
        for name, value in result.items():
            print(f"{name}: {value}")
    return DONE, result


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where the copy is written")
    key_arguments(parser)


def _backup(arguments: argparse.Namespace) -> Result:
    with opened(arguments) as workspace:
        return _say(arguments, dict(keep.backup(workspace, arguments.file)))


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a copy written by backup")
    key_arguments(parser)


def _restore(arguments: argparse.Namespace) -> Result:
    passphrase = read_passphrase(arguments.passphrase_file)
    code = _secret(arguments.recovery_code_file)
    read = restore_profile(arguments.profile, arguments.data_dir, arguments.file, passphrase, code)
    return _say(arguments, dict(read))


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("business", metavar="BUSINESS", help="its id or its name")
    parser.add_argument("file", metavar="FILE", help="where it is written, encrypted")
    _sealing(parser)
    key_arguments(parser)


def _export(arguments: argparse.Namespace) -> Result:
    secret = _secret(arguments.secret_file) or ""
    with opened(arguments) as workspace:
        business = keep.find_business(workspace, arguments.business)
        return _say(arguments, dict(keep.export_business(workspace, business.id, arguments.file, secret)))


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a business written by export")
    _sealing(parser)
    key_arguments(parser, makes_profile=True)


def _import(arguments: argparse.Namespace) -> Result:
    secret = _secret(arguments.secret_file) or ""
    with opened(arguments) as workspace:
        return _say(arguments, dict(keep.import_business(workspace, arguments.file, secret)))


def _erase_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("business", metavar="BUSINESS", help="its id or its name")
    key_arguments(parser)


def _erase(arguments: argparse.Namespace) -> Result:
    with opened(arguments) as workspace:
        business = keep.find_business(workspace, arguments.business)
        held = {name: int(count) for name, count in asdict(keep.holdings(workspace, business.id)).items()}
        rows = keep.erase_business(workspace, business.id)
        result: dict[str, Json] = {"business": business.id, "name": business.name, "rows": rows}
        return _say(arguments, {**result, **held})


def _doctor_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(makes_profile=False)


def _doctor(arguments: argparse.Namespace) -> Result:
    from chutdiao.cli.doctor import look

    texts = problem_texts()
    checks: list[Json] = []
    for check in look(arguments):
        detail = texts.message(check.say, arguments.language)
        cure = "" if check.ok else texts.cure(check.say, arguments.language)
        checks.append({"id": check.id, "ok": check.ok, "detail": detail, "cure": cure})
        if not arguments.json:
            print(f"{'ok ' if check.ok else '!! '} {check.id}: {detail}" + (f" — {cure}" if cure else ""))
    well = all(isinstance(check, dict) and check["ok"] for check in checks)
    return (DONE if well else MEND), {"checks": checks}


COMMANDS: tuple[Command, ...] = (
    Command("backup", "Write everything of a profile to FILE, still encrypted.", _backup_arguments, _backup),
    Command("restore", "Bring a backup back; what was there is kept beside.", _restore_arguments, _restore),
    Command("export", "Write one business to FILE, encrypted.", _export_arguments, _export),
    Command("import", "Read one exported business.", _import_arguments, _import),
    Command("erase", "Remove one business and all that belongs to it.", _erase_arguments, _erase),
    Command("doctor", "Look for what is missing or damaged.", _doctor_arguments, _doctor),
)
