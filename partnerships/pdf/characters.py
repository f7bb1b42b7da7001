"""Which characters the bundled fonts can print.

An archival PDF may not hold a character without a glyph, and a web page may not hold any control
character, so that text is made printable before it reaches the page. Nobody's text stops a document.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "assets" / "fonts"
UNPRINTABLE = "\u25a1"  # □, which all the fonts have
# Soft hyphen, zero-width space, joiners, marks of direction, word joiner and isolates: without a
# shape of their own, but part of how a word is written.
SHAPELESS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")
SPACES = frozenset("\t\n\r")
# Other formats, controls, halves of characters and selectors of emoji variants say nothing.
SILENT_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
DECOMPOSED = re.compile("[^\\W\\d_][\u0300-\u036f]+")


@cache
def covered_characters() -> frozenset[int]:
    """The code points for which some bundled font has a glyph."""
    covered: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            covered.update(font.getBestCmap())
    return frozenset(covered)


class _Printable(dict):
    """A translation table that fills itself with the characters it meets."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = replacement = self._replacement(chr(codepoint))
        return replacement

    @staticmethod
    def _replacement(character: str) -> str:
        if character in SPACES or character in SHAPELESS:
            return character
        if unicodedata.category(character) in SILENT_CATEGORIES or character in VARIATION_SELECTORS:
            return ""
        return character if ord(character) in covered_characters() else UNPRINTABLE


_PRINTABLE = _Printable()


def printable(text: str) -> str:
    """The text with accents composed, invisible controls left out, and □ for what has no glyph."""
    return _composed(text).translate(_PRINTABLE)


def unprintable_characters(text: str) -> list[str]:
    """The characters that would be printed as □, in the order of the text, each once."""
    found = dict.fromkeys(_composed(text))
    return [c for c in found if c != UNPRINTABLE and c.translate(_PRINTABLE) == UNPRINTABLE]


def _composed(text: str) -> str:
    return DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
