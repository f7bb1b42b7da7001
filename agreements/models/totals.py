"""Sums over a revision's contributions: what each party brings, and the shares."""

from dataclasses import dataclass
from decimal import Decimal

from agreements.models.contribution import Contribution, PeriodBasis, StatedTotal
from agreements.models.party import Party
from agreements.models.revision import Revision
from organisations.models import Partner

Side = tuple[Party, Partner | None, str]


@dataclass(frozen=True)
class PartyTotal:
    """One party's lines and their sum. `amount` is None when no line has a known amount."""

    party: Party
    partner: Partner | None
    name: str
    lines: tuple[Contribution, ...]
    stated_total: StatedTotal | None

    @property
    def amount(self) -> Decimal | None:
        """The sum of the stated amounts that are known, in SEK."""
        known = [line.stated_amount for line in self.lines if line.stated_amount is not None]
        return sum(known, Decimal(0)) if known and self.basis else None

    @property
    def unknown_count(self) -> int:
        """How many lines have no amount; the sum is exclusive of them."""
        return sum(line.stated_amount is None for line in self.lines)

    @property
    def basis(self) -> PeriodBasis | None:
        """The period all lines share; None when they differ, and then nothing is summed."""
        found = {line.period_basis for line in self.lines}
        return PeriodBasis(found.pop()) if len(found) == 1 else None

    @property
    def differs_from_stated(self) -> bool:
        """Does the agreement state a total that its lines do not give?"""
        return self.stated_total is not None and self.stated_total.amount != self.amount


@dataclass(frozen=True)
class ContributionTotals:
    """What the parties of a revision bring, the municipality first."""

    parties: tuple[PartyTotal, ...]

    @classmethod
    def of(cls, revision: Revision) -> "ContributionTotals":
        """The totals of a revision fetched `with_contributions()`."""
        partners = [party.partner for party in revision.agreement.parties.all()]
        municipality = revision.agreement.municipality
        lines, totals = list(revision.contributions.all()), list(revision.stated_totals.all())
        partners += [
            line.partner for line in lines if line.partner and line.partner not in partners
        ]
        sides: list[Side] = [(Party.MUNICIPALITY, None, municipality.name)]
        sides += [(Party.PARTNER, partner, partner.name) for partner in dict.fromkeys(partners)]
        return cls(tuple(_party_total(*side, lines, totals) for side in sides))

    @property
    def municipality(self) -> PartyTotal:
        """The municipality's own side."""
        return self.parties[0]

    @property
    def partners(self) -> tuple[PartyTotal, ...]:
        """The partners' sides, in the order of the agreement."""
        return self.parties[1:]

    @property
    def has_lines(self) -> bool:
        """Is any contribution registered at all?"""
        return any(side.lines for side in self.parties)

    @property
    def is_comparable(self) -> bool:
        """Are all amounts known and per year, so that shares can be given?"""
        sides = [side for side in self.parties if side.lines]
        return len(sides) > 1 and all(
            side.basis == PeriodBasis.PER_YEAR and not side.unknown_count for side in sides
        )

    @property
    def total(self) -> Decimal | None:
        """All parties together, in SEK per year; None when they cannot be compared."""
        if not self.is_comparable:
            return None
        return sum((side.amount for side in self.parties if side.amount is not None), Decimal(0))

    @property
    def shares(self) -> dict[str, Decimal]:
        """Each party's part of the whole (0 to 1) by name; empty when they cannot be compared."""
        if not self.total:
            return {}
        return {side.name: (side.amount or Decimal(0)) / self.total for side in self.parties}

    @property
    def bar(self) -> list[dict[str, Decimal]]:
        """Start and width of each party's part of a bar 100 wide."""
        bar, start = [], Decimal(0)
        for share in self.shares.values():
            bar.append({"start": start, "width": share * 100})
            start += share * 100
        return bar

    @property
    def calculated(self) -> list[Contribution]:
        """The lines that have a calculation to compare with."""
        return [
            line for side in self.parties for line in side.lines if line.computed_amount is not None
        ]


def _party_total(party, partner, name, lines, totals) -> PartyTotal:
    """The side's own lines and stated total, picked out of the revision's."""

    def mine(row) -> bool:
        return row.party == party and row.partner_id == (partner.pk if partner else None)

    return PartyTotal(
        party=party,
        partner=partner,
        name=name,
        lines=tuple(filter(mine, lines)),
        stated_total=next(filter(mine, totals), None),
    )
