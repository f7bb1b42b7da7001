"""The report for spreadsheets and for everyone's machines."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from partnerships.export import Cell, Sheet
from partnerships.suppression import is_few
from report.models import Unit

Data = dict[str, Any]
OPEN_FIGURE = (
    "code", "label", "source", "source_note", "value", "unit", "qualifier", "basis", "year_from",
    "year_to", "kind", "measure", "committee", "excludes", "phrase",
)  # fmt: skip
OPEN_TABLES = ("years-", "kinds-", "committees-", "themes-", "change")


def open_data(content: Data) -> Data:
    """What everyone may have: figures and tables, without texts, answers and names of payees.

    Counts of fewer than five persons are left out and say so.
    """
    return {
        "schema": content["schema"],
        "municipality": content["municipality"],
        "title": content["title"],
        "period": content["period"],
        "diary_number": content["diary_number"],
        "made_at": content["made_at"],
        "figures": [_open_figure(figure) for figure in content["figures"]],
        "tables": [
            {
                "key": table["key"],
                "caption": table["caption"],
                "headings": table["headings"],
                "rows": [
                    {"heading": row["heading"], "values": [cell["value"] for cell in row["cells"]]}
                    for row in table["rows"]
                ],
                "note": table["note"],
            }
            for table in _tables(content)
            if table["key"].startswith(OPEN_TABLES)
        ],
    }


def table_rows(data: Data) -> Iterator[list[Cell]]:
    """Every number of the open data on a row of its own, for CSV."""
    for figure in data["figures"]:
        period = "–".join(
            str(year) for year in dict.fromkeys([figure["year_from"], figure["year_to"]]) if year
        )
        yield [
            "",
            figure["label"],
            figure["qualifier"],
            period,
            figure["basis"],
            _decimal(figure["value"]),
        ]
    for table in data["tables"]:
        for row in table["rows"]:
            for heading, value in zip(table["headings"][1:], row["values"], strict=True):
                yield [table["caption"], row["heading"], "", "", heading, _decimal(value)]


def workbook_sheets(content: Data) -> Iterator[Sheet]:
    """A sheet of figures, and one for each table."""
    yield Sheet(
        _("Figures"),
        [_("Mark"), _("Item of the report"), _("Value"), _("How exact"), _("For"), _("Years"), _("Exclusive of"),
         _("According to the register"), _("Source")],
        [
            [
                figure["code"],
                figure["label"],
                _decimal(figure["value"]),
                figure["qualifier"],
                figure["basis_label"],
                figure["period"],
                ", ".join(figure["excludes"]),
                _decimal(figure["computed"]),
                figure["source_note"] or figure["source"],
            ]
            for figure in content["figures"]
        ],
    )  # fmt: skip
    for number, table in enumerate(_tables(content), start=1):
        yield Sheet(
            f"{number} {table['caption']}",
            table["headings"],
            [
                [row["heading"], *(_decimal(cell["value"], cell["text"]) for cell in row["cells"])]
                for row in table["rows"]
            ],
        )


def _tables(content: Data) -> Iterator[Data]:
    for section in content["sections"]:
        yield from section["tables"]


def _open_figure(figure: Data) -> Data:
    data = {name: figure[name] for name in OPEN_FIGURE}
    few = figure["unit"] == Unit.PERSONS and figure["value"] is not None
    data["is_suppressed"] = few and is_few(Decimal(figure["value"]))
    if data["is_suppressed"]:
        data |= {"value": None, "phrase": ""}
    return data


def _decimal(value: str | None, text: str = "") -> Cell:
    return (text if text != "–" else None) if value is None else Decimal(value)
