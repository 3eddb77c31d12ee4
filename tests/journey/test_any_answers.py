"""Whatever is answered, the plan is whole, in order and without a circle."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chutdiao.domain.check import Context
from chutdiao.domain.journey import Journey, Plan, PlanStep, Question, StepDone, plan
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json

TODAY = date(2026, 11, 23)

STATES = ("started", "waiting-to-send", "filed", "correction", "approved", "issued", "stopped", "returned")


def _answer(question: Question) -> st.SearchStrategy[Json]:
    codes = [choice.code for choice in question.choices] or ["x"]
    fitting: dict[str, st.SearchStrategy[Json]] = {
        "choice": st.sampled_from(codes),
        "choices": st.lists(st.sampled_from(codes), unique=True),
        "yes-no": st.booleans(),
        "number": st.decimals(-10, 10**7, places=2).map(str),
        "money": st.sampled_from(["0", "1799999.99", "1800000", "1800000.01", "9000000"]),
        "date": st.dates(date(1900, 1, 1), date(9999, 12, 31)).map(date.isoformat),
    }
    odd: st.SearchStrategy[Json] = st.one_of(
        st.none(), st.text(max_size=8), st.integers(), st.just([]), st.just({})
    )
    return st.one_of(fitting.get(question.type, st.text(max_size=20)), fitting.get(question.type, odd), odd)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_answers_give_a_whole_plan_without_circles(
    data: st.DataObject, journeys: dict[str, Journey], parameters: Parameters
) -> None:
    journey = journeys[data.draw(st.sampled_from(sorted(journeys)))]
    answers = data.draw(st.fixed_dictionaries({}, optional={q.id: _answer(q) for q in journey.questions}))
    unsure = frozenset(data.draw(st.sets(st.sampled_from([q.id for q in journey.questions]), max_size=3)))
    ids = [step.id for step in journey.steps]
    states = st.builds(
        StepDone,
        st.sampled_from(STATES),
        st.just(TODAY),
        form=st.sampled_from(["", "tp", "food-notification"]),
    )
    done = data.draw(st.dictionaries(st.sampled_from(ids), states, max_size=3))
    made = plan(journey, answers, Context(TODAY, parameters), unsure, done)

    planned = [step.id for step in made.steps]
    assert len(set(planned)) == len(planned)
    told = {step_id.split("@")[0] for step_id in planned} | {item.id for item in made.excluded}
    assert told == set(ids)
    seen: set[str] = set()
    for step in made.steps:
        assert set(step.after) <= seen
        seen.add(step.id)
        assert step.title.th
        assert step.title.en
        assert step.why.th
        assert step.state
        if step.state == "depends":
            assert step.open
    assert all(item.why.th and item.why.en for item in made.excluded)
    left = {step.id for step in made.steps if step.state != "dropped"}
    assert not left & {item.id for item in made.excluded}
    _no_orphan(journey, made)
    asked = {question.id for question in made.open_questions}
    assert {question for step in made.steps for question in step.open} <= asked


def _no_orphan(journey: Journey, made: Plan) -> None:
    """What a step names as coming first stands before it, unless it does not apply; and points back at it."""
    planned = {step.id: step for step in made.steps}
    out = {item.id for item in made.excluded}
    for step in made.steps:
        written = journey.step(step.id.split("@")[0])
        assert written is not None
        if step.state != "dropped":
            assert set(step.after) == {i for i in written.after.ids if i in planned and _kept(planned[i])}
            assert all(i in planned or i in out for i in written.after.ids)
        for other in step.unlocks:
            assert step.id in planned[other].after


def _kept(step: PlanStep) -> bool:
    return step.state != "dropped"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_path_asks_more_than_about_a_dozen_questions(
    data: st.DataObject, journeys: dict[str, Journey], parameters: Parameters
) -> None:
    journey = journeys[data.draw(st.sampled_from(sorted(journeys)))]
    answers = data.draw(st.fixed_dictionaries({q.id: _answer(q) for q in journey.questions}))
    values = AnswerValues(journey, answers, Context(TODAY, parameters), frozenset())
    assert sum(values.visible(question.id) is True for question in journey.questions) <= 13


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_with_every_question_answered_nothing_stays_open(
    data: st.DataObject, journeys: dict[str, Journey], parameters: Parameters
) -> None:
    journey = journeys[data.draw(st.sampled_from(sorted(journeys)))]
    answers: dict[str, Json] = {}
    for question in journey.questions:
        codes = [choice.code for choice in question.choices]
        answers[question.id] = data.draw(
            {
                "choice": st.sampled_from(codes or ["x"]),
                "choices": st.lists(st.sampled_from(codes or ["x"]), unique=True),
                "yes-no": st.booleans(),
                "number": st.integers(1, 400).map(str),
                "money": st.integers(0, 4_000_000).map(str),
                "date": st.dates(date(2026, 1, 1), date(2028, 12, 31)).map(date.isoformat),
            }.get(question.type, st.just("เชิงดอย"))
        )
    made = plan(journey, answers, Context(TODAY, parameters))
    assert not made.open_questions
    assert all(step.state != "depends" for step in made.steps)
