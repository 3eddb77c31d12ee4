"""Everything ``doctor`` looks at, from the data folder to the shipped forms."""

import argparse
from collections.abc import Iterator
from datetime import date

from chutdiao import paths
from chutdiao.bootstrap import SystemClock, profile_dir
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store.checkup import Check, check_folder, check_keyring, check_profile
from chutdiao.store.keys import read_passphrase

# A clock before the program was written puts wrong dates on forms and distrusts every server.
WRITTEN = date(2026, 11, 1)


def look(arguments: argparse.Namespace) -> Iterator[Check]:
    """Each check in the order a user would mend them."""
    chosen: str | None = arguments.data_dir
    yield check_folder(paths.data_dir(chosen))
    yield _clock()
    try:
        passphrase = read_passphrase(arguments.passphrase_file)
    except ChutdiaoError as error:
        yield Check("passphrase", False, error.problems[0])
        passphrase = None
    yield check_keyring(passphrase)
    yield from check_profile("real", profile_dir("real", chosen), passphrase=passphrase, own_key=False)
    yield from check_profile("practice", profile_dir("practice", chosen), passphrase=None, own_key=True)
    yield _forms()
    yield _fonts()


def _clock() -> Check:
    today = SystemClock().now().date()
    values = {"today": today.isoformat()}
    if today < WRITTEN:
        return Check("clock", False, Problem("doctor.clock-behind", values=values))
    return Check("clock", True, Problem("doctor.clock-well", values=values))


def _forms() -> Check:
    from chutdiao.formlib.shelf import Shelf

    folder = paths.forms_dir()
    try:
        forms = Shelf(folder).index().get("forms")
    except ChutdiaoError as error:
        return Check("forms", False, error.problems[0])
    except (OSError, ValueError) as error:
        values = {"path": str(folder), "words": str(error)}
        return Check("forms", False, Problem("doctor.no-forms", values=values))
    count = len(forms) if isinstance(forms, list | dict) else 0
    values = {"path": str(folder), "count": str(count), "words": ""}
    return Check(
        "forms", count > 0, Problem("doctor.forms-well" if count else "doctor.no-forms", values=values)
    )


def _fonts() -> Check:
    folder = paths.resources_dir() / "fonts"
    count = len(list(folder.glob("*.ttf")))
    values = {"path": str(folder), "count": str(count)}
    return Check(
        "fonts", count > 0, Problem("doctor.fonts-well" if count else "doctor.no-fonts", values=values)
    )
