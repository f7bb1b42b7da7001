"""Few persons are left out of what everyone may see, and cannot be reckoned out of the rest."""

from itertools import product

import pytest
from hypothesis import given, strategies as st

from partnerships.suppression import is_few, open_counts

MANY = 9  # what the reader who reckons takes for the most in one cell
SMALL_TABLES = st.lists(st.integers(0, MANY), min_size=1, max_size=4)
COUNTS = st.lists(st.integers(0, 200), min_size=1, max_size=12)


@pytest.mark.parametrize(("count", "few"), [(0, True), (4, True), (5, False), (14, False)])
def test_fewer_than_five_are_few(count, few):
    assert is_few(count) is few


def test_the_steering_groups_fourteen_participants_are_shown():
    assert open_counts([14]).cells == (14,)


def test_one_small_count_takes_the_smallest_of_the_others_with_it():
    assert open_counts([3, 20, 7]).cells == (None, 20, None)
    assert open_counts([3, 20, 7]).total == 30


def test_a_small_count_alone_takes_the_total_with_it():
    assert open_counts([3]).total is None


def test_nothing_is_left_out_where_nobody_could_be_recognised():
    assert open_counts([5, 8]).cells == (5, 8)
    assert open_counts([5, 8]).total == 13


@given(COUNTS)
def test_few_persons_are_never_shown(cells):
    published = open_counts(cells)

    assert not any(count is not None and is_few(count) for count in published.cells)
    assert published.total is None or not is_few(published.total)


@given(COUNTS)
def test_what_is_shown_is_true(cells):
    published = open_counts(cells)

    assert all(shown in (None, true) for shown, true in zip(published.cells, cells, strict=True))
    assert published.total in (None, sum(cells))


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_counts_says_nothing(cells, random):
    places = list(range(len(cells)))
    random.shuffle(places)

    shuffled = open_counts([cells[place] for place in places])

    assert shuffled.cells == tuple(open_counts(cells).cells[place] for place in places)


@given(SMALL_TABLES)
def test_a_reader_who_knows_the_rules_cannot_reckon_out_what_is_left_out(cells):
    """Every table that would be published alike is tried: each hidden cell can be two numbers."""
    published = open_counts(cells)
    most = max(MANY, *cells) + 1

    possible = [
        table
        for table in product(range(most + 1), repeat=len(cells))
        if _agrees(table, published) and open_counts(table) == published
    ]

    for place, shown in enumerate(published.cells):
        if shown is None:
            assert len({table[place] for table in possible}) > 1


def _agrees(table, published):
    """A quick no before the rule itself is asked."""
    pairs = zip(published.cells, table, strict=True)
    return all(shown in (None, count) for shown, count in pairs)
