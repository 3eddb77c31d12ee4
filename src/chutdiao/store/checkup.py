"""What ``doctor`` looks at in the places the store stands on."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import SubmissionState
from chutdiao.store.keys import Keyring
from chutdiao.store.lock import ProfileInUseError
from chutdiao.store.profile import Store, open_profile
from chutdiao.store.trouble import of_disk

LEAST_FREE = 200 << 20


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``say`` is its sentence, also where it is well."""

    id: str
    ok: bool
    say: Problem


def check_folder(folder: Path) -> Check:
    """Whether the data folder takes files and has room."""
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as probe:
            probe.write(b"chutdiao")
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Check("data-folder", False, of_disk(error, there).problems[0])
    values = {"path": str(folder), "free": f"{free / (1 << 30):.1f}"}
    if free < LEAST_FREE:
        return Check("data-folder", False, Problem("doctor.little-room", values=values))
    return Check("data-folder", True, Problem("doctor.folder-well", values=values))


def check_keyring(passphrase: str | None, keyring: Keyring | None = None) -> Check:
    """Whether the system's keyring may be used, where no passphrase stands in for it."""
    if passphrase is not None:
        return Check("keyring", True, Problem("doctor.keyring-unused"))
    try:
        name = (keyring or Keyring()).name()
    except ChutdiaoError as error:
        return Check("keyring", False, error.problems[0])
    return Check("keyring", True, Problem("doctor.keyring-well", values={"name": name.rpartition(".")[2]}))


def check_profile(
    name: str, folder: Path, *, passphrase: str | None, own_key: bool, keyring: Keyring | None = None
) -> Iterator[Check]:
    """Open a profile that is there, read it through, and look for what waits on the user."""
    use_keyring = passphrase is None and not own_key
    try:
        store = open_profile(
            folder,
            passphrase=passphrase,
            use_keyring=use_keyring,
            create=False,
            own_key=own_key,
            keyring=keyring,
        )
    except ProfileInUseError as error:
        yield Check(f"profile-{name}", True, Problem("doctor.profile-open", values=error.problems[0].values))
        return
    except ChutdiaoError as error:
        none_yet = error.problems[0].code == "store.none"
        say = Problem("doctor.no-profile", values={"path": str(folder)}) if none_yet else error.problems[0]
        yield Check(f"profile-{name}", none_yet, say)
        return
    try:
        yield _inspected(name, store)
        yield from _waiting(name, store)
    finally:
        store.close()


def _inspected(name: str, store: Store) -> Check:
    try:
        store.keeper.inspect()
    except ChutdiaoError as error:
        return Check(f"profile-{name}", False, error.problems[0])
    values = {"path": str(store.folder), "businesses": str(len(store.businesses.all()))}
    return Check(f"profile-{name}", True, Problem("doctor.profile-well", values=values))


def _waiting(name: str, store: Store) -> Iterator[Check]:
    aside = store.drafts.quarantined()
    if aside:
        values = {"count": str(len(aside)), "drafts": ", ".join(draft for draft, _ in aside)}
        yield Check(f"drafts-{name}", False, Problem("doctor.set-aside", values=values))
    stopped = [one for one in store.outbox.all() if one.state is SubmissionState.STOPPED]
    if stopped:
        yield Check(f"outbox-{name}", False, Problem("doctor.stopped", values={"count": str(len(stopped))}))
