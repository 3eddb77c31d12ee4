"""The whole profile in one file, still encrypted, and the way back."""

import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.store.connection import Database
from chutdiao.store.disk import sha256_file
from chutdiao.store.header import COPY, NAME
from chutdiao.store.migrate import version_of
from chutdiao.store.swap import STAGED
from chutdiao.store.trouble import of_disk

FORMAT = "chutdiao/backup/1"
MANIFEST = "manifest.json"
DATABASE = "store.db"
LOG = "store.db-wal"
_LARGEST_TEXT = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    store: str
    version: int
    made_at: str
    sha256: Mapping[str, str]


def stamp() -> str:
    """This moment as part of a file name."""
    return datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")


def write_backup(folder: Path, database: Database, path: Path) -> Mapping[str, str]:
    """Write the profile at ``path`` beside what is there, read it back, then put it in place."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with database.alone():
            # A full disk has no room to settle; then the log travels beside the file.
            with suppress(ChutdiaoError):
                database.settle()
            names = _to_keep(folder)
            manifest = {
                "format": FORMAT,
                "store": json.loads((folder / NAME).read_text("utf-8"))["store"],
                "version": version_of(database),
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "sha256": {name: sha256_file(folder / name) for name in names},
            }
            _write_archive(beside, folder, names, manifest)
        found = read_manifest(beside)
        check_digests(beside, found)
        digest = sha256_file(beside)
        beside.replace(path)
        size = path.stat().st_size
    except OSError as error:
        raise of_disk(error, path, code="keep.target-gone") from error
    finally:
        _drop(beside)
    return {
        "path": str(path),
        "sha256": digest,
        "store_sha256": found.sha256[DATABASE],
        "store": found.store,
        "made_at": found.made_at,
        "bytes": str(size),
    }


def _to_keep(folder: Path) -> list[str]:
    log = folder / LOG
    return [NAME, DATABASE, LOG] if log.exists() and log.stat().st_size else [NAME, DATABASE]


def _write_archive(path: Path, folder: Path, names: Sequence[str], manifest: Mapping[str, Json]) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w+b") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
            for name in names:
                archive.write(folder / name, name)
        out.flush()
        os.fsync(out.fileno())


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the stick it lay on is gone, and with it the part


def read_manifest(path: Path) -> Manifest:
    """What the backup at ``path`` says of itself; raises where it is none of ours."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()) - {MANIFEST}
            if len(names) != len(archive.namelist()) - 1 or names - {LOG} != {NAME, DATABASE}:
                raise ValueError("names")
            if max(archive.getinfo(name).file_size for name in (MANIFEST, NAME)) > _LARGEST_TEXT:
                raise ValueError("size")
            value = json.loads(archive.read(MANIFEST))
        if value["format"] != FORMAT:
            raise ValueError(str(value["format"]))
        digests = {name: str(value["sha256"][name]) for name in names}
        return Manifest(str(value["store"]), int(value["version"]), str(value["made_at"]), digests)
    except OSError as error:
        raise of_disk(error, path, code="keep.source-gone") from error
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, RuntimeError) as error:
        values = {"path": str(path), "words": str(error)}
        raise ChutdiaoError(Problem("backup.not-ours", values=values)) from error


def check_digests(path: Path, manifest: Manifest) -> None:
    """Raise where the content is not what the manifest says."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name, digest in manifest.sha256.items():
                with archive.open(name) as source:
                    found = hashlib.sha256()
                    while piece := source.read(1 << 20):
                        found.update(piece)
                    if found.hexdigest() != digest:
                        raise _damaged(path, name)
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, words: str) -> ChutdiaoError:
    return ChutdiaoError(Problem("backup.damaged", values={"path": str(path), "words": words}))


def unpack(path: Path, manifest: Manifest, folder: Path) -> Path:
    """Lay a backup's content beside the profile's own and return where."""
    staged = folder / f"{STAGED}{uuid4().hex}"
    try:
        staged.mkdir(mode=0o700)
        with zipfile.ZipFile(path) as archive:
            for name in manifest.sha256:
                archive.extract(name, staged)
        (staged / COPY).write_bytes((staged / NAME).read_bytes())
        for name in (*manifest.sha256, COPY):
            with (staged / name).open("rb+") as written:
                os.fsync(written.fileno())
    except OSError as error:
        raise of_disk(error, staged) from error
    return staged
