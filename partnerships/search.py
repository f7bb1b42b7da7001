"""Columns kept for searching and sorting, alike on SQLite and PostgreSQL."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models.lookups import IsNull

# The last letters of the Swedish alphabet, in its order, written so that any collation agrees.
SORTS_AS = str.maketrans({"å": "zzza", "ä": "zzzb", "æ": "zzzb", "ö": "zzzc", "ø": "zzzc"})

LONGEST_SEARCH = 100
REGISTER_AND_YEAR = re.compile(r"\b([^\W\d_]{1,6})((?:19|20)\d\d[-/:.]\d)")
FEW = 1000  # rows that are counted


def search_words(text: str) -> list[str]:
    """The words to look for in what a user typed, at most a hundred characters of it.

    The register and the year of a diary number are two, so that it is found written in one too.
    """
    typed = text.replace("\0", " ")[:LONGEST_SEARCH].casefold()
    return REGISTER_AND_YEAR.sub(r"\1 \2", typed).split()


@dataclass(frozen=True)
class Found:
    """What a search found, and when it may be many, what to count: the first in hand, or all of it."""

    rows: models.QuerySet
    many: tuple[models.QuerySet, ...] = ()

    @cached_property
    def count(self) -> int | None:
        """How much a common word leads to, counted no further than `FEW` + 1; else nothing."""
        count = None
        for rows in self.many:
            count = counted(rows, FEW)
            if count > FEW:
                break
        return count

    @property
    def is_many(self) -> bool:
        """Is there so much that nobody puts it in order?"""
        return self.count is not None and self.count > FEW


def find_words(
    rows: models.QuerySet,
    text: str,
    *,
    keys: Callable[[str], list[models.QuerySet]],
    condition: Callable[[str], models.Q],
) -> Found:
    """The rows that every word of the text leads to.

    `keys(word)` are querysets of the rows' primary keys, one for each place where a word may
    stand, so that each can use its own index; `condition(word)` says the same as one condition.
    A rare word is looked up by its keys. A common one is met soon by walking the rows; but not in
    the order of their names, where those that begin with it lie together.
    """
    words = search_words(text)
    if not words:
        return Found(rows)
    longest = max(words, key=len)
    first, *others = [places.order_by() for places in keys(longest)]
    most = 2 * FEW  # a row is found by its own name and by its partner's
    found = list(first.union(*others, all=True)[: most + 1])
    among = rows.filter(pk__in=set(found))
    is_rare = len(found) <= most
    if is_rare:
        rows = among
        words.remove(longest)
    for word in words:
        rows = rows.filter(condition(word))
    if is_rare:
        return Found(rows)
    return Found(rows, (among, rows) if len(words) == 1 else (rows,))


def counted(rows: models.QuerySet, most: int) -> int:
    """How many rows there are; one more than the most when there are more."""
    return rows.order_by().values("pk")[: most + 1].count()


def any_of(rows: models.QuerySet) -> models.Q:
    """Is there one of the rows? Asked row by row, through the rows' own index.

    PostgreSQL gathers what EXISTS or IN would look in first, and a common word leads to too much.
    """
    return models.Q(IsNull(models.Subquery(rows.order_by().values("pk")[:1]), False))


def search_key(*texts: str | None) -> str:
    """The texts in one casefolded line; å, ä and ö stay themselves."""
    return " ".join(" ".join(text.casefold().split()) for text in texts if text)


def sort_key(text: str) -> str:
    """A key that sorts in Swedish order: …, z, å, ä, ö; digits before letters, accents dropped."""
    letters = unicodedata.normalize("NFC", text.casefold()).translate(SORTS_AS)
    plain = unicodedata.normalize("NFKD", letters)
    return " ".join(
        "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    )


class KeyField(models.TextField):
    """A text computed from other fields of its row on every save. Declare it after them."""

    def __init__(self, *args, of: tuple[str, ...] = (), **kwargs):
        self.of = of
        kwargs |= {"editable": False, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def key(self, *values):
        raise NotImplementedError

    def pre_save(self, model_instance, add):
        value = self.key(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, value)
        return value


class SearchKeyField(KeyField):
    """What a search looks in."""

    def key(self, *values):
        return search_key(*(str(value) for value in values if value))


class SortKeyField(KeyField):
    """What a list is sorted by."""

    def key(self, *values):
        return sort_key(" ".join(str(value) for value in values if value))
