"""What is in a file and what importing it would do, without doing it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from payments.matching import Matcher
from payments.models import ImportBatch, Matching, Payment
from payments.reading import OpenedFile, Problem, Reading, ReadRow, rows_of

CHUNK = 1000
KEPT_PROBLEMS = 500  # of each sort; the page says how many there are


@dataclass
class Survey:
    """The rows of a file that are new, and a count of everything else."""

    payments: list[Payment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    read: int = 0
    already: int = 0

    @classmethod
    def of(cls, batch: ImportBatch, opened: OpenedFile, tick: Callable[[int], None]) -> "Survey":
        """Read the whole file; `tick` is told how far. Raises UnreadableFileError."""
        survey, seen = cls(), dict[str, int]()
        matcher = Matcher(batch.source.municipality)
        readings = rows_of(opened, batch.source)
        while chunk := list(islice(readings, CHUNK)):
            new = survey.take(batch, chunk, seen)
            matcher.match(new)
            survey.payments += new
            tick(chunk[-1].number)
        return survey

    def take(self, batch: ImportBatch, chunk: list[Reading], seen: dict[str, int]) -> list[Payment]:
        """Count a part of the file; gives its payments that are neither wrong nor known."""
        self.read += len(chunk)
        for reading in chunk:
            self.problems += reading.problems
            self.remarks += reading.remarks
            if reading.left_out:
                self.left_out[reading.left_out] += 1
        rows = [reading.row for reading in chunk if reading.row]
        known = imported_before(batch, [row.external_key for row in rows])
        return list(self._new(batch, rows, known, seen))

    def _new(
        self,
        batch: ImportBatch,
        rows: list[ReadRow],
        known: dict[str, tuple[date, Decimal]],
        seen: dict[str, int],
    ) -> Iterator[Payment]:
        for row in rows:
            first = seen.setdefault(row.external_key, row.row_number)
            before = known.get(row.external_key)
            if first != row.row_number:
                values = {"other": first, "key": row.external_key}
                self.problems.append(Problem("same_key", row.row_number, values))
            elif before == (row.paid_on, row.amount):
                self.already += 1
            elif before:
                values = {
                    "key": row.external_key,
                    "before": _said(*before),
                    "now": _said(row.paid_on, row.amount),
                }
                self.problems.append(Problem("changed", row.row_number, values))
            else:
                source = batch.source
                yield Payment(
                    municipality_id=source.municipality_id,
                    source=source,
                    batch=batch,
                    direction=source.direction,
                    **vars(row),
                )

    def without(self, keys: set[str]) -> None:
        """Count payments that somebody imported meanwhile among those known already."""
        kept = [payment for payment in self.payments if payment.external_key not in keys]
        self.already += len(self.payments) - len(kept)
        self.payments = kept

    def outcome(self) -> dict[str, Any]:
        """The counts and sums for the batch's page."""
        unmatched = [row for row in self.payments if row.matching == Matching.UNMATCHED]
        years = sorted({payment.paid_on.year for payment in self.payments})
        return {
            "read": self.read,
            "new": len(self.payments),
            "already": self.already,
            "left_out": dict(self.left_out),
            "total": _sum(self.payments),
            "reversals": sum(payment.is_reversal for payment in self.payments),
            "matched": dict(Counter(row.matched_by for row in self.payments if row.matched_by)),
            "unmatched": len(unmatched),
            "unmatched_total": _sum(unmatched),
            "years": {str(year): self._of_year(year) for year in years},
            "problem_count": len(self.problems),
            "remark_count": len(self.remarks),
            "remarks": [remark.as_dict() for remark in self.remarks[:KEPT_PROBLEMS]],
        }

    def _of_year(self, year: int) -> dict[str, Any]:
        rows = [payment for payment in self.payments if payment.paid_on.year == year]
        return {"count": len(rows), "total": _sum(rows)}

    def kept_problems(self) -> list[dict[str, Any]]:
        """The first problems by row, for the batch's page."""
        ordered = sorted(self.problems, key=lambda problem: problem.row or 0)
        return [asdict(problem) for problem in ordered[:KEPT_PROBLEMS]]


def imported_before(batch: ImportBatch, keys: list[str]) -> dict[str, tuple[date, Decimal]]:
    """Date and amount of the payments of the source that have these keys."""
    found = Payment.objects.filter(source=batch.source_id, external_key__in=keys)
    return {
        key: (day, amount)
        for key, day, amount in found.values_list("external_key", "paid_on", "amount")
    }


def _sum(payments: list[Payment]) -> str:
    return str(sum((payment.amount for payment in payments), Decimal(0)))


def _said(day: date, amount: Decimal) -> str:
    return f"{day}, {amount}"
