"""The tables of an edition: every cell with its words, its value and the rows behind it."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from agreements.models import Agreement
from followups.figures import met_by_agreement
from organisations.models import Committee
from partnerships.money import group_digits, kronor, percent, signed_kronor
from report.figures import Cells, Scope, Sums, by_partner, rows_of, with_indicators
from report.models import Basis, Edition, Measure

Data = dict[str, Any]
Column = tuple[str, str, Callable[[Sums], Decimal | int | None], Callable[[Any], str]]
MOST_LISTED = 200
INDICATORS = ("met", "not_met", "unknown")
OF_AMOUNTS, OF_SHARES = Decimal("0.01"), Decimal("0.000001")


def columns() -> list[Column]:
    """Heading, measure, value and words of each column about agreements and money."""
    return [
        (_("In force"), Measure.IN_FORCE, lambda sums: sums.in_force, _number),
        (_("Municipality's contributions"), Measure.PROMISED, lambda sums: sums.promised, kronor),
        (
            _("Partners' contributions"),
            Measure.PROMISED_BY_PARTNERS,
            lambda sums: sums.promised_by_partners,
            kronor,
        ),
        (_("Municipality's share"), "", lambda sums: sums.share, percent),
        (
            _("Promised in money"),
            Measure.PROMISED_MONEY,
            lambda sums: sums.promised_money,
            kronor,
        ),
        (_("Paid"), Measure.PAID, lambda sums: sums.paid, kronor),
        (_("Paid less promised"), "", lambda sums: sums.difference, signed_kronor),
    ]


def kind_tables(edition: Edition, cells: Cells, kind: str) -> list[Data]:
    """One kind of agreement: each year, and each committee over the years."""
    if not any(_has_anything(cells.sums(year=year, kind=kind)) for year in edition.years):
        return []
    years = _table(
        f"years-{kind}",
        _("%(kind)s by year") % {"kind": capfirst(Agreement.Kind(kind).label)},
        _("Year"),
        [
            (str(year), cells.sums(year=year, kind=kind), {"year": year, "kind": kind})
            for year in edition.years
        ],
    )
    years["note"] = _note([cells.sums(year=year, kind=kind) for year in edition.years])
    changed = _change_rows(edition, cells, [kind])
    return [years, *([_change_table(f"change-{kind}", changed)] if changed else [])]


def whole_tables(edition: Edition, cells: Cells) -> list[Data]:
    """All collaboration: by kind, committee and partner, what changed, and what is not followed up."""
    tables = []
    for year in edition.years:
        rows: list[tuple[str, Sums, Data]] = [
            (
                str(capfirst(Agreement.Kind(kind).label)),
                cells.sums(year=year, kind=kind),
                {"year": year, "kind": kind},
            )
            for kind in cells.kinds
            if _has_anything(cells.sums(year=year, kind=kind))
        ]
        if not rows:
            continue
        rows.append((_("In all"), cells.sums(year=year), {"year": year}))
        table = _table(f"kinds-{year}", _("All kinds, %(year)s") % {"year": year}, _("Kind"), rows)
        table["note"] = _note([cells.sums(year=year)], unmatched=cells.unmatched.get(year))
        tables.append(table)
    names = dict(Committee.objects.filter(pk__in=cells.committees).values_list("pk", "name"))
    last = max(edition.years)
    committees = [
        (
            capfirst(names[key]),
            cells.sums(year=last, committee=key),
            {"year": last, "committee": key},
        )
        for key in sorted(names, key=lambda key: names[key])
        if _has_anything(cells.sums(year=last, committee=key))
    ]
    tables.append(
        _table(
            f"committees-{last}",
            _("Committees, %(year)s") % {"year": last},
            _("Committee"),
            committees,
        )
    )
    changed = _change_rows(edition, cells, cells.kinds)
    if changed:
        tables.append(_change_table("change", changed))
    return [
        table
        for table in [*tables, _partners(edition), _indicators(edition), *_not_followed_up(edition)]
        if table["rows"]
    ]


def query_of(
    measure: str,
    years: Sequence[int],
    kind: str = "",
    committee: int | None = None,
    basis: str = "",
) -> str:
    """What a link to the rows behind a figure carries."""
    parts = {
        "measure": str(measure),
        "first": min(years),
        "last": max(years),
        "kind": kind,
        "committee": committee or "",
        "basis": basis if basis == Basis.ON_A_DAY else "",
    }
    return urlencode({name: value for name, value in parts.items() if value != ""})


def _has_anything(sums: Sums) -> bool:
    """Is there an agreement, a payment or a contribution?"""
    return bool(sums.in_force or sums.uncertain or sums.payment_count or sums.unknown_lines)


def _table(key: str, caption: str, heading: str, rows: Sequence[tuple[str, Sums, Data]]) -> Data:
    chosen = columns()
    return {
        "key": key,
        "caption": caption,
        "headings": [heading, *(column[0] for column in chosen)],
        "rows": [
            {"heading": name, "cells": [_cell(column, sums, where) for column in chosen]}
            for name, sums, where in rows
        ],
        "note": "",
    }


def _cell(column: Column, sums: Sums, where: Data) -> Data:
    _heading, measure, value_of, worded = column
    value = value_of(sums)
    query = ""
    if measure and value is not None:
        query = query_of(measure, [where["year"]], where.get("kind", ""), where.get("committee"))
    return {
        "text": "–" if value is None else worded(value),
        "value": plain_text(value),
        "query": query,
    }


def _note(found: Sequence[Sums], *, unmatched: tuple[Decimal, int] | None = None) -> str:
    """What the sums leave out, in sentences."""
    sums = sum(found, Sums())
    sentences = []
    if sums.unknown_lines:
        sentences.append(
            ngettext(
                "Exclusive of %(count)s contribution without an amount per year.",
                "Exclusive of %(count)s contributions without an amount per year.",
                sums.unknown_lines,
            )
            % {"count": group_digits(Decimal(sums.unknown_lines))}
        )
    if sums.uncertain:
        sentences.append(
            ngettext(
                "It is uncertain whether %(count)s more agreement was in force.",
                "It is uncertain whether %(count)s more agreements were in force.",
                sums.uncertain,
            )
            % {"count": group_digits(Decimal(sums.uncertain))}
        )
    if sums.reversed:
        sentences.append(_("%(amount)s was paid back.") % {"amount": kronor(-sums.reversed)})
    if unmatched:
        sentences.append(
            _("%(amount)s more was paid that nobody has matched with an agreement.")
            % {"amount": kronor(unmatched[0])}
        )
    return " ".join(sentences)


def _change_rows(edition: Edition, cells: Cells, kinds: Sequence[str]) -> list[Data]:
    """Paid per year in this edition against the one before, where both are known."""
    previous = edition.previous
    if previous is None or not previous.years:
        return []
    if not set(previous.years) | set(edition.years) <= cells.paid_years:
        return []
    rows = []
    for kind in kinds:
        before, after = (
            sum((cells.sums(year=year, kind=kind).paid or Decimal(0) for year in years), Decimal(0))
            / len(years)
            for years in (previous.years, edition.years)
        )
        ratio = (after - before) / before if before else None
        rows.append(
            {
                "heading": capfirst(Agreement.Kind(kind).label),
                "cells": [
                    _plain(kronor(before), before, query_of(Measure.PAID, previous.years, kind)),
                    _plain(kronor(after), after, query_of(Measure.PAID, edition.years, kind)),
                    _plain(signed_kronor(after - before), after - before),
                    _plain("–" if ratio is None else percent(ratio), ratio),
                ],
            }
        )
    return rows


def _change_table(key: str, rows: list[Data]) -> Data:
    return {
        "key": key,
        "caption": _("Paid per year, against the edition before"),
        "headings": [
            _("Kind"),
            _("The edition before"),
            _("This edition"),
            _("Change"),
            _("Share"),
        ],
        "rows": rows,
        "note": "",
    }


def _partners(edition: Edition) -> Data:
    scope = Scope(edition.municipality, edition.years)
    rows = [
        {
            "heading": str(row.partner) if row.partner else _("Payee not in the register"),
            "cells": [
                *(
                    _plain(
                        kronor(amount),
                        amount,
                        f"{query_of(Measure.PAID, [year])}&partner={row.partner.pk}"
                        if row.partner
                        else "",
                    )
                    for year in edition.years
                    for amount in [row.by_year.get(year, Decimal(0))]
                ),
                _plain(
                    kronor(row.total),
                    row.total,
                    f"{query_of(Measure.PAID, edition.years)}&partner={row.partner.pk}"
                    if row.partner
                    else "",
                ),
            ],
        }
        for row in by_partner(scope)
    ]
    return {
        "key": "partners",
        "caption": _("Partners to whom most was paid"),
        "headings": [_("Partner"), *map(str, edition.years), _("In all")],
        "rows": rows,
        "note": "",
    }


def _indicators(edition: Edition) -> Data:
    """How many indicators met their target in the latest approved reports, by kind of agreement."""
    scope = Scope(edition.municipality, edition.years)
    agreements = list(with_indicators(scope))
    met = met_by_agreement(agreements)
    rows = []
    for kind in Agreement.Kind.values:
        found = [met[agreement.pk] for agreement in agreements if agreement.kind == kind]
        if found:
            query = query_of(Measure.WITH_INDICATORS, edition.years, kind)
            counts = [sum(getattr(each, name) for each in found) for name in INDICATORS]
            rows.append(
                {
                    "heading": str(capfirst(Agreement.Kind(kind).label)),
                    "cells": [
                        {"text": _number(len(found)), "value": str(len(found)), "query": query},
                        *({"text": _number(n), "value": str(n), "query": query} for n in counts),
                    ],
                }
            )
    return {
        "key": "indicators",
        "caption": _("Indicators in the latest approved reports"),
        "headings": [_("Kind"), _("Agreements"), _("Target met"), _("Not met"), _("Not reported")],
        "rows": rows,
        "note": "",
    }


def _not_followed_up(edition: Edition) -> list[Data]:
    """The agreements in force that nothing follows up; no table where nobody can say."""
    scope = Scope(edition.municipality, edition.years)
    found = rows_of(Measure.WITHOUT_FOLLOW_UP, scope)
    if found is None:
        return []
    listed = list(found.select_related("committee").order_by("sort_key", "pk")[: MOST_LISTED + 1])
    rows = [
        {
            "heading": agreement.name,
            "url": agreement.get_absolute_url(),
            "cells": [
                _plain(str(agreement.get_kind_display()), None),
                _plain(capfirst(agreement.committee.name), None),
            ],
        }
        for agreement in listed[:MOST_LISTED]
    ]
    note = ""
    if len(listed) > MOST_LISTED:
        note = _("The first %(count)s are listed.") % {"count": MOST_LISTED}
    return [
        {
            "key": "without-follow-up",
            "caption": _("Agreements in force without follow-up, %(day)s")
            % {"day": scope.last_day},
            "headings": [_("Agreement"), _("Kind"), _("Committee")],
            "rows": rows,
            "note": note,
        }
    ]


def _plain(text: str, value: Decimal | None, query: str = "") -> Data:
    return {"text": text, "value": plain_text(value), "query": query}


def plain_text(value: Decimal | int | None) -> str | None:
    """The value for machines, the same on every database; null is not known.

    Amounts have two decimals and shares six; a count has none.
    """
    if value is None or isinstance(value, int):
        return None if value is None else str(value)
    places = OF_SHARES if 0 < abs(value) < 1 else OF_AMOUNTS
    return f"{value.quantize(places, ROUND_HALF_UP):f}"


def _number(value: int) -> str:
    return group_digits(Decimal(value))
