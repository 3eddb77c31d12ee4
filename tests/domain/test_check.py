"""A form's law over answers: the normative example, and the same state however it was reached."""

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chutdiao.domain.check import (
    ALL,
    Answers,
    Context,
    FormState,
    LiveForm,
    evaluate,
    program_of,
    signature_problems,
)
from chutdiao.domain.form import Choice, Field, FileLimits, FormSpec, Requirement, Rows, Section, Signatory
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import Signature
from chutdiao.domain.text import LocalText

MakeField = Callable[..., Field]
MakeForm = Callable[..., FormSpec]
PERSONS = ("9999900001015", "9999900002020")


def holders(count: int, each: str = "10") -> list[Json]:
    return [
        {
            "_row": f"r{number}",
            "kind": "natural",
            "holder": PERSONS[number % 2],
            "name": {"first": "สมชาย", "last": "ใจดี"},
            "nationality": "TH" if number % 2 else "JP",
            "held": each,
            "paid": "50",
        }
        for number in range(count)
    ]


def codes(state: FormState) -> list[str]:
    return [f"{problem.code}@{problem.place}" for problem in state.problems]


def test_the_normative_form(boj5: FormSpec, context: Context) -> None:
    answers: Answers = {"capital": "2000", "par": "100", "shareholders": holders(2)}
    state = evaluate(boj5, answers, context)
    assert codes(state) == []
    assert state.ready
    assert state.fields["shares"].value == "20"
    assert [state.fields[f"shareholders[r{n}].from_no"].value for n in (0, 1)] == ["1", "11"]
    assert [state.fields[f"shareholders[r{n}].to_no"].value for n in (0, 1)] == ["10", "20"]
    assert state.computed == {"foreign_shares": "10"}
    sent = state.submitted()
    assert sent["shares"] == "20"
    assert sent["shareholders"][1]["no"] == "2"  # type: ignore[index,call-overload]


def test_what_is_wrong_has_a_place(boj5: FormSpec, context: Context) -> None:
    rows = holders(3, "1")
    rows[2] |= {"held": "0", "paid": "1", "holder": "9999900001016"}  # type: ignore[operator]
    found = codes(evaluate(boj5, {"par": "4", "shareholders": rows, "shoe_size": "9"}, context))
    assert "required@capital" in found
    assert "check.par.1@par" in found
    assert "check.held.1@shareholders[r2].held" in found
    assert "id.check-digit@shareholders[r2].holder" in found
    assert "answer.unknown@shoe_size" in found
    assert "check.try.1@" not in found, "shares is open, so the sum is not judged"


def test_nothing_answered_says_only_what_is_required(boj5: FormSpec, context: Context) -> None:
    assert codes(evaluate(boj5, {}, context)) == ["required@capital", "required@par", "rows.few@shareholders"]


def test_a_person_named_twice(boj5: FormSpec, context: Context) -> None:
    state = evaluate(boj5, {"capital": "3000", "par": "100", "shareholders": holders(3)}, context)
    assert codes(state) == ["check.try.2@"]


def test_hidden_reads_as_unanswered_and_is_not_sent(
    form: MakeForm, field: MakeField, context: Context
) -> None:
    spec = form(
        field("has", "choice", codes=("yes", "no")),
        field("count", "number", show='has == "yes"', required="yes"),
        field("twice", "number", value="count * 2", show="known(count)"),
        field("people", "table", show='has == "yes"', columns=(field("age", "number"),)),
        field("ages", "number", value="total(people, age)"),
        checks=("known(count) or has != 'yes'",),
    )
    answers: Answers = {"has": "no", "count": "3", "people": [{"_row": "a", "age": "7"}]}
    state = evaluate(spec, answers, context)
    assert not state.fields["count"].visible
    assert not state.fields["people[a].age"].visible
    assert state.fields["count"].value == "3", "the answer is kept"
    assert state.submitted() == {"has": "no", "ages": "0"}
    shown = evaluate(spec, {**answers, "has": "yes"}, context)
    assert shown.submitted()["twice"] == "6"
    assert shown.submitted()["ages"] == "7"


def test_a_hidden_section_hides_its_fields(form: MakeForm, field: MakeField, context: Context) -> None:
    spec = form(field("a", "number"))
    more = Section("more", LocalText.of("more"), (field("b", "number", required="yes"),), show="a > 1")
    spec = replace(spec, sections=(*spec.sections, more))
    assert evaluate(spec, {}, context).ready
    assert not evaluate(spec, {}, context).sections["more"].visible
    assert codes(evaluate(spec, {"a": "2"}, context)) == ["required@b"]
    section = evaluate(spec, {"a": "2", "b": "1"}, context).sections["more"]
    assert (section.answered, section.needed, section.problems) == (1, 1, 0)


