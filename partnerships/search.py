"""Columns kept for searching and sorting, alike on SQLite and PostgreSQL."""

import unicodedata

from django.db import models

# The last letters of the Swedish alphabet, in its order, written so that any collation agrees.
SORTS_AS = str.maketrans({"å": "zzza", "ä": "zzzb", "æ": "zzzb", "ö": "zzzc", "ø": "zzzc"})


LONGEST_SEARCH = 100


def search_words(text: str) -> list[str]:
    """The words to look for in what a user typed, at most a hundred characters of it."""
    return text.replace("\0", " ")[:LONGEST_SEARCH].casefold().split()


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
