"""Every page through the accessibility bus, as a screen reader meets it: names, roles, order."""

import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

SUPPORT = Path(__file__).parents[1] / "support"
GOLDEN = Path(__file__).parents[1] / "golden" / "screen_reader"
SRC = Path(__file__).parents[2] / "src"
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
# What may take the keyboard or a press, by the name the bus has for it.
CONTROLS = {
    "push button", "check box", "radio button", "text", "combo box", "toggle button", "link", "table", "tree",
    "list", "spin button", "page tab", "slider", "tree table", "menu item", "password text", "button menu",
    "button", "entry", "paragraph",
}  # fmt: skip
# A page takes the focus itself, so that its keys work before anything on it is chosen.
# Words that may be marked with the mouse, and cells, are reached but do nothing.
WORDS = {"label", "table cell", "column header", "row header", "table column header"}
GROUPS = {"filler", "panel", "scroll pane", "layered pane", "frame", "viewport"}
VIEWPORT = ".qt_scrollarea_viewport"
Node = dict[str, Any]


def _missing() -> list[str]:
    gi = ["/usr/bin/python3", "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    parts = {
        "xvfb": shutil.which("Xvfb") is not None,
        "dbus": shutil.which("dbus-run-session") is not None,
        "at-spi2-core": LAUNCHER.exists(),
        "python3-gi gir1.2-atspi-2.0": Path(gi[0]).exists()
        and subprocess.run(gi, capture_output=True).returncode == 0,
    }
    return [package for package, there in parts.items() if not there]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Node]]:
    """Page → everything that shows, in order."""
    missing = _missing()
    if missing and os.geteuid() != 0:
        pytest.skip(f"packaging/test as root installs: {' '.join(missing)}")
    assert not missing, "packaging/setup.sh installs them"
    program = [
        sys.executable,
        str(SUPPORT / "screen_reader_program.py"),
        str(tmp_path_factory.mktemp("spoken")),
    ]
    command = ["dbus-run-session", "--", "/usr/bin/python3", str(SUPPORT / "screen_reader.py"), *program]
    environment = {**os.environ, "PYTHONPATH": f"{SRC}:{SUPPORT}", "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, capture_output=True, text=True, timeout=170, env=environment)
    assert run.returncode == 0, run.stderr[-3000:]
    found: dict[str, list[Node]] = json.loads(run.stdout)
    return found


def controls(nodes: list[Node]) -> list[Node]:
    return [n for n in nodes if n["role"] in CONTROLS]


def on_page(nodes: list[Node]) -> list[Node]:
    """What lies in the page itself, without the frame of the window around it."""
    return [n for n in nodes if ".pages." in n["id"]]


def test_every_page_is_spoken(spoken: dict[str, list[Node]]) -> None:
    from every_page import pages

    assert list(spoken) == pages()
    assert all(len(on_page(nodes)) > 5 for nodes in spoken.values())


def test_what_can_be_used_has_a_name_and_a_role(spoken: dict[str, list[Node]]) -> None:
    nameless = [
        f"{page}: {n['role']} {n['id'].rpartition('.pages.')[2]}"
        for page, nodes in spoken.items()
        for n in nodes
        if "FOCUSABLE" in n["states"]
        and (not n["name"].strip() or n["role"] not in CONTROLS | GROUPS | WORDS)
    ]
    assert nameless == []


def test_no_name_is_a_name_for_programmers(spoken: dict[str, list[Node]]) -> None:
    """A dotted key or an object's own id is no word."""
    odd = {
        f"{page}: {n['name']}"
        for page, nodes in spoken.items()
        for n in nodes
        if n["name"] and n["name"].isascii() and (n["id"].endswith(f".{n['name']}") or "_" in n["name"])
    }
    assert odd == set()


def test_no_two_controls_of_a_page_sound_alike(spoken: dict[str, list[Node]]) -> None:
    alike = []
    for page, nodes in spoken.items():
        heard: dict[tuple[str, str], str] = {}
        for n in controls(on_page(nodes)):
            sound = (n["role"], n["name"])
            if sound in heard:
                alike.append(f"{page}: {sound} {heard[sound]} {n['id'].rpartition('.')[2]}")
            heard[sound] = n["id"].rpartition(".")[2]
    assert alike == []


def test_the_order_is_the_order_of_reading(spoken: dict[str, list[Node]]) -> None:
    """What comes next lies to the right or below; a new column may begin at the top again."""
    back = []
    for page, nodes in spoken.items():
        views = {n["id"]: n["box"] for n in nodes if n["id"].endswith(VIEWPORT)}
        for first, then in pairwise(controls(on_page(nodes))):
            apart = _around(first["id"]) ^ _around(then["id"])
            boxes = [_seen(n["box"], [views[v] for v in apart & _around(n["id"])]) for n in (first, then)]
            if _goes_back(*boxes):
                back.append(f"{page}: {first['name']} → {then['name']}")
    assert back == []


def _around(name: str) -> set[str]:
    """The views that scroll around a control, by their ids."""
    parts = name.split(VIEWPORT)
    return {VIEWPORT.join(parts[: place + 1]) + VIEWPORT for place in range(len(parts) - 1)}


def _seen(box: list[int], views: list[list[int]]) -> list[int]:
    """A box as far as the views show it; what is scrolled away lies at their edge."""
    x, y, width, height = box
    for left, top, wide, high in views:
        x, y = min(max(x, left), left + wide), min(max(y, top), top + high)
        width, height = min(width, left + wide - x), min(height, top + high - y)
    return [x, y, width, height]


def _goes_back(first: list[int], then: list[int]) -> bool:
    (x, y, width, height), (x2, y2, width2, height2) = first, then
    above = y2 + height2 <= y and x2 < x + width
    left = x2 + width2 <= x and y2 < y + height and y < y2 + height2
    return above or left


@pytest.mark.parametrize("page", sorted(p.stem for p in GOLDEN.glob("*.txt")))
def test_a_page_sounds_as_written_down(spoken: dict[str, list[Node]], page: str) -> None:
    """``CHUTDIAO_WRITE_GOLDEN=1`` writes the pages anew; read the difference before it is kept."""
    assert page in spoken
    assert sounds(spoken[page]) == (GOLDEN / f"{page}.txt").read_text("utf-8")


def test_every_page_is_written_down(spoken: dict[str, list[Node]]) -> None:
    if os.environ.get("CHUTDIAO_WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        for page, nodes in spoken.items():
            (GOLDEN / f"{page}.txt").write_text(sounds(nodes), "utf-8")
    assert {p.stem for p in GOLDEN.glob("*.txt")} == set(spoken)


def sounds(nodes: list[Node]) -> str:
    """Role, name and what is checked of each control of the page, a line each."""
    lines = []
    for n in controls(on_page(nodes)):
        checked = " ✓" if "CHECKED" in n["states"] else ""
        off = "" if "ENABLED" in n["states"] else " (off)"
        lines.append(f"{n['role']}: {n['name']}{checked}{off}\n")
    return "".join(lines)
