"""A figure with all that keeps it from being added to what it must not be added to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _, ngettext, pgettext_lazy

from partnerships.money import NBSP, group_digits, kronor, percent

MILLION, TENTH = Decimal(1_000_000), Decimal("0.1")


class Unit(models.TextChoices):
    """What is counted."""

    KRONOR = "kronor", _("kronor")
    NUMBER = "number", pgettext_lazy("unit", "number")
    PERSONS = "persons", _("persons")


class Scale(models.TextChoices):
    """How an amount is printed."""

    UNITS = "units", _("in full")
    MILLIONS = "millions", _("in millions, with one decimal")


class Qualifier(models.TextChoices):
    """How exact the source is. (Swedish: cirka, drygt, knappt, minst)"""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    JUST_OVER = "just_over", _("just over")
    JUST_UNDER = "just_under", _("just under")
    AT_LEAST = "at_least", _("at least")


class Basis(models.TextChoices):
    """What time a figure is for."""

    PER_YEAR = "per_year", _("per year")
    WHOLE_PERIOD = "whole_period", _("for the whole period")
    ON_A_DAY = "on_a_day", _("on a day")
    NOT_STATED = "not_stated", _("period not stated")


class NotAddableError(ValueError):
    """The figures have no sum; the text says why, for the user."""


@dataclass(frozen=True)
class Figure:
    """A figure ready to be printed and, if it can be, added.

    `value` None is `not known`, never 0. `excludes` names what is left out, and `stands_for` is
    what the figure itself covers of that: adding both removes the exclusion.
    """

    label: str
    value: Decimal | None
    unit: str = Unit.KRONOR
    qualifier: str = Qualifier.EXACT
    basis: str = Basis.PER_YEAR
    year_from: int | None = None
    year_to: int | None = None
    scale: str = Scale.UNITS
    excludes: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    measure: str = ""
    kind: str | None = None  # of agreement; empty is all kinds, None is not said
    part: str = ""  # committee; empty is all

    @property
    def period(self) -> str:
        """`2022`, `2022–2023`, or empty when it is not stated."""
        if self.year_from is None:
            return ""
        if self.year_to in (None, self.year_from):
            return str(self.year_from)
        return f"{self.year_from}–{self.year_to}"

    @property
    def number(self) -> str:
        """The value with its unit, without qualifier or basis: `43,6 miljoner kronor`."""
        return _number(self.value, self.unit, self.scale)

    @property
    def short(self) -> str:
        """With its qualifier but neither currency nor basis: `cirka 50 miljoner`."""
        return qualified(_number(self.value, self.unit, self.scale, is_short=True), self.qualifier)

    @property
    def amount(self) -> str:
        """With its qualifier and unit: `drygt 29 miljoner kronor`."""
        return qualified(self.number, self.qualifier) if self.value is not None else self.number

    @property
    def phrase(self) -> str:
        """As it is printed: `cirka 20 miljoner kronor per år`."""
        is_of_one_year = self.year_from is not None and self.year_from == self.year_to
        if self.value is None or self.basis != Basis.PER_YEAR or is_of_one_year:
            return self.amount
        return f"{self.amount} {Basis.PER_YEAR.label}"

    @property
    def kind_of_sum(self) -> tuple:
        """What two figures must share in order to be added."""
        return (self.unit, self.basis, self.year_from, self.year_to, self.measure)

    def overlaps(self, other: "Figure") -> bool:
        """Do both count some of the same, unless one stands for what the other leaves out?"""
        if self.kind is None or other.kind is None:
            return False
        if set(self.stands_for) & set(other.excludes) or set(other.stands_for) & set(self.excludes):
            return False
        is_same_kind = "" in (self.kind, other.kind) or self.kind == other.kind
        return is_same_kind and ("" in (self.part, other.part) or self.part == other.part)


@dataclass(frozen=True)
class Change:
    """From one figure to another; `ratio` is None when the first is 0."""

    difference: Decimal
    ratio: Decimal | None
    unit: str = Unit.KRONOR
    scale: str = Scale.UNITS

    @property
    def phrase(self) -> str:
        """`+59,9 miljoner kronor (+137,4 %)`."""
        sign = "+" if self.difference > 0 else ""
        amount = f"{sign}{_number(self.difference, self.unit, self.scale)}"
        return amount if self.ratio is None else f"{amount} ({sign}{percent(self.ratio)})"


def total(figures: Iterable[Figure], *, label: str = "") -> Figure:
    """The sum of figures of one kind. Raises NotAddableError for what cannot be added.

    What is added keeps the weakest qualifier, and what is left out of one of them is left out of
    the sum unless another one stands for it. A figure that is not known makes no sum.
    """
    terms = list(figures)
    if not terms:
        raise NotAddableError(gettext("There is nothing to add."))
    for term in terms:
        if reason := _not_addable(term):
            raise NotAddableError(reason)
    if len({term.kind_of_sum for term in terms}) > 1:
        raise NotAddableError(
            gettext("%(figures)s are for different things, periods or units and are not added.")
            % {"figures": _listed(terms)}
        )
    for one, other in combinations(terms, 2):
        if one.overlaps(other):
            raise NotAddableError(
                gettext("%(figures)s count some of the same and are not added.")
                % {"figures": _listed([one, other])}
            )
    covered = {name for term in terms for name in term.stands_for}
    excluded = dict.fromkeys(name for term in terms for name in term.excludes)
    first = terms[0]
    return Figure(
        label=label,
        value=sum((term.value or Decimal(0) for term in terms), Decimal(0)),
        unit=first.unit,
        qualifier=_weakest({term.qualifier for term in terms}),
        basis=first.basis,
        year_from=first.year_from,
        year_to=first.year_to,
        scale=first.scale,
        excludes=tuple(name for name in excluded if name not in covered),
        stands_for=tuple(dict.fromkeys(name for term in terms for name in term.stands_for)),
        measure=first.measure,
    )


@dataclass(frozen=True)
class Group:
    """Figures that can be added, with their sum; or figures that stand alone, with the reason."""

    figures: tuple[Figure, ...]
    total: Figure | None
    reason: str = ""


def keep_apart(figures: Iterable[Figure]) -> list[Group]:
    """The figures in groups of those that can be added; each that cannot says why."""
    alike: dict[tuple, list[Figure]] = {}
    alone: list[Group] = []
    for figure in figures:
        if reason := _not_addable(figure):
            alone.append(Group((figure,), None, reason))
        else:
            alike.setdefault(figure.kind_of_sum, []).append(figure)
    return [group for terms in alike.values() for group in _groups(terms)] + alone


def _groups(terms: list[Figure]) -> list[Group]:
    """The terms with their sum; each by itself when they count some of the same."""
    try:
        return [Group(tuple(terms), total(terms))]
    except NotAddableError as error:
        return [Group((term,), None, str(error)) for term in terms]


def change(before: Figure, after: Figure) -> Change:
    """What changed between two figures of one kind. Raises NotAddableError."""
    for figure in (before, after):
        if reason := _not_addable(figure):
            raise NotAddableError(reason)
    if (before.unit, before.basis, _years(before)) != (after.unit, after.basis, _years(after)):
        raise NotAddableError(
            gettext("%(figures)s are for different periods or units and are not compared.")
            % {"figures": _listed([before, after])}
        )
    difference = (after.value or Decimal(0)) - (before.value or Decimal(0))
    ratio = difference / before.value if before.value else None
    return Change(difference, ratio, after.unit, after.scale)


def qualified(text: str, qualifier: str) -> str:
    """The text with the word for how exact it is."""
    sentences = {
        Qualifier.ABOUT: gettext("about %(figure)s"),
        Qualifier.JUST_OVER: gettext("just over %(figure)s"),
        Qualifier.JUST_UNDER: gettext("just under %(figure)s"),
        Qualifier.AT_LEAST: gettext("at least %(figure)s"),
    }
    return sentences.get(Qualifier(qualifier), "%(figure)s") % {"figure": text}


def _not_addable(figure: Figure) -> str:
    """Why a figure is added to nothing; empty when it can be."""
    if figure.value is None:
        return gettext("“%(figure)s” is not known and is not added.") % {"figure": figure.label}
    if figure.basis == Basis.NOT_STATED:
        return gettext(
            "“%(figure)s” does not say what period it is for and is not added to anything."
        ) % {"figure": figure.label}
    return ""


def _weakest(qualifiers: set[str]) -> str:
    """Exact figures leave the other's qualifier; two different ones leave `about`."""
    vague = qualifiers - {Qualifier.EXACT}
    if not vague:
        return Qualifier.EXACT
    return vague.pop() if len(vague) == 1 else Qualifier.ABOUT


