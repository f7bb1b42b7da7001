"""What is read of an agreement as a whole: its facts, its history, and both as data."""

from agreements.documents.comparison import Comparison, compare
from agreements.documents.data import (
    agreement_as_data,
    contributions_as_data,
    revision_sha256,
)
from agreements.documents.facts import facts_known_at, facts_of, fetch_with_facts
from agreements.documents.history import history_of
from agreements.documents.particulars import particulars_of
from agreements.documents.sheet import agreement_sheet
from agreements.documents.timeline import Happening, happenings_elsewhere, timeline_of

__all__ = [
    "Comparison",
    "Happening",
    "agreement_as_data",
    "agreement_sheet",
    "compare",
    "contributions_as_data",
    "facts_known_at",
    "facts_of",
    "fetch_with_facts",
    "happenings_elsewhere",
    "history_of",
    "particulars_of",
    "revision_sha256",
    "timeline_of",
]
