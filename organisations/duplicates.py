"""Whether a partner about to be registered looks like one that is there already."""

from difflib import SequenceMatcher

from django.db.models import Q

from organisations.models import Partner
from partnerships.search import search_key, sort_key

ALIKE = 0.87  # of two names: “Kvinnojouren Linköping” and “Kvinnojouren i Linköping”
SHORTEST_STEM, STEM = 3, 5  # letters
COMPARED_AT_MOST = 500
NAMED_AT_MOST = 3


def similar_partners(name: str, *, other_than: Partner) -> list[Partner]:
    """Other partners that have or had a very similar name, the likest first, at most three."""
    wanted = sort_key(name)
    found: dict[Partner, float] = {}
    for partner in _candidates(name, other_than).prefetch_related("names"):
        names = [partner.name, *(row.name for row in partner.names.all())]
        likeness = max(_likeness(wanted, sort_key(other)) for other in names)
        if likeness >= ALIKE:
            found[partner] = likeness
    return sorted(found, key=lambda partner: -found[partner])[:NAMED_AT_MOST]


def _candidates(name: str, other_than: Partner):
    """Other partners that share the beginning of a word with the name."""
    stems = {word[:STEM] for word in search_key(name).split() if len(word) >= SHORTEST_STEM}
    shares = Q(pk__in=[])
    for stem in stems:
        shares |= Q(search_key__contains=stem) | Q(names__search_key__contains=stem)
    others = Partner.objects.current().filter(shares).exclude(pk=other_than.pk)
    return others.distinct().order_by("pk")[:COMPARED_AT_MOST]


def _likeness(first: str, second: str) -> float:
    matcher = SequenceMatcher(None, first, second)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
