"""The paper of one filing as PDF files in a folder."""

from pathlib import Path

from chutdiao.app.ports import Answers
from chutdiao.app.save_file import save_bytes
from chutdiao.app.workspace import Workspace
from chutdiao.domain.form import FormSpec
from chutdiao.domain.text import Language

_NAMES = {"form": "", "cover": "-cover", "power": "-power-of-attorney"}


def save_pack(
    ws: Workspace, form: FormSpec, answers: Answers, language: Language, path: str, parts: tuple[str, ...]
) -> tuple[str, ...]:
    """Write the chosen parts beside the path given and return where each one is."""
    target = Path(path)
    stem = target.stem
    written = []
    for part in parts:
        data = _drawn(ws, form, answers, language, part)
        written.append(save_bytes(str(target.with_name(f"{stem}{_NAMES[part]}.pdf")), data))
    return tuple(written)


def _drawn(ws: Workspace, form: FormSpec, answers: Answers, language: Language, part: str) -> bytes:
    if part == "cover":
        return ws.printer.cover(form, answers, ws.practice)
    if part == "power":
        return ws.printer.power_of_attorney(form, answers, ws.practice)
    return ws.printer.sheet(form, answers, language, ws.practice)
