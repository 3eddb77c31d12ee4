"""The budgets, each beside its reference from the same run; started by hand, printed, never asserted.

``.venv/bin/python -m pytest -m bench tests/bench -s``
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from chutdiao import paths
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.form import Field, FieldType, FormSpec, Section
from chutdiao.domain.text import LocalText
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf import fonts
from chutdiao.pdf.render import sheet_pdf

pytestmark = pytest.mark.bench
TODAY = date(2026, 11, 23)
BARE = """
import os
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents()
"""
OURS = """
import os, tempfile
from pathlib import Path
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtWidgets import QApplication
from chutdiao.bootstrap import open_workspace
from chutdiao.ui.application import Program
app = QApplication([])
folder = os.environ["CHUTDIAO_BENCH"]
program = Program(app, lambda *_: open_workspace("practice", folder), None, Path(folder))
program.opened.connect(lambda _window: app.exit(0))
program.start("practice")
app.exec()
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
program.close_profile()
"""


def median_ms(work: Callable[[], object], times: int = 9) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def say(what: str, ours: float, reference: str, theirs: float, budget: str) -> None:
    print(
        f"\n{what}: {ours:.1f} ms; {reference}: {theirs:.1f} ms; ratio {ours / theirs:.2f}; budget {budget}"
    )


def big_form(fields: int) -> FormSpec:
    made = []
    for number in range(fields):
        value = f"f{number - 1} + f{number - 2}" if number % 3 == 2 else ""
        show = f"f{number - 1} > 0" if number % 3 == 1 else ""
        made.append(
            Field(f"f{number}", FieldType.NUMBER, LocalText.of(f"ช่อง {number}"), value=value, show=show)
        )
    section = Section("all", LocalText.of("ทั้งหมด"), tuple(made))
    return FormSpec("big", "1", LocalText.of("ใหญ่"), "rd", "2026-01-01", "", (section,))


def test_start_against_a_bare_window(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CHUTDIAO_BENCH", str(tmp_path))

    # As installed: bytecode lies beside the modules, so the first run makes it and is not counted.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "bytecode"))

    def run(code: str) -> bytes:
        return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout

    memory = run(OURS).decode().split()[-1]
    run(BARE)
    ours, bare = median_ms(lambda: run(OURS), 7), median_ms(lambda: run(BARE), 7)
    say("start to window", ours, "bare window", bare, "≤ 2.5 ×")
    print(f"resident memory at the window: {memory} MiB; budget with a form ≤ 150 MiB")
    assert ours > 0


def test_keystroke_on_a_large_form() -> None:
    from chutdiao.app.ports import Draft
    from chutdiao.app.session import FormSession
    from chutdiao.domain.submission import DraftState

    form = big_form(150)
    answers = {f"f{n}": "1" for n in range(150) if n % 3 != 2}
    draft = Draft("d", "b", "s", "big", "1", "", answers, frozenset(), {}, DraftState.EDITING, 0, "", "")
    session = FormSession(form, draft, Context(TODAY), None)
    values = iter(range(10_000))
    ours = median_ms(lambda: session.set("f0", str(next(values))), 50)
    whole = median_ms(lambda: evaluate(form, answers, Context(TODAY)))
    say("one answer, 150 fields", ours, "whole check", whole, "≤ 16 ms to repaint")
    assert ours > 0


def test_two_page_pdf_against_unshaped_text() -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    shelf, tables = Shelf(paths.forms_dir()), CsvTables(paths.forms_dir())
    form = shelf.load("tp")
    answers = json.loads((paths.resources_dir() / "samples" / "tp.json").read_text("utf-8"))
    state = evaluate(form, answers, Context(TODAY, shelf.parameters()))
    print_map = shelf.print_map("tp")

    def unshaped() -> None:
        canvas = Canvas(io.BytesIO())
        for _ in range(2):
            canvas.setFont(fonts.REGULAR, 11)
            for line in range(44):
                canvas.drawString(60, 780 - line * 16, "ชื่อผู้ประกอบพาณิชยกิจ นางสาวสมมติ ใจดี")
            canvas.showPage()
        canvas.save()

    sheet_pdf(form, state, print_map, tables)
    say(
        "2-page sheet",
        median_ms(lambda: sheet_pdf(form, state, print_map, tables)),
        "unshaped text",
        median_ms(unshaped),
        "≤ 100 ms",
    )
    assert state.fields


def test_form_of_500_fields_against_bare_widgets(qtbot, tmp_path) -> None:
    from chutdiao.bootstrap import open_workspace
    from chutdiao.ui.application import Program
    from chutdiao.ui.fields.section import SectionPanel
    from chutdiao.ui.fields.surroundings import Surroundings

    workspace = open_workspace("practice", str(tmp_path))
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, lambda *_: workspace, None, tmp_path)
    program.start("practice")
    qtbot.waitUntil(lambda: program.desk is not None, timeout=10_000)
    form = big_form(500)
    state = evaluate(form, {}, Context(TODAY))

    def panel(*, whole: bool) -> None:
        """Make the section until its first screenful can be used, or until all of it can."""
        assert program.desk is not None
        made = SectionPanel(form.sections[0], Surroundings(program.desk, ""))
        made.resize(700, 600)
        made.show_state(state, {}, lambda _place: True)
        made.show()
        while whole and not made.whole:
            app.processEvents()
        made.grab()
        made.hide()
        made.deleteLater()

    def bare() -> None:
        holder = QWidget()
        rows = QFormLayout(holder)
        for number in range(500):
            rows.addRow(f"ช่อง {number}", QLineEdit())
        holder.resize(700, 600)
        holder.show()
        holder.grab()
        holder.deleteLater()

    plain = median_ms(bare, 5)
    usable = median_ms(lambda: panel(whole=False), 5)
    say("500-field form, first screenful usable", usable, "bare widgets, all", plain, "≤ 3 ×")
    whole = median_ms(lambda: panel(whole=True), 3)
    say("500-field form, whole while idle", whole, "bare widgets, all", plain, "none: nobody waits")
    program.close_profile()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
