"""The value: an EDTF expression (ISO 8601-2), the source's wording and the two bounding dates."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from edtf import EDTFParseException, parse_edtf

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb february",
            "mars mar march",
            "april apr",
            "maj may",
            "juni jun june",
            "juli jul july",
            "augusti aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
# EDTF numbers the seasons 21 to 24; winter is from December of its year to February of the next.
SEASONS = {
    name: number
    for number, names in (
        (21, "vår våren spring"),
        (22, "sommar sommaren summer"),
        (23, "höst hösten autumn fall"),
        (24, "vinter vintern winter"),
    )
    for name in names.split()
}
LONGEST_MONTH = 31  # days
WINTER = "-24"
WORDS_BEFORE = r"(?:under|i|omkring|cirka|ca|in|around|the)\s+"
SHAPES = (
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), "{0}-{1}-{2}"),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), "{0}-{1}"),
    (re.compile(r"([0-9]{4})"), "{0}"),
)
DAY_IN_WORDS = re.compile(r"([0-9]{1,2})\.?\s+([a-zåäö]+)\.?\s+([0-9]{4})")
WORD_AND_YEAR = re.compile(r"([a-zåäö]+)\.?\s+([0-9]{4})")
NUMBERS_WITH_STROKES = re.compile(
    r"([0-9]{1,4})\s*[/.]\s*([0-9]{1,2})(?:\s*[/.\s]\s*([0-9]{1,4}))?"
)
MONTHS_IN_A_YEAR = 12


class UnreadableDateError(ValueError):
    """The text is no date the portal knows; the message is for the user."""


class AmbiguousDateError(UnreadableDateError):
    """The text can mean two dates, or one by a guess; the message is for the user."""


class NoSuchDayError(UnreadableDateError):
    """The text is written as a date, of a day that is in no calendar; the message is for the user."""


@dataclass(frozen=True)
class ApproximateDate:
    """A date as precise as its source (Swedish: ungefärligt datum).

    `edtf` is an ISO 8601-2 expression: `2019-01-01`, `2019-05`, `2016-23` (autumn) or `2007`.
    `wording` is what the source or the user wrote. A precise date is never downgraded and a vague
    one never upgraded. How a date counts can be said for one fact: `maj 2019 ?` leaves uncertain
    when in May it was, and `hösten 2016 = 2016-09` keeps the words but counts from 1 September.
    """

    edtf: str
    wording: str = ""

    @classmethod
    def parse(cls, text: str) -> "ApproximateDate":
        """Read what people type. Raises UnreadableDateError with a sentence for the user."""
        wording = " ".join(text.split())
        said, equals, counted = (part.strip() for part in wording.partition("="))
        if equals:
            return cls._counted_otherwise(said, counted)
        if wording.endswith("?"):
            return cls._left_uncertain(wording.rstrip("? "))
        plain = re.sub(f"^{WORDS_BEFORE}", "", wording.casefold())
        if numbers := NUMBERS_WITH_STROKES.fullmatch(plain):
            raise _why_not(wording, *numbers.groups(default=""))
        edtf = _iso(plain) or _day_in_words(plain) or _month_or_season(plain)
        if not edtf:
            raise _unreadable(wording)
        value = cls(edtf, wording)
        value.check()
        return value

    @classmethod
    def _counted_otherwise(cls, said: str, counted: str) -> "ApproximateDate":
        """The words of a source with the date that they are to count as."""
        value = cls.parse(counted)
        return cls(value.edtf, said) if said else value

    @classmethod
    def _left_uncertain(cls, said: str) -> "ApproximateDate":
        """A month that does not count from its first day. Seasons and years never do."""
        value = cls.parse(said)
        if value.is_exact:
            raise UnreadableDateError(
                _(
                    "A day cannot be uncertain in itself. Write the month or the year instead of “%(text)s?”."
                )
                % {"text": said}
            )
        return cls(f"{value.edtf}?", said) if value.counts_from_its_first_day else value

    @classmethod
    def exactly(cls, day: date) -> "ApproximateDate":
        """A date known to the day."""
        return cls(day.isoformat(), day.isoformat())

    def check(self) -> None:
        """Refuse 30 February and the like. Raises NoSuchDayError."""
        try:
            _bounds(self.edtf)
        except (EDTFParseException, ValueError) as error:
            raise NoSuchDayError(_no_such_day(self.wording or self.edtf)) from error

    @property
    def earliest(self) -> date:
        """The first day it can have been."""
        return _bounds(self.edtf)[0]

    @property
    def latest(self) -> date:
        """The last day it can have been."""
        return _bounds(self.edtf)[1]

    @property
    def counts_from_its_first_day(self) -> bool:
        """Is it a day or a month? “Since May 2019” counts from 1 May; a season or a year does not."""
        return (self.latest - self.earliest).days < LONGEST_MONTH and not self.edtf.endswith("?")

    @property
    def possibly_from(self) -> date:
        """The first day on which something that begins then can have begun."""
        return self.earliest

    @property
    def certainly_from(self) -> date:
        """The first day on which it certainly has begun."""
        return self.earliest if self.counts_from_its_first_day else self.latest

    @property
    def certainly_until(self) -> date:
        """The last day that something certainly lasts, if this is its last: a month's last day."""
        return self.latest if self.counts_from_its_first_day else self.earliest

    @property
    def possibly_until(self) -> date:
        """The last day that something can last, if this is its last."""
        return self.latest

    @property
    def typed(self) -> str:
        """What one types to get this date again."""
        try:
            plain = self.parse(self.wording)
        except UnreadableDateError:
            return f"{self.wording} = {self.edtf}" if self.wording else self.edtf
        if plain.edtf == self.edtf:
            return self.wording
        if f"{plain.edtf}?" == self.edtf:
            return f"{self.wording} ?"
        return f"{self.wording} = {self.edtf}"

    @property
    def is_exact(self) -> bool:
        """Is it known to the day?"""
        return self.earliest == self.latest

    def __str__(self) -> str:
        return self.wording or self.edtf


