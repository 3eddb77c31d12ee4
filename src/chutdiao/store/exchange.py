"""One business in one encrypted file, out of one store and into another."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.store import crypt, migrations, package
from chutdiao.store.connection import Database
from chutdiao.store.disk import sha256, write_whole
from chutdiao.store.recovery import secret_of
from chutdiao.store.trouble import NotHereError, of_disk

MAGIC = b"chutdiao/export/1\n"
SHORTEST_SECRET = 8
_LARGEST = 2 << 30
_CONTENT = "content.json"


def export_business(database: Database, business: str, path: Path, secret: str) -> Mapping[str, str]:
    """Write a business at ``path``, sealed with ``secret``, and read it back; what was written."""
    if len(secret) < SHORTEST_SECRET:
        raise ChutdiaoError(Problem("export.secret-short", values={"least": str(SHORTEST_SECRET)}))
    with database.alone():
        if database.one("SELECT id FROM business WHERE id = ?", (business,)) is None:
            raise NotHereError("business", business)
        rows = package.collect(database, business)
        plain = _packed(database, rows)
    recipe = crypt.new_recipe()
    head = MAGIC + json.dumps(recipe).encode() + b"\n"
    data = head + crypt.seal(plain, secret_of(secret), recipe, head)
    try:
        write_whole(path, data)
        if path.read_bytes() != data:
            raise ChutdiaoError(Problem("keep.not-written", values={"path": str(path), "words": ""}))
    except OSError as error:
        raise of_disk(error, path, code="keep.target-gone") from error
    return {
        "path": str(path),
        "business": business,
        "name": str(rows["business"][0]["name"]),
        "sha256": sha256(data),
        "content_sha256": package.content_digest(rows),
        "bytes": str(len(data)),
    }


def import_business(database: Database, path: Path, secret: str) -> Mapping[str, str]:
    """Read a business from ``path`` beside what is there; all of it or nothing; what was read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ChutdiaoError(Problem("import.too-large", values={"path": str(path)}))
        data = path.read_bytes()
    except OSError as error:
        raise of_disk(error, path, code="keep.source-gone") from error
    rows, files = _unpacked(_opened(data, path, secret), path)
    digest = package.content_digest(rows)
    with database.change():
        is_copy = package.conflicts(database, rows)
        if is_copy:
            rows = package.with_new_ids(rows)
        for name, content in files.items():
            database.run("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", (name, len(content), content))
        package.insert(database, rows)
        business = str(rows["business"][0]["id"])
        if package.content_digest(package.collect(database, business)) != package.content_digest(rows):
            raise ChutdiaoError(Problem("import.unequal", values={"path": str(path)}))
    return {
        "path": str(path),
        "business": business,
        "name": str(rows["business"][0]["name"]),
        "sha256": sha256(data),
        "content_sha256": digest,
        "copy": "yes" if is_copy else "no",
    }


def _packed(database: Database, rows: package.Rows) -> bytes:
    text = json.dumps({"version": len(migrations.STEPS), "rows": rows}, ensure_ascii=False)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_CONTENT, text)
        for row in database.run("SELECT sha256 FROM blob"):
            if row["sha256"] in text:
                data = database.one("SELECT data FROM blob WHERE sha256 = ?", (row["sha256"],))
                assert data is not None
                archive.writestr(f"files/{row['sha256']}", bytes(data["data"]))
    return whole.getvalue()


def _opened(data: bytes, path: Path, secret: str) -> bytes:
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + 4096)
    if not data.startswith(MAGIC) or end < 0:
        raise ChutdiaoError(Problem("import.not-ours", values={"path": str(path)}))
    try:
        recipe = json.loads(data[len(MAGIC) : end])
        return crypt.unseal(data[end + 1 :], secret_of(secret), recipe, data[: end + 1])
    except (crypt.CannotOpenError, ValueError, AttributeError) as error:
        raise ChutdiaoError(Problem("import.wrong-secret", values={"path": str(path)})) from error


def _unpacked(plain: bytes, path: Path) -> tuple[package.Rows, dict[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(plain)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ChutdiaoError(Problem("import.too-large", values={"path": str(path)}))
            content = json.loads(archive.read(_CONTENT))
            names = [name for name in archive.namelist() if name != _CONTENT]
            files = {name.removeprefix("files/"): archive.read(name) for name in names}
        found = int(content["version"])
        rows = package.brought_up(content["rows"], found)
        _refuse_strange(rows)
        package.must_load(rows)
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise _damaged(path, str(error)) from error
    if found > len(migrations.STEPS):
        values = {"path": str(path), "found": str(found), "known": str(len(migrations.STEPS))}
        raise ChutdiaoError(Problem("store.newer", values=values))
    if any(sha256(data) != name for name, data in files.items()):
        raise _damaged(path, "sha256")
    return rows, files


def _damaged(path: Path, words: str) -> ChutdiaoError:
    return ChutdiaoError(Problem("import.damaged", values={"path": str(path), "words": words}))


def _refuse_strange(rows: Any) -> None:
    if set(rows) != {part.table for part in package.PARTS} or len(rows["business"]) != 1:
        raise ValueError("rows")
    for held in rows.values():
        for row in held:
            if any(not isinstance(value, str | int) for value in row.values()):
                raise ValueError("cell")
