"""Whether a partner about to be registered looks like one that is there already."""

import re
from difflib import SequenceMatcher

from django.db.models import Q

from organisations.models import Partner
from partnerships.search import search_key

# “Kvinnojouren Linköping” is like “Kvinnojouren i Linköping”, but not “… i Norrköping”: names that
# are nearly the same, or much alike with every longer word of the one like a word of the other.
NEARLY_THE_SAME, ALIKE, WORDS_ALIKE = 0.96, 0.87, 0.8
LONGER = 4  # letters
WORD = re.compile(r"\w+")
SHORTEST_STEM, STEM = 3, 5  # letters
COMPARED_AT_MOST = 500
NAMED_AT_MOST = 3


def similar_partners(name: str, *, other_than: Partner) -> list[Partner]:
    """Other partners that have or had a very similar name, the likest first, at most three."""
    wanted = _plain(name)
    found: dict[Partner, float] = {}
    for partner in _candidates(wanted, other_than).prefetch_related("names"):
        names = [partner.name, *(row.name for row in partner.names.all())]
        likeness = max(_likeness(wanted, _plain(other)) for other in names)
        if likeness >= ALIKE:
            found[partner] = likeness
    return sorted(found, key=lambda partner: -found[partner])[:NAMED_AT_MOST]


def _candidates(wanted: str, other_than: Partner):
    """Other partners that share the beginning of a word with what is wanted."""
    stems = {word[:STEM] for word in wanted.split() if len(word) >= SHORTEST_STEM}
    shares = Q(pk__in=[])
    for stem in stems:
        shares |= Q(search_key__contains=stem) | Q(names__search_key__contains=stem)
    others = Partner.objects.current().filter(shares).exclude(pk=other_than.pk)
    return others.distinct().order_by("pk")[:COMPARED_AT_MOST]


def _plain(name: str) -> str:
    """The name's words in small letters, without hyphens, commas and the like."""
    return " ".join(WORD.findall(search_key(name)))


def _likeness(first: str, second: str) -> float:
    """From 0 to 1; 0 when the one has a longer word that the other lacks."""
    ratio = _ratio(first.replace(" ", ""), second.replace(" ", ""))
    if ratio >= NEARLY_THE_SAME:
        return ratio
    has_all = _has_words_of(first, second) and _has_words_of(second, first)
    return _ratio(first, second) if has_all else 0.0


def _has_words_of(name: str, other: str) -> bool:
    """Has the name a word like each longer word of the other?"""
    wanted = [word for word in other.split() if len(word) >= LONGER]
    return all(any(_ratio(word, own) >= WORDS_ALIKE for own in name.split()) for word in wanted)


def _ratio(first: str, second: str) -> float:
    """How alike two texts are; 0 as soon as it is certain to be less than anything asked for."""
    matcher = SequenceMatcher(None, first, second)
    return matcher.ratio() if matcher.quick_ratio() >= WORDS_ALIKE else 0.0