@lru_cache(maxsize=20_000)
def _bounds(edtf: str) -> tuple[date, date]:
    """The first and the last day of an expression. The parser takes milliseconds: asked once each."""
    if len(edtf) == len("2019-01-01"):
        return date.fromisoformat(edtf), date.fromisoformat(edtf)
    parsed = parse_edtf(edtf)
    if edtf.endswith(WINTER):  # the package knows its December only
        year = int(edtf.removesuffix(WINTER))
        return date(year, 12, 1), date(year + 1, 3, 1) - timedelta(days=1)
    return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])


def _no_such_day(text: str) -> str:
    return _("There is no day “%(text)s” in the calendar. Check the month and the day.") % {
        "text": text
    }


def _unreadable(wording: str) -> UnreadableDateError:
    return UnreadableDateError(
        _(
            "“%(text)s” is not a date the portal can read. Write for example 2019-05-04, "
            "“4 maj 2019”, “maj 2019”, “hösten 2016” or “2007”."
        )
        % {"text": wording}
    )


def _why_not(wording: str, first: str, second: str, third: str) -> UnreadableDateError:
    """Why numbers with strokes between are not taken: which one is the month is often a guess."""
    if not third and max(int(first), int(second)) > MONTHS_IN_A_YEAR:
        return _unreadable(wording)
    years = {number for number in (first, third) if len(number) == len("2019")}
    days = _days(first, second, third) if years else set()
    if years and not days:
        return NoSuchDayError(_no_such_day(wording))
    if len(days) == 1:
        return AmbiguousDateError(
            _("Did you mean %(day)s by “%(text)s”? Write the date as year-month-day.")
            % {"text": wording, "day": days.pop().isoformat()}
        )
    return AmbiguousDateError(
        _(
            "“%(text)s” can be read in two ways. Write the date as year-month-day, for example 2019-05-04."
        )
        % {"text": wording}
    )


def _days(first: str, second: str, third: str) -> set[date]:
    """The days that three numbers can mean. A year that comes first is followed by the month."""
    orders = [(first, second, third)]
    if len(first) < len("2019"):
        orders = [(third, second, first), (third, first, second)]
    days = set()
    for order in orders:
        with suppress(ValueError):
            days.add(date(*map(int, order)))
    return days


def _iso(text: str) -> str:
    for shape, template in SHAPES:
        if found := shape.fullmatch(text):
            groups = found.groups()
            if len(groups) > 1 and not 1 <= int(groups[1]) <= 12:
                raise NoSuchDayError(_no_such_day(text))
            return template.format(*groups)
    return ""


def _day_in_words(text: str) -> str:
    found = DAY_IN_WORDS.fullmatch(text)
    if not found or found[2] not in MONTHS:
        return ""
    return f"{found[3]}-{MONTHS[found[2]]:02}-{int(found[1]):02}"


def _month_or_season(text: str) -> str:
    found = WORD_AND_YEAR.fullmatch(text)
    if not found:
        return ""
    number = MONTHS.get(found[1]) or SEASONS.get(found[1])
    return f"{found[2]}-{number:02}" if number else ""