def test_not_sure_stops_only_where_required(form: MakeForm, field: MakeField, context: Context) -> None:
    spec = form(field("a", required="yes"), field("b"))
    state = evaluate(spec, {}, context, frozenset({"a", "b"}))
    assert codes(state) == ["required.unsure@a"]
    assert state.fields["b"].unsure


def test_labels_and_choices_by_condition(form: MakeForm, field: MakeField, context: Context) -> None:
    kinds = (Choice("a", LocalText.of("A")), Choice("b", LocalText.of("B"), 'who == "firm"'))
    spec = form(
        field("who", "choice", codes=("person", "firm")),
        field("kind", "choice", choices=kinds, labels=(('who == "firm"', LocalText.of("Kind of firm")),)),
    )
    firm = evaluate(spec, {"who": "firm", "kind": "b"}, context).fields["kind"]
    assert firm.label.en == "Kind of firm"
    assert len(firm.choices) == 2
    person = evaluate(spec, {"who": "person", "kind": "b"}, context)
    assert person.fields["kind"].label.en == "kind"
    assert codes(person) == ["choice.not-offered@kind"]


def test_a_mend_is_an_answer(form: MakeForm, field: MakeField, context: Context) -> None:
    spec = form(field("d", "date", that=("d <= today()",)))
    check = replace(spec.fields()[0].checks[0], mend="today()")
    spec = form(field("d", "date", checks=(check,)))
    problem = evaluate(spec, {"d": "2027-01-01"}, context).problems[0]
    assert problem.mend == "2026-11-23"
    assert evaluate(spec, {"d": problem.mend}, context).ready
    assert evaluate(spec, {}, context).ready


@pytest.mark.parametrize(
    ("kind", "raw", "expected", "mend"),
    [
        ("money", "1.005", "money.satang", None),
        ("money", "1,000", "answer.form", "1000"),
        ("money", True, "number.unreadable", None),
        ("number", "x", "number.unreadable", None),
        ("date", "31 ก.พ. 2569", "date.no-such-day", "2026-02-28"),
        ("date", "23/11/2569", "answer.form", "2026-11-23"),
        ("date", "2569-02-31", "date.no-such-day", "2026-02-28"),
        ("identity", "๙๙๙๙๙๐๐๐๐๑๐๑๕", "answer.form", "9999900001015"),
        ("identity", "123", "id.length", None),
        ("choice", "zzz", "choice.unknown", None),
        ("choices", "a", "answer.form", ["a"]),
        ("reference", "99", "reference.unknown", None),
        ("phone", "12", "phone.unreadable", None),
        ("email", "x", "email.unreadable", None),
        ("branch", "7", "answer.form", "00007"),
        ("name", {"title": "นาย"}, "name.missing", None),
        ("address", {"house": "1", "postcode": "5"}, "address.postcode", None),
        ("address", {"house": "1", "lat": "5"}, "answer.unknown", None),
        ("address", {"house": "1", "subdistrict": "500101", "province": "10"}, "address.area-differs", None),
        ("text", ["a"], "answer.type", None),
        ("file", "a", "answer.type", None),
        ("table", "a", "answer.type", None),
    ],
)
def test_answers_of_the_wrong_kind(
    form: MakeForm, field: MakeField, context: Context, kind: str, raw: Json, expected: str, mend: Json
) -> None:
    spec = form(field("x", kind, codes=("a", "b"), table="banks"))
    state = evaluate(spec, {"x": raw}, context, tables=lambda table, code: code == "500101")
    assert [(problem.code, problem.mend) for problem in state.problems] in (
        [(expected, mend)],
        [(expected, mend)] * len(state.problems),
    )
    assert all(problem.place.startswith("x") for problem in state.problems)


def test_files_within_the_agencys_limits(form: MakeForm, field: MakeField, context: Context) -> None:
    spec = form(field("f", "file", limits=FileLimits(bytes=1000)))
    good: Json = {"sha256": "a", "name": "a.pdf", "size": 10, "type": "application/pdf"}
    assert evaluate(spec, {"f": [good]}, context).ready
    bad = [good, {"sha256": "b", "name": "b.exe", "size": 5000, "type": "x"}]
    found = {problem.code for problem in evaluate(spec, {"f": bad}, context).problems}
    assert found == {"file.too-many", "file.type", "file.too-big"}


