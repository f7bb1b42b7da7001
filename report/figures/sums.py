"""What some agreements come to in some years, so that it can be added."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

MONEY_PAID = ("paid", "reversed", "received")


@dataclass(frozen=True)
class Sums:
    """What some agreements come to in some years. None is `not known`, never 0.

    Counts are agreements certainly in force; `uncertain` are those that can have been. Amounts are
    SEK. `unknown_lines` are contributions without an amount per year, which no sum holds; of them
    `unknown_promised` and `unknown_promised_money` are the municipality's.
    """

    in_force: int = 0
    uncertain: int = 0
    paid: Decimal | None = None
    reversed: Decimal | None = None
    received: Decimal | None = None
    payment_count: int = 0
    promised: Decimal | None = None
    promised_money: Decimal | None = None
    promised_by_partners: Decimal | None = None
    unknown_lines: int = 0
    unknown_promised: int = 0
    unknown_promised_money: int = 0

    @classmethod
    def known(cls, values: dict[str, Any], *, was_imported: bool) -> "Sums":
        """In a year of which payments came in, what is not among them is 0; before, not known."""
        if was_imported:
            values |= {name: values.get(name) or Decimal(0) for name in MONEY_PAID}
        return cls(**values)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            *(_plus(getattr(self, each.name), getattr(other, each.name)) for each in fields(Sums))
        )

    @property
    def unknown_promised_by_partners(self) -> int:
        """How many of the partners' lines have no amount per year."""
        return self.unknown_lines - self.unknown_promised

    @property
    def share(self) -> Decimal | None:
        """The municipality's part (0 to 1) of the contributions whose amount per year is known."""
        if self.promised is None or self.promised_by_partners is None:
            return None
        both = self.promised + self.promised_by_partners
        return self.promised / both if both else None

    @property
    def difference(self) -> Decimal | None:
        """Paid less promised in money; None when either is not known."""
        if self.paid is None or self.promised_money is None:
            return None
        return self.paid - self.promised_money


def _plus(first: Any, second: Any) -> Any:
    if first is None or second is None:
        return second if first is None else first
    return first + second
