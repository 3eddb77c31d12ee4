"""The ways a business could take, side by side, and choosing one of them."""

from chutdiao.app.interview import answer, context_of, journey_of
from chutdiao.app.workspace import Workspace
from chutdiao.domain.journey.comparison import Comparison, compare
from chutdiao.domain.problem import Problem


def comparison_of(ws: Workspace, business_id: str) -> Comparison:
    """The comparison of today for the answers given so far; a journey may compare nothing."""
    business = ws.businesses.get(business_id)
    journey = journey_of(ws, business.journey)
    return compare(journey, business.interview, context_of(ws), ws.shelf.duties(), business.not_sure)


def choose_way(ws: Workspace, business_id: str, way_id: str) -> tuple[Problem, ...]:
    """Answer the interview as this way does; every other answer stays."""
    journey = journey_of(ws, ws.businesses.get(business_id).journey)
    way = next((way for way in journey.compare if way.id == way_id), None)
    if way is None:
        return (Problem("compare.no-way", way_id, {"way": way_id}),)
    problems: list[Problem] = []
    for question, code in way.answers.items():
        problems += answer(ws, business_id, question, code).problems
    return tuple(problems)