def test_faults_are_problems_with_a_place(form: MakeForm, field: MakeField, context: Context) -> None:
    large = "1" + "0" * 28
    spec = form(
        field("a", "number"),
        field("zero", "number", value="1 / a"),
        field("ghost", "number", value="nobody + 1"),
        field("broken", "number", value="1 +"),
        field("round", "number", value="trip + 1"),
        field("trip", "number", value="round + 1"),
        field("huge", "money", value=f"a * {large} * {large} * {large}", show="a > 0"),
        field("shown", show="a + 1", that=("shown > 1",)),
    )
    found = codes(evaluate(spec, {"a": "0", "shown": "x"}, context))
    assert "expression.divide-by-zero@zero" in found
    assert "expression.unknown-name@ghost" in found
    assert "expression.unreadable@broken" in found
    assert "expression.cycle@round" in found
    assert "expression.not-yes-no@shown" in found
    assert program_of(spec).cycles
    assert "expression.too-large@huge" in codes(evaluate(spec, {"a": "9" * 25}, context))


def test_rows_are_counted_and_named(form: MakeForm, field: MakeField, context: Context) -> None:
    spec = form(field("t", "table", rows=Rows(1, 2), columns=(field("x", "number"),)))
    assert codes(evaluate(spec, {"t": [{"x": "1"}, {"x": "2"}, {"x": "3"}]}, context)) == ["rows.many@t"]
    same = evaluate(spec, {"t": [{"_row": "a", "x": "1"}, {"_row": "a", "x": "2"}]}, context)
    assert len(same.row_ids["t"]) == 2
    assert evaluate(spec, {"t": ["junk", None]}, context).row_ids["t"] == ("row1", "row2")


def test_who_signs_and_what_to_bring(form: MakeForm, field: MakeField, context: Context) -> None:
    papers = (Requirement("map", LocalText.of("map"), needed="a > 1"), Requirement("id", LocalText.of("id")))
    signers = (
        Signatory("owner", LocalText.of("o")),
        Signatory("partner", LocalText.of("p"), show="known(a) and a > 5"),
    )
    spec = replace(form(field("a", "number")), requirements=papers, signatories=signers)
    state = evaluate(spec, {"a": "2"}, context)
    assert [paper.id for paper in state.requirements()] == ["map", "id"]
    assert [who.role for who in state.signatories()] == ["owner"]
    assert state.ask("a * 2") == Decimal(4)


def test_nested_rows_see_the_row_around_them(form: MakeForm, field: MakeField, context: Context) -> None:
    spec = form(
        field("limits", "table", columns=(field("of", "text"), field("most", "number"))),
        field(
            "people",
            "table",
            columns=(
                field("who", "text"),
                field("most_of", "number", value="total(limits, most if of == who else 0)"),
                field("all_of", "number", value="total(limits, most)"),
                field("share", "number", value="age / total(people, age) * 100", decimals=1),
                field("age", "number"),
            ),
        ),
    )
    limits: Json = [{"_row": "1", "of": "a", "most": "5"}, {"_row": "2", "of": "b", "most": "7"}]
    people: Json = [{"_row": "x", "who": "a", "age": "10"}, {"_row": "y", "who": "b", "age": "30"}]
    state = evaluate(spec, {"limits": limits, "people": people}, context)
    assert [state.fields[f"people[{row}].most_of"].value for row in "xy"] == ["5", "7"]
    assert [state.fields[f"people[{row}].all_of"].value for row in "xy"] == ["12", "12"]
    assert [state.fields[f"people[{row}].share"].value for row in "xy"] == ["25", "75"]


def test_a_first_row_is_judged_though_it_is_empty(boj5: FormSpec, context: Context) -> None:
    answers: Answers = {"shareholders": []}
    live = LiveForm(boj5, answers, context)
    answers["shareholders"] = [{"_row": "a"}]
    assert "shareholders[a].name" in live.change({"shareholders": ALL})
    assert live.state().fields == evaluate(boj5, answers, context).fields


changes = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["capital", "par"]), st.sampled_from([None, "0", "4", "100", "x"])),
        st.tuples(
            st.sampled_from(["held", "paid", "holder", "kind", "nationality"]),
            st.sampled_from([None, "1", "10", "9999900001015", "natural", "juristic", "TH", "1.5"]),
            st.integers(0, 3),
        ),
        st.tuples(st.just("drop"), st.integers(0, 3)),
        st.tuples(st.just("add"), st.integers(0, 9)),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(changes)
