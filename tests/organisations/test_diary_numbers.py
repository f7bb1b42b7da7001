"""Diary numbers by the municipality's own pattern."""

import pytest

from organisations.diary_numbers import UnreadableDiaryNumberError, canonical, is_usable

LINKED = "{prefix} {year}-{serial}"


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("KS 2007-388", LINKED, "KS 2007-388"),
        ("KS2016-313", LINKED, "KS 2016-313"),
        ("Dnr KS 2024-478", LINKED, "KS 2024-478"),
        ("ks 2024-478", LINKED, "KS 2024-478"),
        ("SN 18/0098", "{prefix} {year}/{serial}", "SN 18/0098"),
        ("KS/2018:4", "{prefix}/{year}:{serial}", "KS/2018:4"),
        ("2016-000003", "{year}-{serial}", "2016-000003"),
    ],
)
def test_a_diary_number_is_kept_in_the_municipalitys_own_way(text, pattern, expected):
    assert canonical(text, pattern) == expected


@pytest.mark.parametrize(
    "text", ["KS 2022-05-24", "KS", "2024-478", "KS 2024/478", "KS 2024-478 extra"]
)
def test_what_is_no_diary_number_is_refused_with_an_example(text):
    with pytest.raises(UnreadableDiaryNumberError, match="KS 2024-478"):
        canonical(text, LINKED)


@pytest.mark.parametrize(
    "pattern",
    ["", "{year}", "{serial}", "{prefix} {year}-{serial} {extra}", "{year}-{serial}-{year}"],
)
def test_a_pattern_that_cannot_be_followed_is_refused(pattern):
    assert not is_usable(pattern)
