"""One spelling of JSON, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chutdiao.contracts.canonical import canonical, digest, digest_of, read_json
from chutdiao.domain.problem import ChutdiaoError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
def test_what_is_written_is_read_back_and_written_the_same(value) -> None:
    text = canonical(value)
    assert read_json(text) == value
    assert canonical(read_json(text)) == text and digest(value) == digest_of(text)


def test_order_of_names_does_not_matter() -> None:
    assert canonical({"ข": "2", "ก": 1}) == canonical({"ก": 1, "ข": "2"}) == '{"ก":1,"ข":"2"}'.encode()


@pytest.mark.parametrize("value", [1.5, [1.0], {"a": {"b": [float("nan")]}}, 2**60, "\ud800"])
def test_what_has_no_exact_spelling_is_refused(value) -> None:
    with pytest.raises(ChutdiaoError, match=r"wire\.not-json"):
        canonical(value)


@pytest.mark.parametrize(
    "text",
    [b"", b"1.5", b"NaN", b'{"a":1,"a":2}', b"\xff", b"[" * 100 + b"]" * 100, b"[" * 100_000, b"{} {}"],
)
def test_hostile_text_is_a_problem(text: bytes) -> None:
    with pytest.raises(ChutdiaoError, match=r"wire\.not-json"):
        read_json(text)


def test_size_is_bounded() -> None:
    with pytest.raises(ChutdiaoError, match=r"wire\.too-large"):
        read_json(b" " * 8_000_001)
