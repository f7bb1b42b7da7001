"""Figures computed from the register's rows, and the rows behind every figure."""

from report.figures.answer import Answer, answer_of
from report.figures.cells import Cells, PartnerSums, Sums, by_partner
from report.figures.rows import in_force_between, rows_of, with_indicators
from report.figures.scope import Scope

__all__ = [
    "Answer",
    "Cells",
    "PartnerSums",
    "Scope",
    "Sums",
    "answer_of",
    "by_partner",
    "in_force_between",
    "rows_of",
    "with_indicators",
]
