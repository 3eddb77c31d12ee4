"""The desk of the wire, shared by the tests of gateway, sync and faults."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from wire_desk import clock, desk, ws  # noqa: F401
