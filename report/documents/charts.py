"""The charts of an edition, from figures that its tables hold."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import Agreement
from partnerships.charts import Chart, Series
from report.figures import Cells
from report.models import Edition

Data = dict[str, Any]
THOUSAND, MILLION, TENTH = Decimal(1000), Decimal(1_000_000), Decimal("0.1")


def kind_charts(edition: Edition, cells: Cells, kind: str) -> list[Data]:
    """Promised in money beside paid, each year."""
    sums = [cells.sums(year=year, kind=kind) for year in edition.years]
    rows = [
        (_("Promised in money"), [each.promised_money for each in sums]),
        (_("Paid"), [each.paid for each in sums]),
    ]
    return _chart(f"promised-{kind}", _("Promised and paid each year"), edition.years, rows, "bars")


def whole_charts(edition: Edition, cells: Cells) -> list[Data]:
    """What was paid each year, by kind of agreement."""
    rows = [
        (
            str(capfirst(Agreement.Kind(kind).label)),
            [cells.sums(year=year, kind=kind).paid for year in edition.years],
        )
        for kind in cells.kinds
        if any(cells.sums(year=year, kind=kind).paid for year in edition.years)
    ]
    return _chart("kinds", _("Paid each year, by kind"), edition.years, rows, "stacked")


def chart_from(data: Data) -> Chart:
    """The chart that the data describes."""
    return Chart(
        title=data["title"],
        heading=data["heading"],
        categories=data["categories"],
        series=[
            Series(
                row["name"], [None if value is None else Decimal(value) for value in row["values"]]
            )
            for row in data["series"]
        ],
        kind=data["kind"],
        unit=data["unit"],
    )


def _chart(
    key: str,
    title: str,
    years: Sequence[int],
    rows: list[tuple[str, list[Decimal | None]]],
    kind: str,
) -> list[Data]:
    """None when there is nothing to draw; in thousands or millions, as the largest value is."""
    largest = max((abs(value) for _name, row in rows for value in row if value), default=None)
    if largest is None:
        return []
    size, unit = (MILLION, "mnkr") if largest >= MILLION else (THOUSAND, "tkr")

    def scaled(value: Decimal | None) -> str | None:
        return None if value is None else f"{(value / size).quantize(TENTH, ROUND_HALF_UP):f}"

    return [
        {
            "key": key,
            "title": f"{title}, {unit}",
            "heading": _("Year"),
            "categories": [str(year) for year in years],
            "series": [{"name": name, "values": list(map(scaled, row))} for name, row in rows],
            "kind": kind,
            "unit": unit,
        }
    ]
