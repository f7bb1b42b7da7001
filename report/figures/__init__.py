"""Figures computed from the register's rows, and the rows behind every figure."""

from report.figures.answer import Answer, answer_of
from report.figures.cells import Cells, PartnerSums, by_partner, by_theme, sums_of_partners
from report.figures.rows import Behind, in_force_between, rows_of, with_indicators
from report.figures.scope import Lacks, Scope
from report.figures.sums import Sums
from report.figures.terms import Derived, Term, terms_of, worked_out

__all__ = [
    "Answer",
    "Behind",
    "Cells",
    "Derived",
    "Lacks",
    "PartnerSums",
    "Scope",
    "Sums",
    "Term",
    "answer_of",
    "by_partner",
    "by_theme",
    "in_force_between",
    "rows_of",
    "sums_of_partners",
    "terms_of",
    "with_indicators",
    "worked_out",
]
