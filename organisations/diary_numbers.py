"""Diary numbers (Swedish: diarienummer), read and written by the municipality's own pattern."""

import re

from django.utils.translation import gettext_lazy as _

PLACEHOLDERS = ("{prefix}", "{year}", "{serial}")
PARTS = {
    "{prefix}": r"(?P<prefix>[A-ZÅÄÖa-zåäö]{1,8})",
    "{year}": r"(?P<year>\d{4}|\d{2})",
    "{serial}": r"(?P<serial>\d{1,7})",
}
BEFORE = re.compile(r"^\s*(?:dnr|diarienummer|diary number)[.:]?\s+", re.IGNORECASE)


class UnreadableDiaryNumberError(ValueError):
    """The text does not follow the municipality's pattern; the message is for the user."""


def canonical(text: str, pattern: str) -> str:
    """`KS2016-313` and `Dnr KS 2016-313` as `KS 2016-313`, for the pattern `{prefix} {year}-{serial}`.

    Raises UnreadableDiaryNumberError with a sentence for the user. A body with a date
    (`KS 2022-05-24`) is no diary number.
    """
    found = _expression(pattern).fullmatch(BEFORE.sub("", text).strip())
    if not found:
        raise UnreadableDiaryNumberError(
            _("“%(text)s” is not a diary number here. Write it as for example %(example)s.")
            % {"text": text.strip(), "example": example(pattern)}
        )
    parts = found.groupdict()
    if "prefix" in parts:
        parts["prefix"] = parts["prefix"].upper()
    return pattern.format(**parts)


def found_in(text: str, pattern: str) -> list[str]:
    """Every diary number that stands in a running text, canonically, each once and in order."""
    found = re.finditer(rf"(?<![\w-]){_expression(pattern).pattern}(?![\w-])", text)
    return list(dict.fromkeys(canonical(match.group(), pattern) for match in found))


def example(pattern: str) -> str:
    """A diary number that follows the pattern."""
    return pattern.format(prefix="KS", year="2024", serial="478")


def is_usable(pattern: str) -> bool:
    """Does the pattern say where year and serial number stand, and nothing unknown?"""
    rest = pattern
    for placeholder in PLACEHOLDERS:
        rest = rest.replace(placeholder, "", 1)
    return {"{year}", "{serial}"} <= set(re.findall(r"{\w+}", pattern)) and not set("{}") & set(
        rest
    )


def _expression(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"({\w+})", pattern)
    return re.compile("".join(PARTS.get(piece) or _literal(piece) for piece in pieces))


def _literal(piece: str) -> str:
    """Spaces may be left out or doubled; everything else stands as it is."""
    return r"\s*".join(re.escape(part) for part in piece.split(" "))
