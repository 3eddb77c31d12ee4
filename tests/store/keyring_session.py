"""Run inside a session bus of its own with a real keyring daemon, by test_keyring.py."""

import sys
from pathlib import Path

import secretstorage

from chutdiao.domain.problem import ChutdiaoError
from chutdiao.store.keys import Keyring
from chutdiao.store.profile import open_profile
from chutdiao.store.restore import restore

folder, keyring = Path(sys.argv[1]), Keyring(wait=10)
WAYS = {"passphrase": None, "use_keyring": True, "keyring": keyring}


def refused() -> str:
    try:
        open_profile(folder, **WAYS)
    except ChutdiaoError as error:
        return error.problems[0].code
    raise AssertionError("opened")


assert keyring.name() == "keyring.backends.SecretService"
store = open_profile(folder, **WAYS)
assert store.keeper.holder() == "keyring"
assert not (folder / "key").exists()
store.settings.write("a", "ก")
code, name = store.keeper.recovery_code(), store.header.store
store.keeper.backup(str(folder / "copy.bak"))
store.close()

again = open_profile(folder, **WAYS)
assert again.settings.read("a") == "ก"
again.close()
print("opened again by the keyring")

restore(folder / "copy.bak", folder, **WAYS)
open_profile(folder, **WAYS).close()
print("restored by the keyring")

keyring.forget(name)
assert refused() == "store.key-missing", refused()
assert (folder / "store.db").stat().st_size > 0
print("a key that is gone is told")

open_profile(folder, recovery_code=code, **WAYS).close()
open_profile(folder, **WAYS).close()
print("the recovery code puts the key back")

secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
said = refused()
assert said in ("keyring.locked", "keyring.refused", "keyring.timeout"), said
open_profile(folder, recovery_code=code, **WAYS).close()
print("a locked keyring is told:", said)