def _years(figure: Figure) -> int | None:
    """How many years the figure is for; a figure per year is for one, whatever its years."""
    if figure.basis != Basis.WHOLE_PERIOD or figure.year_from is None:
        return None
    return (figure.year_to or figure.year_from) - figure.year_from + 1


def _listed(figures: Iterable[Figure]) -> str:
    return ", ".join(f"“{figure.label}”" for figure in figures)


def _number(value: Decimal | None, unit: str, scale: str, *, is_short: bool = False) -> str:
    if value is None:
        return str(_("not known"))
    if unit != Unit.KRONOR:
        return group_digits(value)
    if scale == Scale.MILLIONS:
        return _millions(value, is_short)
    return group_digits(value) if is_short else kronor(value)


def _millions(value: Decimal, is_short: bool) -> str:
    """`43,6 miljoner kronor`; one decimal, and none when it is 0."""
    rounded = (value / MILLION).quantize(TENTH, ROUND_HALF_UP)
    places = 0 if rounded == rounded.to_integral_value() else 1
    count = 1 if abs(rounded) == 1 else 2
    # Swedish has words of its own for one and for many (miljon, miljoner); English has not.
    words = (
        ngettext("%(number)s million", "%(number)s million", count)
        if is_short
        else ngettext("%(number)s million kronor", "%(number)s million kronor", count)
    )
    return (words % {"number": group_digits(rounded, places)}).replace(" ", NBSP, 1)
