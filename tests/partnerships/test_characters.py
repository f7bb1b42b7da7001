"""Which characters are printed, and what becomes of the others."""

import pytest

from partnerships.pdf.characters import UNPRINTABLE, printable, unprintable_characters


def test_printable_text_stays_as_it_is():
    text = "Åäö ”citat” – 27\u00a0000\u00a0kr, mjukt\u00adbindestreck, العربية \u200f\n\t"

    assert printable(text) == text
    assert unprintable_characters(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00b\x07c\x9fd", "abcd"),
        ("a\ud800b", "ab"),
        ("漢", UNPRINTABLE),
        ("\ue000\U0010ffff\ufffe", UNPRINTABLE * 3),
        ("a\u030a\u0338", "å\u0338"),
        ("☝\ufe0f", "☝"),
        ("a\u202eb\u2028c", "abc"),
    ],
)
def test_text_is_made_printable(text, printed):
    assert printable(text) == printed


def test_unprintable_characters_are_named_once_in_order():
    assert unprintable_characters("x字漢字\x00") == ["字", "漢"]
