"""Figures: what is printed, what is added, and what is kept apart with a reason."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from report.models import (
    Basis,
    Figure,
    NotAddableError,
    Qualifier,
    Scale,
    Unit,
    change,
    keep_apart,
    total,
)

MILLION = Decimal(1_000_000)
IOP = Figure(
    "IOP", 20 * MILLION, qualifier=Qualifier.ABOUT, scale=Scale.MILLIONS, excludes=("en IOP",)
)
EXCLUDED = Figure(
    "den undantagna",
    29 * MILLION,
    qualifier=Qualifier.JUST_OVER,
    basis=Basis.NOT_STATED,
    scale=Scale.MILLIONS,
    stands_for=("en IOP",),
)
PROCURED = [
    Figure("upphandlat", value * MILLION, year_from=year, year_to=year, scale=Scale.MILLIONS)
    for year, value in ((2022, Decimal("43.6")), (2023, Decimal("103.5")))
]


def plain(text):
    return text.replace("\u00a0", " ")


def test_figures_are_printed_as_the_source_has_them():
    with override("sv"):
        assert plain(IOP.phrase) == "cirka 20 miljoner kronor per år"
        assert plain(EXCLUDED.phrase) == "drygt 29 miljoner kronor"
        assert plain(PROCURED[0].phrase) == "43,6 miljoner kronor"
        assert plain(IOP.short) == "cirka 20 miljoner"
        assert plain(Figure("en", MILLION, scale=Scale.MILLIONS).amount) == "1 miljon kronor"


def test_change_says_how_much_and_how_much_in_proportion():
    answer = change(*PROCURED)

    assert answer.difference == Decimal("59.9") * MILLION
    with override("sv"):
        assert plain(answer.phrase) == "+59,9 miljoner kronor (+137,4 %)"


def test_a_figure_without_a_period_is_added_to_nothing():
    with pytest.raises(NotAddableError, match="den undantagna"):
        total([IOP, EXCLUDED])


def test_different_years_are_kept_apart():
    with pytest.raises(NotAddableError):
        total(PROCURED)


def test_the_stated_figures_of_a_report_are_never_one_sum():
    groups = keep_apart([IOP, EXCLUDED, *PROCURED])

    assert [group.total and group.total.value for group in groups] == [
        20 * MILLION,
        PROCURED[0].value,
        PROCURED[1].value,
        None,
    ]
    assert "den undantagna" in groups[-1].reason


def test_what_is_left_out_stays_left_out_until_another_figure_stands_for_it():
    known = Figure("den undantagna", 29 * MILLION, stands_for=("en IOP",))

    assert total([IOP, Figure("bidrag", MILLION)]).excludes == ("en IOP",)
    assert total([IOP, known]).excludes == ()


def test_change_from_nothing_has_no_ratio():
    answer = change(Figure("a", Decimal(0)), Figure("b", Decimal(5)))

    assert (answer.difference, answer.ratio) == (Decimal(5), None)


figures = st.builds(
    Figure,
    label=st.text(min_size=1, max_size=5),
    value=st.none() | st.decimals(0, 10**9, places=2),
    unit=st.sampled_from(Unit.values),
    qualifier=st.sampled_from(Qualifier.values),
    basis=st.sampled_from(Basis.values),
    year_from=st.sampled_from([None, 2022, 2023]),
)


@given(st.lists(figures, max_size=12))
def test_every_figure_is_in_one_group_and_no_group_mixes_what_differs(found):
    groups = keep_apart(found)

    assert sorted(map(id, found)) == sorted(id(each) for group in groups for each in group.figures)
    for group in groups:
        if group.total is None:
            assert len(group.figures) == 1
            assert group.reason
        else:
            assert len({(each.unit, each.basis, each.period) for each in group.figures}) == 1
            assert group.total.value == sum(each.value for each in group.figures)
            exact = {each.qualifier for each in group.figures} == {Qualifier.EXACT}
            assert (group.total.qualifier == Qualifier.EXACT) == exact


@given(st.lists(figures, min_size=1, max_size=6))
def test_what_is_not_known_is_never_counted_as_nothing(found):
    if any(figure.value is None for figure in found):
        with pytest.raises(NotAddableError):
            total(found)


def test_figures_that_count_some_of_the_same_are_not_added():
    every = Figure("allt", MILLION, measure="paid", kind="")
    grants = Figure("bidrag", MILLION, measure="paid", kind="grant")
    iop = Figure("IOP", MILLION, measure="paid", kind="iop")

    with pytest.raises(NotAddableError, match="allt"):
        total([every, grants])
    assert total([grants, iop]).value == 2 * MILLION
    assert all(group.reason for group in keep_apart([every, grants]))


def test_different_measures_are_not_added():
    with pytest.raises(NotAddableError):
        total([Figure("a", MILLION, measure="paid"), Figure("b", MILLION, measure="promised")])


def test_what_is_counted_has_a_word_of_its_own():
    with override("sv"):
        assert Unit.NUMBER.label == "antal"
