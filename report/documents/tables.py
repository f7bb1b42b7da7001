"""The tables of an edition: what each kind of agreement and all of them come to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from agreements.models import Agreement
from followups.figures import met_by_agreement
from organisations.models import Committee
from partnerships.money import kronor, percent, signed_kronor
from report.documents.cells import Data, number, plain, query_of, sums_table, table
from report.documents.notes import notes_on
from report.documents.partners import partner_tables
from report.figures import (
    Behind,
    Cells,
    Derived,
    Lacks,
    Scope,
    Sums,
    by_theme,
    rows_of,
    with_indicators,
)
from report.models import Basis, Edition, Measure

MOST_LISTED = 200
INDICATORS = {
    "met": Behind.TARGETS_MET,
    "not_met": Behind.TARGETS_NOT_MET,
    "unknown": Behind.TARGETS_UNKNOWN,
}


def kind_tables(edition: Edition, cells: Cells, kind: str) -> list[Data]:
    """One kind of agreement: each year, and the change since the edition before."""
    rows = [
        (str(year), cells.sums(year=year, kind=kind), {"year": year, "kind": kind})
        for year in edition.years
    ]
    if not any(_has_anything(sums) for _name, sums, _where in rows):
        return []
    caption = _("%(kind)s by year") % {"kind": _name_of(kind)}
    several = len(edition.years) > 1
    notes = [
        note for _name, sums, where in rows for note in notes_on(sums, where, names_year=several)
    ]
    years = sums_table(f"years-{kind}", caption, _("Year"), rows, notes)
    return [years, *_changed(f"change-{kind}", edition, cells, [kind])]


def whole_tables(edition: Edition, cells: Cells) -> list[Data]:
    """All collaboration: by kind, committee, theme and partner, and what is not followed up."""
    scope = Scope(edition.municipality, edition.years)
    found = [
        *(_kinds(cells, year) for year in edition.years),
        _committees(cells, max(edition.years)),
        _themes(scope),
        *_changed("change", edition, cells, cells.kinds),
        *partner_tables(scope),
        _indicators(scope),
        *_not_followed_up(scope),
    ]
    return [each for each in found if each["rows"]]


def _kinds(cells: Cells, year: int) -> Data:
    rows: list[tuple[str, Sums, Data]] = [
        (_name_of(kind), cells.sums(year=year, kind=kind), {"year": year, "kind": kind})
        for kind in cells.kinds
        if _has_anything(cells.sums(year=year, kind=kind))
    ]
    sums, where = cells.sums(year=year), {"year": year}
    if rows:
        rows.append((_("In all"), sums, where))
    notes = notes_on(sums, where, unmatched=cells.unmatched.get(year), names_year=False)
    caption = _("All kinds, %(year)s") % {"year": year}
    return sums_table(f"kinds-{year}", caption, _("Kind"), rows, notes)


def _committees(cells: Cells, year: int) -> Data:
    names = dict(Committee.objects.filter(pk__in=cells.committees).values_list("pk", "name"))
    rows = [
        (
            capfirst(names[key]),
            cells.sums(year=year, committee=key),
            {"year": year, "committee": key},
        )
        for key in sorted(names, key=lambda key: names[key])
        if _has_anything(cells.sums(year=year, committee=key))
    ]
    caption = _("Committees, %(year)s") % {"year": year}
    return sums_table(f"committees-{year}", caption, _("Committee"), rows)


def _themes(scope: Scope) -> Data:
    year = max(scope.years)
    rows: list[tuple[str, Sums, Data]] = []
    for theme, sums in by_theme(scope):
        if _has_anything(sums):
            where = {"theme": theme.pk} if theme else {"lacks": Lacks.THEME.value}
            name = capfirst(theme.name) if theme else _("Without a theme")
            rows.append((name, sums, {"year": year, **where}))
    overlap = _("An agreement with several themes is counted in each, so the rows are not added.")
    caption = _("Themes, %(year)s") % {"year": year}
    notes = [{"text": overlap, "query": ""}]
    return sums_table(f"themes-{year}", caption, _("Theme"), rows, notes)


def _has_anything(sums: Sums) -> bool:
    """Is there an agreement, a payment or a contribution?"""
    return bool(sums.in_force or sums.uncertain or sums.payment_count or sums.unknown_lines)


def _changed(key: str, edition: Edition, cells: Cells, kinds: Sequence[str]) -> list[Data]:
    """Paid per year in this edition against the one before, where both are known."""
    previous = edition.previous
    if previous is None or not previous.years:
        return []
    if not set(previous.years) | set(edition.years) <= cells.paid_years:
        return []
    headings = [
        _("Kind"),
        _("The edition before"),
        _("This edition"),
        _("Change"),
        _("Share"),
    ]
    rows = [
        {"heading": _name_of(kind), "cells": _change(previous.years, edition.years, cells, kind)}
        for kind in kinds
    ]
    caption = _("Paid per year, against the edition before")
    return [table(key, caption, headings, rows)] if rows else []


def _change(earlier: Sequence[int], years: Sequence[int], cells: Cells, kind: str) -> list[Data]:
    before, after = (
        sum((cells.sums(year=year, kind=kind).paid or Decimal(0) for year in its), Decimal(0))
        / len(its)
        for its in (earlier, years)
    )
    ratio = (after - before) / before if before else None

    def query(measure: str, its: Sequence[int]) -> str:
        return query_of(measure, its, kind=kind, basis=Basis.PER_YEAR)

    return [
        plain(kronor(before), before, query(Measure.PAID, earlier)),
        plain(kronor(after), after, query(Measure.PAID, years)),
        plain(signed_kronor(after - before), after - before, query(Derived.CHANGE, years)),
        plain("–", None)
        if ratio is None
        else plain(percent(ratio), ratio, query(Derived.GROWTH, years)),
    ]


def _indicators(scope: Scope) -> Data:
    """How many indicators met their target in the latest approved reports, by kind of agreement."""
    agreements = list(with_indicators(scope))
    met = met_by_agreement(agreements)
    rows = []
    for kind in Agreement.Kind.values:
        found = [met[agreement.pk] for agreement in agreements if agreement.kind == kind]
        counts: list[tuple[str, int]] = [(Measure.WITH_INDICATORS, len(found))]
        counts += [
            (measure, sum(getattr(each, name) for each in found))
            for name, measure in INDICATORS.items()
        ]
        cells = [
            plain(number(count), count, query_of(measure, scope.years, kind=kind))
            for measure, count in counts
        ]
        if found:
            rows.append({"heading": _name_of(kind), "cells": cells})
    headings = [_("Kind"), _("Agreements"), _("Target met"), _("Not met"), _("Not reported")]
    caption = _("Indicators in the latest approved reports")
    return table("indicators", caption, headings, rows)


def _not_followed_up(scope: Scope) -> list[Data]:
    """The agreements in force that nothing follows up; no table where nobody can say."""
    found: Any = rows_of(Measure.WITHOUT_FOLLOW_UP, scope)
    if found is None:
        return []
    listed = list(found.select_related("committee").order_by("sort_key", "pk")[: MOST_LISTED + 1])
    rows = [
        {
            "heading": agreement.name,
            "url": agreement.get_absolute_url(),
            "cells": [
                plain(str(agreement.get_kind_display()), None),
                plain(capfirst(agreement.committee.name), None),
            ],
        }
        for agreement in listed[:MOST_LISTED]
    ]
    count = found.count()
    text = ngettext("%(count)s agreement in all.", "%(count)s agreements in all.", count)
    text = text % {"count": number(count)}
    if count > MOST_LISTED:
        first = _("The first %(count)s are listed.") % {"count": MOST_LISTED}
        text = f"{text} {first}"
    notes = [{"text": text, "query": query_of(Measure.WITHOUT_FOLLOW_UP, scope.years)}]
    caption = _("Agreements in force without follow-up, %(day)s") % {"day": scope.last_day}
    headings = [_("Agreement"), _("Kind"), _("Committee")]
    return [table("without-follow-up", caption, headings, rows, notes)]


def _name_of(kind: str) -> str:
    return str(capfirst(Agreement.Kind(kind).label))
