"""The agency's signing key: made at the first run, kept beside its data."""

# ruff: noqa: TID253
import os
from pathlib import Path

from joserfc.jwk import OKPKey

from chutdiao.contracts.signatures import new_key, read_key

_NAME = "gateway-key.pem"


def signing_key(data_dir: Path) -> OKPKey:
    """Read the signing key, or make it readable by its owner alone."""
    path = data_dir / _NAME
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(new_key().as_pem(private=True))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    return read_key(path.read_bytes())
