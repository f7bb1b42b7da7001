"""What a check or an import found, in words and amounts for the page of its file."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from payments.models import ImportBatch, MatchedBy
from payments.reading import sentence_of

LEFT_OUT = ("account", "zero", "person")


@dataclass(frozen=True)
class Outcome:
    """The last run's counts; empty before the first."""

    counts: dict
    problems: list[dict]
    remarks: list[dict]
    accounts: str = ""

    def __bool__(self):
        return bool(self.counts)

    @property
    def is_complete(self) -> bool:
        """Was the whole file read, so that there is something to count?"""
        return "read" in self.counts

    @property
    def total(self) -> Decimal:
        """The sum of what is new."""
        return Decimal(self.counts["total"])

    @property
    def unmatched_total(self) -> Decimal:
        """The sum of what is new and not matched."""
        return Decimal(self.counts["unmatched_total"])

    @property
    def years(self) -> list[dict]:
        """What is new, by year."""
        return [
            {"year": year, "count": row["count"], "total": Decimal(row["total"])}
            for year, row in self.counts.get("years", {}).items()
        ]

    @property
    def matched(self) -> list[tuple[str, int]]:
        """How many matched by what."""
        return [
            (str(MatchedBy(code).label), count) for code, count in self.counts["matched"].items()
        ]

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """How many rows were left out, and why."""
        words = {
            "account": _("on another account"),
            "zero": _("amount 0"),
            "person": _("paid to a private person, whom the portal does not keep"),
        }
        found = self.counts["left_out"]
        return [(words[code], found[code]) for code in LEFT_OUT if code in found]

    @property
    def nothing_new(self) -> str:
        """Why there is nothing to import."""
        if not self.left_out:
            return _("Nothing in the file is new.")
        if self.counts["left_out"].get("account") == self.counts["read"]:
            return _(
                "Every row is on another account than those that the source reads (%(accounts)s). Change the accounts of the source and check the file again, or upload another file."
            ) % {"accounts": self.accounts}
        reasons = ", ".join(f"{label} ({count})" for label, count in self.left_out)
        return _("Nothing in the file is new. Left out: %(reasons)s.") % {"reasons": reasons}

    @property
    def hidden_problems(self) -> int:
        """How many problems there are besides those that are kept."""
        return self.counts.get("problem_count", 0) - len(self.problems)


def outcome_of(batch: ImportBatch) -> Outcome:
    """What the batch's last run found."""
    counts = batch.outcome
    return Outcome(
        counts=counts,
        problems=_worded(batch.problems),
        remarks=_worded(counts.get("remarks", [])),
        accounts=batch.source.accounts,
    )


def _worded(problems: list[dict]) -> list[dict]:
    return [{"row": problem["row"], "text": sentence_of(problem)} for problem in problems]
