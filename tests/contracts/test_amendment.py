"""Answers compared place by place."""

from chutdiao.contracts.amendment import changed_places, outside

BEFORE = {
    "name": "ก",
    "address": {"house": "1", "moo": "2"},
    "kinds": ["a", "b"],
    "rows": [{"_row": "r1", "held": "1"}, {"_row": "r2", "held": "2"}],
}


def test_nothing_changed() -> None:
    assert changed_places(BEFORE, dict(BEFORE)) == frozenset()


def test_each_kind_of_change_has_its_place() -> None:
    after = {
        "address": {"house": "9", "moo": "2"},
        "kinds": ["a"],
        "rows": [{"_row": "r1", "held": "1"}, {"_row": "r3", "held": "2"}],
        "new": "x",
    }
    assert changed_places(BEFORE, after) == {
        "name",
        "address.house",
        "kinds",
        "rows[r2]._row",
        "rows[r2].held",
        "rows[r3]._row",
        "rows[r3].held",
        "new",
    }


def test_a_field_opens_its_parts_and_nothing_beside_it() -> None:
    changed = {"address.house", "rows[r1].held", "addresses"}
    assert outside(changed, {"address", "rows[r1]"}) == ("addresses",)
    assert outside(changed, {"address.house", "rows"}) == ("addresses",)
    assert outside({"rows[r1].held"}, {"rows[r1].paid"}) == ("rows[r1].held",)
