"""Start a gateway: open its store, announce it in one line, serve until told to end."""

# ruff: noqa: TID253
import json
import os
import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import uvicorn

from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao_gateway.api.app import make_app
from chutdiao_gateway.console.officer import Script, ScriptedOfficer
from chutdiao_gateway.faults.spec import Fault, FaultPlan
from chutdiao_gateway.faults.troubled import Troubled
from chutdiao_gateway.receipts.keys import signing_key
from chutdiao_gateway.storage.database import Database
from chutdiao_gateway.storage.sessions import open_session
from chutdiao_gateway.workflow.agency import Gateway
from chutdiao_gateway.workflow.judge import Judge

HOLDER = "applicant"


@dataclass(frozen=True, slots=True)
class Plan:
    """How to serve: where, on what data, in which role, with what trouble."""

    data_dir: Path
    forms_dir: Path
    host: str = "127.0.0.1"
    port: int = 0
    faults: Sequence[Fault] = ()
    script: Script | None = None
    practice: bool = True
    with_parent: bool = False


class Serving:
    """One gateway serving on one socket."""

    def __init__(self, plan: Plan) -> None:
        self.faults = FaultPlan(plan.faults)
        plan.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database(plan.data_dir / "gateway.sqlite")
        judge = Judge(Shelf(plan.forms_dir), CsvTables(plan.forms_dir))
        self.gateway = Gateway(database, signing_key(plan.data_dir), judge, plan.practice)
        self._officer = ScriptedOfficer(self.gateway, plan.script) if plan.script else None
        self._socket = _listen(plan.host, plan.port)
        app = Troubled(make_app(self.gateway), self.faults, self.gateway.key)
        config = uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)

    def announcement(self) -> dict[str, str]:
        """The address, the key to pin, and fresh tokens for an applicant and an officer."""
        host, port = self._socket.getsockname()[:2]
        return {
            "address": f"http://{host}:{port}",
            "thumbprint": self.gateway.thumbprint,
            "token": open_session(self.gateway.database, HOLDER, "applicant"),
            "officer": open_session(self.gateway.database, "officer", "officer"),
        }

    def run(self) -> None:
        """Serve until stopped."""
        if self._officer:
            self._officer.start()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            if self._officer:
                self._officer.stop()
            self._socket.close()
            self.gateway.database.close()

    def stop(self) -> None:
        """Ask the server to end."""
        self._server.should_exit = True


def serve(plan: Plan, announce: TextIO) -> None:
    """Serve in this process; the first line of ``announce`` says where."""
    serving = Serving(plan)
    if plan.with_parent:
        threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    announce.write(json.dumps(serving.announcement()) + "\n")
    announce.flush()
    serving.run()


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(64)
    return listening


def _end_with_parent() -> None:
    """End when the parent's end of our standard input closes, however the parent went."""
    stream = sys.stdin
    while stream is not None and stream.buffer.read(4096):
        pass
    os._exit(0)
