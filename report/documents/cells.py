"""The cells of an edition's tables: each with its words, its value and the rows behind it."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from partnerships.money import group_digits, kronor, percent, signed_kronor
from report.figures import Derived, Sums
from report.models import Basis, Measure

Data = dict[str, Any]
Column = tuple[str, str, Callable[[Sums], Decimal | int | None], Callable[[Any], str]]
OF_AMOUNTS, OF_SHARES = Decimal("0.01"), Decimal("0.000001")


def columns() -> list[Column]:
    """Heading, measure, value and words of each column about agreements and money."""
    return [
        (_("In force"), Measure.IN_FORCE, lambda sums: sums.in_force, number),
        (_("Municipality's contributions"), Measure.PROMISED, lambda sums: sums.promised, kronor),
        (
            _("Partners' contributions"),
            Measure.PROMISED_BY_PARTNERS,
            lambda sums: sums.promised_by_partners,
            kronor,
        ),
        (_("Municipality's share"), Derived.SHARE, lambda sums: sums.share, percent),
        (
            _("Promised in money"),
            Measure.PROMISED_MONEY,
            lambda sums: sums.promised_money,
            kronor,
        ),
        (_("Paid"), Measure.PAID, lambda sums: sums.paid, kronor),
        (_("Paid less promised"), Derived.DIFFERENCE, lambda sums: sums.difference, signed_kronor),
    ]


def sums_table(
    key: str,
    caption: str,
    heading: str,
    rows: Sequence[tuple[str, Sums, Data]],
    notes: Sequence[Data] = (),
) -> Data:
    """A table with the columns about agreements and money. A row has its name, sums and filter."""
    chosen = columns()
    return table(
        key,
        caption,
        [heading, *(column[0] for column in chosen)],
        [
            {"heading": name, "cells": [_cell(column, sums, where) for column in chosen]}
            for name, sums, where in rows
        ],
        notes,
    )


def table(
    key: str, caption: str, headings: list[str], rows: list[Data], notes: Sequence[Data] = ()
) -> Data:
    """A table as data; `note` is what it leaves out in one text, `notes` each with its rows."""
    return {
        "key": key,
        "caption": caption,
        "headings": headings,
        "rows": rows,
        "note": " ".join(note["text"] for note in notes),
        "notes": list(notes),
    }


def plain(text: str, value: Decimal | int | None, query: str = "") -> Data:
    """A cell."""
    return {"text": text, "value": plain_text(value), "query": query}


def query_of(
    measure: str, years: Sequence[int], *, basis: str = "", **where: str | int | None
) -> str:
    """What a link to the rows behind a figure carries: `where` holds the parts of its scope."""
    is_needed = basis == Basis.ON_A_DAY or (basis == Basis.PER_YEAR and len(years) > 1)
    parts = {
        "measure": str(measure),
        "first": min(years),
        "last": max(years),
        **where,
        "basis": basis if is_needed else "",
    }
    return urlencode({name: value for name, value in parts.items() if value not in ("", None)})


def plain_text(value: Decimal | int | None) -> str | None:
    """The value for machines, the same on every database; null is not known.

    Amounts have two decimals and shares six; a count has none.
    """
    if value is None or isinstance(value, int):
        return None if value is None else str(value)
    places = OF_SHARES if 0 < abs(value) < 1 else OF_AMOUNTS
    return f"{value.quantize(places, ROUND_HALF_UP):f}"


def number(value: int) -> str:
    """A count in words."""
    return group_digits(Decimal(value))


def _cell(column: Column, sums: Sums, where: Data) -> Data:
    _heading, measure, value_of, worded = column
    value = value_of(sums)
    rest = {name: part for name, part in where.items() if name != "year"}
    query = "" if value is None else query_of(measure, [where["year"]], **rest)
    return plain("–" if value is None else worded(value), value, query)
