"""Whether a partner gets municipal money from two sides at once: an indicator, never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.utils.translation import gettext as _

from agreements.models import Agreement
from partnerships.dates.bounds import moved

Kind = Agreement.Kind


@dataclass(frozen=True)
class Support:
    """A grant that the partner has, which a partnership may not pay for once more."""

    agreement: Agreement

    @property
    def is_standard(self) -> bool | None:
        """Is it a standard grant? None when its scheme is not known."""
        return is_standard(self.agreement)

    @property
    def sentence(self) -> str:
        """What the register shows, in a sentence."""
        return _("%(name)s: %(kind)s, %(period)s.") % {
            "name": self.agreement,
            "kind": grant_words(self.agreement),
            "period": period_words(self.agreement.begins_possibly, last_day(self.agreement)),
        }


@dataclass(frozen=True)
class Overlap:
    """Two agreements that the same partner has on the same days."""

    first: Agreement
    second: Agreement
    why: str
    starts: date | None
    ends: date | None
    is_certain: bool

    @property
    def period(self) -> str:
        """The days on which both last."""
        return period_words(self.starts, self.ends)


@dataclass(frozen=True)
class DoubleFunding:
    """The pairs that overlap, and what cannot be said for want of a fact."""

    overlaps: tuple[Overlap, ...]
    unsaid: tuple[str, ...]


def double_funding(agreements: Iterable[Agreement]) -> DoubleFunding:
    """The indicator over the decided agreements with one partner."""
    decided = [row for row in agreements if row.is_decided and row.kind in (Kind.IOP, Kind.GRANT)]
    overlaps: list[Overlap] = []
    unsaid: list[str] = []
    for row in decided:
        if row.begins_possibly is None:
            unsaid.append(_("%(name)s: its start is not known.") % {"name": row})
        if row.kind == Kind.GRANT and is_standard(row) is None and len(decided) > 1:
            unsaid.append(
                _("%(name)s: its scheme is not known, so neither is what kind of grant it is.")
                % {"name": row}
            )
    for first, second in combinations(decided, 2):
        if (why := _why_twice(first, second)) and (found := _overlap(first, second, why)):
            overlaps.append(found)
    return DoubleFunding(tuple(overlaps), tuple(unsaid))


def supports(agreements: Iterable[Agreement]) -> list[Support]:
    """The decided grants among the agreements."""
    return [Support(row) for row in agreements if row.is_decided and row.kind == Kind.GRANT]


def is_standard(agreement: Agreement) -> bool | None:
    """Is the grant computed by fixed rules? None when its scheme is not known."""
    grant = getattr(agreement, "grant", None)
    return grant.scheme.is_standard if grant and grant.scheme else None


def grant_words(agreement: Agreement) -> str:
    """What kind of grant it is."""
    found = is_standard(agreement)
    if found is None:
        return _("grant of a kind that is not known")
    return _("standard grant") if found else _("project grant")


def last_day(agreement: Agreement) -> date | None:
    """The last day it can last; None while no end is known."""
    return agreement.over_certainly and moved(agreement.over_certainly, days=-1)


def period_words(starts: date | None, ends: date | None) -> str:
    """The days from and to, with what is not known said."""
    first = starts.isoformat() if starts else _("start not known")
    last = ends.isoformat() if ends else _("no end known")
    return f"{first} – {last}"


def _why_twice(first: Agreement, second: Agreement) -> str:
    """Why the two must not pay for the same thing, as a sentence; empty when they may."""
    kinds = {first.kind, second.kind}
    grants = [row for row in (first, second) if row.kind == Kind.GRANT]
    if kinds == {Kind.IOP, Kind.GRANT} and is_standard(grants[0]) is True:
        return _(
            "A partnership and a standard grant. The partnership pays for more than the grant."
        )
    if kinds == {Kind.IOP, Kind.GRANT} and is_standard(grants[0]) is False:
        return _("A partnership and a project grant. A project grant excludes other support.")
    if kinds == {Kind.GRANT} and False in [is_standard(row) for row in grants]:
        return _("A project grant and another grant. A project grant excludes other support.")
    return ""


def _overlap(first: Agreement, second: Agreement, why: str) -> Overlap | None:
    """The days on which both can last; None when there are none."""
    if first.begins_possibly is None or second.begins_possibly is None:
        return None
    starts = max(first.begins_possibly, second.begins_possibly)
    ends = min((day for row in (first, second) if (day := last_day(row))), default=None)
    if ends and ends < starts:
        return None
    return Overlap(first, second, why, starts, ends, _certainly(first, second))


def _certainly(first: Agreement, second: Agreement) -> bool:
    """Is there a day on which both last, however vague their dates are?"""
    if first.begins_certainly is None or second.begins_certainly is None:
        return False
    begun = max(first.begins_certainly, second.begins_certainly)
    return all(row.over_possibly is None or row.over_possibly > begun for row in (first, second))
