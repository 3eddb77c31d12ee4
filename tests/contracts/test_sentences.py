"""Every problem the wire can name has a sentence and a cure in both languages."""

import re
from pathlib import Path

from chutdiao import bootstrap, paths

ROOT = Path(paths.__file__).parent
SOURCES = [
    *(ROOT / "contracts").glob("*.py"),
    *(ROOT / "sync").rglob("*.py"),
    *(ROOT.parent / "chutdiao_gateway").rglob("*.py"),
    *(ROOT / "app" / f"{name}.py" for name in ("submit", "deliver", "correction")),
    ROOT / "gateway_process.py",
]
STATES = ("no-network", "captive-portal", "server-down", "logged-out")


def test_every_code_has_its_sentences() -> None:
    named = {
        code for path in SOURCES for code in re.findall(r'Problem\(\s*"([a-z.-]+)"', path.read_text("utf-8"))
    }
    texts = bootstrap.problem_texts()
    wanted = named | {f"sync.{state}" for state in STATES}
    assert len(named) > 30
    assert wanted <= texts.codes("th") and wanted <= texts.codes("en")