def test_a_change_leaves_the_same_state_as_starting_anew(
    boj5: FormSpec, context: Context, steps: list[tuple[str, object]]
) -> None:
    answers: Answers = {"capital": "4000", "par": "100", "shareholders": holders(4)}
    live = LiveForm(boj5, answers, context)
    for number, (what, *how) in enumerate(steps):
        before = live.state()
        told = live.change(_change(answers, number, what, how))
        now, anew = live.state(), evaluate(boj5, answers, context)
        assert now.fields == anew.fields
        assert now.problems == anew.problems
        assert now.sections == anew.sections
        assert now.computed == anew.computed
        differ = {
            p for p in now.fields.keys() | before.fields.keys() if now.fields.get(p) != before.fields.get(p)
        }
        assert {place for place in differ if place != "shareholders"} <= told


def _change(answers: Answers, number: int, what: str, how: list[object]) -> dict[str, frozenset[str]]:
    rows = answers["shareholders"]
    assert isinstance(rows, list)
    if what in ("drop", "add"):
        index = int(str(how[0]))
        if what == "drop" and rows:
            rows.pop(index % len(rows))
        elif what == "add":
            rows.append({"_row": f"new{number}", "held": str(index)})
        return {"shareholders": ALL}
    if what in ("capital", "par"):
        answers[what] = how[0]  # type: ignore[assignment]
        return {what: ALL}
    if not rows:
        return {}
    row = rows[int(str(how[1])) % len(rows)]
    assert isinstance(row, dict)
    row[what] = how[0]  # type: ignore[assignment]
    return {f"shareholders.{what}": frozenset({str(row["_row"])})}


def _fastest(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def test_a_long_table_takes_time_in_proportion(boj5: FormSpec, context: Context) -> None:
    def whole(count: int) -> Callable[[], object]:
        answers: Answers = {"capital": "4000", "par": "100", "shareholders": holders(count)}
        return lambda: evaluate(boj5, answers, context)

    small, large = _fastest(whole(300)), _fastest(whole(3000))
    assert large < small * 25, "ten times the rows"


def test_typing_in_a_long_form_is_quick(form: MakeForm, field: MakeField, context: Context) -> None:
    fields = [field("f0", "number")]
    for number in range(1, 150):
        before = f"f{number - 1}"
        value = f"{before} + 1" if number % 3 == 2 else ""
        fields.append(
            field(f"f{number}", "number", value=value, show=f"known({before})", that=(f"f{number} >= 0",))
        )
    spec = form(*fields)
    answers: Answers = {f"f{number}": "1" for number in range(150)}
    live = LiveForm(spec, answers, context)
    assert _fastest(lambda: evaluate(spec, answers, context)) < 0.016
    assert _fastest(lambda: (live.change({"f149": ALL}), live.state())) < 0.003


def test_each_row_of_a_table_signs(form: MakeForm, field: MakeField, context: Context) -> None:
    columns = (field("name", "name"), field("kind", "choice", codes=("natural", "juristic")))
    signers = (
        Signatory("promoter", LocalText("ผู้เริ่มก่อการ", "Promoter"), "name", 'kind == "natural"', each="people"),
        Signatory("owner", LocalText.of("o")),
    )
    spec = replace(form(field("people", "table", columns=columns)), signatories=signers)
    people: Json = [
        {"_row": "a", "name": {"title": "นาย", "first": "สมมติ", "last": "ใจดี"}, "kind": "natural"},
        {"_row": "b", "name": {"full": "บจก. ตัวอย่าง"}, "kind": "juristic"},
        {"_row": "c", "kind": "natural"},
    ]
    who = evaluate(spec, {"people": people}, context).signatories()
    assert [(one.key, one.name, one.label.th) for one in who] == [
        ("promoter[a]", "นายสมมติ ใจดี", "ผู้เริ่มก่อการ 1"),
        ("promoter[c]", "", "ผู้เริ่มก่อการ 2"),
        ("owner", "", "o"),
    ]
    signed = [
        Signature("promoter[a]", "paper", "นายสมมติ ใจดี", "2026-11-23T10:00:00+07:00"),
        Signature("promoter[b]", "paper", "x", "2026-11-23T10:00:00+07:00"),
        Signature("owner", "drawn", "o", "2026-11-23T10:00:00+07:00"),
    ]
    missing = signature_problems(who, signed)
    assert [(p.code, p.place) for p in missing] == [
        ("sign.missing", "promoter[c]"),
        ("sign.missing", "owner"),
    ]
    assert [one.label.th for one in evaluate(spec, {"people": people[:1]}, context).signatories()] == [
        "ผู้เริ่มก่อการ",
        "o",
    ]
