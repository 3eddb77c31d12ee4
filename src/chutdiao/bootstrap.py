"""The composition root: the only place that names the concrete adapters."""

import argparse
import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from chutdiao import paths
from chutdiao.app.workspace import Profile, Workspace
from chutdiao.domain.problem import ProblemTexts

if TYPE_CHECKING:
    from chutdiao.app.ports import Connector
    from chutdiao.gateway_process import RunningGateway


# The practice officer asks once for one field of each form, so that a correction is practised too.
PRACTICE_OFFICER = "scripted:correct=owner_phone+notifier_phone+monthly_revenue,approve"


class SystemClock:
    """The machine's clock in Thai time, whatever the machine's own zone: the law counts Thai days."""

    _thai = timezone(timedelta(hours=7))

    def now(self) -> datetime:
        return datetime.now(self._thai)


@lru_cache(1)
def problem_texts() -> ProblemTexts:
    """The sentences of every problem, in both languages."""
    from chutdiao.formlib.wording import load_texts

    return load_texts(paths.resources_dir())


def profile_dir(profile: Profile, chosen: str | None) -> Path:
    """The folder of one profile."""
    return paths.data_dir(chosen) / "profiles" / profile


def passphrase_from(arguments: argparse.Namespace) -> str | None:
    """The passphrase a machine was given by file, or none.

    Raises ChutdiaoError with ``store.passphrase-file`` where the file cannot be read.
    """
    from chutdiao.store.keys import read_passphrase

    return read_passphrase(getattr(arguments, "passphrase_file", None))


def open_workspace(
    profile: Profile,
    chosen: str | None = None,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    gateway: "RunningGateway | None" = None,
) -> Workspace:
    """Open one profile with real adapters; the practice profile may be given its gateway.

    Raises ChutdiaoError with store or keyring problems.
    """
    from chutdiao.formlib.reference import CsvTables
    from chutdiao.formlib.shelf import Shelf
    from chutdiao.pdf.printer import PdfPrinter
    from chutdiao.store.profile import open_profile

    store = open_profile(
        profile_dir(profile, chosen),
        passphrase=passphrase,
        use_keyring=profile == "real" and passphrase is None,
        recovery_code=recovery_code,
        own_key=profile == "practice",
    )
    shelf = Shelf(paths.forms_dir())
    tables = CsvTables(paths.forms_dir())
    parameters = shelf.parameters()
    connectors, pinned = _practice_connectors(shelf, gateway)
    clock = SystemClock()
    return Workspace(
        profile=profile,
        businesses=store.businesses,
        facts=store.facts,
        drafts=store.drafts,
        outbox=store.outbox,
        cases=store.cases,
        files=store.files,
        settings=store.settings,
        shelf=shelf,
        tables=tables,
        parameters=parameters,
        printer=PdfPrinter(shelf, tables, parameters, clock),
        clock=clock,
        texts=problem_texts(),
        connectors=connectors,
        pinned_keys=pinned,
        keeper=store.keeper,
    )


def restore_profile(
    profile: Profile, chosen: str | None, backup: str, passphrase: str | None, code: str | None
) -> Mapping[str, str]:
    """Put a backup in place of a closed profile; what was read and where the other is kept."""
    from chutdiao.store.restore import restore

    return restore(
        Path(backup),
        profile_dir(profile, chosen),
        passphrase=passphrase,
        use_keyring=profile == "real" and passphrase is None,
        recovery_code=code,
        own_key=profile == "practice",
    )


def _practice_connectors(
    shelf: object, gateway: "RunningGateway | None"
) -> "tuple[dict[str, Connector], dict[str, frozenset[str]]]":
    """Every agency is played by the practice gateway, whose key its own parent read at start."""
    if gateway is None:
        return {}, {}
    from chutdiao.formlib.shelf import Shelf
    from chutdiao.sync.connectors.gateway import GatewayConnector

    assert isinstance(shelf, Shelf)
    agencies = [str(agency) for agency in shelf.agencies()]
    connector = GatewayConnector(gateway.address, gateway.token)
    return (
        dict.fromkeys(agencies, connector),
        dict.fromkeys(agencies, frozenset({gateway.thumbprint})),
    )


def start_practice_gateway(chosen: str | None, *, faults: str = "", officer: str = "") -> "RunningGateway":
    """Start the gateway of the practice profile as a child of this process."""
    from chutdiao.gateway_process import start

    return start(data_dir=paths.data_dir(chosen) / "practice-gateway", faults=faults, officer=officer)


def load_thai_breaking() -> None:
    """Load the bundled libthai before Qt looks for it; without it Thai never wraps on Linux."""
    bundled = Path(getattr(sys, "_MEIPASS", "")) / "libthai"
    if not hasattr(sys, "_MEIPASS") or not bundled.is_dir():
        return
    os.environ["LIBTHAI_DICTDIR"] = str(bundled)
    for name in ("libdatrie.so.1", "libthai.so.0"):
        ctypes.CDLL(str(bundled / name), ctypes.RTLD_GLOBAL)


def open_window(arguments: argparse.Namespace) -> int:
    """Open the window on the profile last used; practice brings its own gateway."""
    load_thai_breaking()
    from chutdiao.ui.application import run_window

    chosen = arguments.data_dir
    running: list[RunningGateway] = []

    def open_named(
        profile: Profile, passphrase: str | None = None, code: str | None = None, backup: str = ""
    ) -> Workspace:
        if backup:
            restore_profile(profile, chosen, backup, passphrase or passphrase_from(arguments), code)
        if profile == "practice" and not running:
            running.append(start_practice_gateway(chosen, officer=PRACTICE_OFFICER))
        return open_workspace(
            profile,
            chosen,
            passphrase=passphrase or passphrase_from(arguments),
            recovery_code=code,
            gateway=running[0] if running and profile == "practice" else None,
        )

    try:
        return run_window(open_named, start_sync, paths.data_dir(chosen))
    finally:
        for gateway in running:
            gateway.stop()


def start_sync(
    workspace: Workspace, on_change: Callable[[frozenset[str]], None], on_state: Callable[[str], None]
) -> object:
    """Start the engine that sends what waits and fetches what is new."""
    from chutdiao.sync.engine import SyncEngine

    engine = SyncEngine(workspace, on_change, on_state)
    engine.start()
    return engine
