"""The shipped journeys, rates and answers of the two sample businesses."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.domain.check import Context
from chutdiao.domain.journey import Journey, Plan, StepDone, plan
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json
from chutdiao.formlib.journeys import read_journey
from chutdiao.formlib.parameters import load_parameters

TODAY = date(2026, 11, 23)
COFFEE: dict[str, Json] = {
    "trade_name": "ร้านกาแฟดอยสะเก็ด",
    "subdistrict": "500501",
    "authority_type": "subdistrict-town",
    "authority_name": "เชิงดอย",
    "entity": "natural",
    "place": "rent",
    "area_m2": "145",
    "activities": ["food", "sign"],
    "turnover": "2400000",
    "passed_on": "2027-09-14",
    "start_date": "2026-12-15",
    "employees": "2",
}
Planning = Callable[..., Plan]


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return load_parameters(paths.forms_dir())


@pytest.fixture(scope="session")
def journeys() -> dict[str, Journey]:
    folder = paths.forms_dir()
    return {path.stem: read_journey(folder, path) for path in (folder / "journeys").glob("*.yaml")}


@pytest.fixture
def coffee_answers() -> dict[str, Json]:
    return dict(COFFEE)


@pytest.fixture
def coffee(journeys: dict[str, Journey], parameters: Parameters) -> Planning:
    """Plan the coffee shop with some answers changed; ``None`` takes an answer away."""

    def planned(
        unsure: frozenset[str] = frozenset(), done: dict[str, StepDone] | None = None, **changes: Json
    ) -> Plan:
        answers = {key: value for key, value in (COFFEE | changes).items() if value is not None}
        return plan(journeys["coffee-shop"], answers, Context(TODAY, parameters), unsure, done)

    return planned


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A real profile of its own."""
    opened = open_workspace("practice", str(tmp_path))
    yield opened
    opened.keeper.close()
