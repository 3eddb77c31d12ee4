"""The one door between the program and the gateway: start it as a child, or be that child."""

import argparse
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chutdiao.domain.problem import ChutdiaoError, Problem

_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class RunningGateway:
    """A gateway child: where it is, the key to pin, and tokens for an applicant and an officer."""

    address: str
    thumbprint: str
    token: str
    officer: str
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """End the child; its data stays."""
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        if self.process.stdout:
            self.process.stdout.close()

    def kill(self) -> None:
        """End the child at once, as a power cut would."""
        self.process.kill()
        self.process.wait(5)
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()


def start(
    port: int = 0, data_dir: Path | str = "", faults: str = "", officer: str = "", forms_dir: str = ""
) -> RunningGateway:
    """Start a practice gateway that ends when this process does.

    Raises ChutdiaoError with ``gateway.not-started`` when it does not announce itself.
    """
    command = [*_program(), "gateway", "serve", "--with-parent", "--port", str(port)]
    for option, value in (
        ("--data-dir", str(data_dir)),
        ("--faults", faults),
        ("--officer", officer),
        ("--forms", forms_dir),
    ):
        command += [option, value] if value else []
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    line = _first_line(process)
    try:
        said = json.loads(line)
        return RunningGateway(said["address"], said["thumbprint"], said["token"], said["officer"], process)
    except (ValueError, KeyError) as error:
        process.kill()
        process.wait(5)
        raise ChutdiaoError(Problem("gateway.not-started", values={"cause": str(error)})) from error


def serve(arguments: argparse.Namespace) -> None:
    """Be the gateway, in this process, until it is told to end."""
    from chutdiao.paths import data_dir, forms_dir
    from chutdiao_gateway.console.officer import parse_script
    from chutdiao_gateway.console.serve import Plan, serve
    from chutdiao_gateway.faults.spec import parse_faults

    try:
        plan = Plan(
            data_dir=data_dir(arguments.data_dir) / "gateway",
            forms_dir=Path(arguments.forms) if arguments.forms else forms_dir(),
            host=arguments.host,
            port=arguments.port,
            faults=parse_faults(arguments.faults),
            script=parse_script(arguments.officer) if arguments.officer else None,
            with_parent=arguments.with_parent,
        )
    except ValueError as error:
        raise ChutdiaoError(Problem("gateway.arguments", values={"cause": str(error)})) from error
    try:
        serve(plan, sys.stdout)
    except (OSError, OverflowError) as error:
        raise ChutdiaoError(Problem("gateway.not-started", values={"cause": str(error)})) from error


def contract() -> str:
    """The gateway's OpenAPI document."""
    from chutdiao_gateway.api.contract import contract_yaml

    return contract_yaml()


def _program() -> list[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "chutdiao"]


def _first_line(process: Any) -> bytes:
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(process.stdout.readline()), daemon=True)
    reader.start()
    reader.join(_START_SECONDS)
    return found[0] if found else b""
