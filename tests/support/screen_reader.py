"""What a screen reader finds on each page, as JSON on stdout; runs inside a session bus of its own.

Started by ``/usr/bin/python3``, which has the distribution's bindings, with the program's command after it.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
STATES = ("FOCUSABLE", "CHECKED", "SHOWING", "ENABLED", "EDITABLE")


def main() -> None:
    """Start a screen, the accessibility bus and the program; walk every page."""
    screen, number = _screen()
    os.environ.update(
        DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
        QT_ACCESSIBILITY="1", QT_SCALE_FACTOR="1", XDG_RUNTIME_DIR=tempfile.mkdtemp(),
    )  # fmt: skip
    # In a group of its own: the launcher starts a second bus, which must end with it.
    bus = subprocess.Popen(
        [LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(0.7)
    program = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        pages = program.stdout.readline().split()
        Atspi.init()
        found = {page: _page(program, page) for page in pages}
        program.stdin.close()
        program.wait(10)
        print(json.dumps(found, ensure_ascii=False))
    finally:
        os.killpg(bus.pid, signal.SIGTERM)
        for process in (program, bus, screen):
            process.kill()
            process.wait()


def _screen() -> "tuple[subprocess.Popen[str], str]":
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL, text=True)
    os.close(write)
    with os.fdopen(read) as told:
        return screen, told.readline().strip()


def _page(program: "subprocess.Popen[str]", page: str) -> list[dict[str, object]]:
    program.stdin.write(f"{page}\n")
    program.stdin.flush()
    assert program.stdout.readline().strip() == "shown", page
    return _walk(_program_root(), 0)


def _program_root() -> Atspi.Accessible:
    for _ in range(100):
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            root = desktop.get_child_at_index(place)
            if root is not None and root.get_name() == "chutdiao":
                return root
        time.sleep(0.1)
    raise SystemExit("the program never came to the accessibility bus")


def _walk(node: Atspi.Accessible, depth: int) -> list[dict[str, object]]:
    """A node and all that shows below it, in the order it is given out."""
    states = node.get_state_set()
    held = [name for name in STATES if states.contains(getattr(Atspi.StateType, name))]
    if depth and "SHOWING" not in held:
        return []
    place = node.get_extents(Atspi.CoordType.SCREEN) if depth else None
    found = [
        {
            "depth": depth,
            "role": node.get_role_name(),
            "name": node.get_name(),
            "about": node.get_description(),
            "id": node.get_accessible_id(),
            "states": held,
            "box": [place.x, place.y, place.width, place.height] if place else [0, 0, 0, 0],
        }
    ]
    # A table gives out thousands of cells; its first rows say how they speak.
    few = 24 if node.get_role() in (Atspi.Role.TABLE, Atspi.Role.TREE_TABLE, Atspi.Role.LIST) else 400
    for position in range(min(node.get_child_count(), few)):
        try:
            child = node.get_child_at_index(position)
            if child is not None:
                found += _walk(child, depth + 1)
        except GLib.Error:
            continue  # it went while we looked
    return found


main()
