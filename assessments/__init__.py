"""Whether a partnership is possible: criteria, assessments, legal questions and indicators."""
