"""The header beside the database: which store it is and the ways to its key, none of them secret."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.store.disk import write_json
from chutdiao.store.trouble import of_disk

FORMAT = "chutdiao/store/1"
NAME, COPY = "header.json", "header.copy.json"


def proof_of(key: bytes) -> str:
    """What tells a right key from a wrong one without opening the database."""
    return hashlib.sha256(b"chutdiao key proof\n" + key).hexdigest()


@dataclass(frozen=True, slots=True)
class Header:
    """``holder`` is keyring, passphrase or file; ``wraps`` are the sealed keys by secret."""

    store: str
    holder: str
    proof: str
    wraps: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)

    @property
    def about(self) -> bytes:
        """What every wrap of this store is bound to."""
        return f"{FORMAT}:{self.store}".encode()

    def write(self, folder: Path) -> None:
        """Write the header and its copy."""
        value: dict[str, Json] = {
            "format": FORMAT,
            "store": self.store,
            "holder": self.holder,
            "proof": self.proof,
            "wraps": {name: dict(wrap) for name, wrap in self.wraps.items()},
        }
        try:
            write_json(folder / NAME, value)
            write_json(folder / COPY, value)
        except OSError as error:
            raise of_disk(error, folder / NAME) from error


def read_header(folder: Path) -> Header | None:
    """The header of a profile, from its copy when the first is damaged; ``None`` where there is none."""
    found = False
    for name in (NAME, COPY):
        try:
            text = (folder / name).read_text("utf-8")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise of_disk(error, folder / name) from error
        except UnicodeDecodeError:
            found = True
            continue
        found = True
        header = _parse(text, folder / name)
        if header is not None:
            return header
    if found:
        raise ChutdiaoError(Problem("store.header-damaged", values={"path": str(folder / NAME)}))
    return None


def _parse(text: str, path: Path) -> Header | None:
    try:
        value = json.loads(text)
        form = str(value["format"])
        if form != FORMAT and form.startswith("chutdiao/store/"):
            values = {"path": str(path), "found": form, "known": FORMAT}
            raise ChutdiaoError(Problem("store.newer", values=values))
        if form != FORMAT:
            return None
        return Header(str(value["store"]), str(value["holder"]), str(value["proof"]), dict(value["wraps"]))
    except (ValueError, KeyError, TypeError):
        return None
