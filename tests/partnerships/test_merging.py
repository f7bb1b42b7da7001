"""Three-way merging: nothing that either side wrote is lost, and what collides is said."""

import pytest
from hypothesis import given, strategies as st

from partnerships.merging import merge, merge_texts

items = st.lists(st.sampled_from("abcdefgh"), max_size=8)


@given(items, items)
def test_a_side_that_changed_nothing_leaves_the_others_wording(base, other):
    assert merge(base, base, other) == other
    assert merge(base, other, base) == other


@given(items, items)
def test_both_sides_with_the_same_change_have_it_once(base, both):
    assert merge(base, both, both) == both


@given(items, items, items)
def test_the_sides_may_change_places(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert one == other


@given(items, items, items, st.booleans())
def test_what_either_side_added_is_there_or_it_is_a_conflict(base, mine, theirs, keep_both):
    merged = merge(base, mine, theirs, keep_both=keep_both)

    if merged is not None:
        added = (set(mine) | set(theirs)) - set(base)
        assert added <= set(merged)
        assert set(merged) <= set(base) | set(mine) | set(theirs)


@given(items, items, items)
def test_what_neither_side_removed_stays(base, mine, theirs):
    merged = merge(base, mine, theirs)

    if merged is not None:
        for item in set(base) & set(mine) & set(theirs):
            kept = min(side.count(item) for side in (base, mine, theirs))
            assert merged.count(item) >= min(kept, 1)


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("a\n\nB\n\nc", "A\n\nb\n\nc", "A\n\nB\n\nc"),
        ("a\n\nb\n\nc\n\nd", "a\n\nb\n\nC", "a\n\nb\n\nC\n\nd"),
        ("b\n\nc", "a\n\nb\n\nC", "b\n\nC"),
        ("a\n\nB\n\nc", "a\n\nX\n\nc", None),
        ("a\n\nb\n\nc\n\nx", "a\n\nb\n\nc\n\ny", None),
    ],
)
def test_texts_are_merged_paragraph_by_paragraph(mine, theirs, merged):
    assert merge_texts("a\n\nb\n\nc", mine, theirs) == merged


def test_rows_that_both_add_in_one_place_are_all_kept():
    assert merge("ab", "abx", "aby", keep_both=True) == ["a", "b", "y", "x"]
    assert merge("ab", "abyx", "aby", keep_both=True) == ["a", "b", "y", "x"]
    assert merge("ab", "abx", "aby") is None
