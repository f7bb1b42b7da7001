"""What a table's sums leave out, in sentences that lead to the rows."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _, ngettext

from partnerships.money import group_digits, kronor
from report.documents.cells import Data, query_of
from report.figures import Behind, Sums


def notes_on(
    sums: Sums,
    where: Data,
    *,
    unmatched: tuple[Decimal, int] | None = None,
    names_year: bool = True,
) -> list[Data]:
    """The sentences on a year's sums; `where` is the filter of their rows."""
    year = where["year"]
    rest = {name: part for name, part in where.items() if name != "year"}
    return [
        {
            "text": f"{year}: {text}" if names_year else text,
            "query": query_of(measure, [year], **rest),
        }
        for measure, text in _sentences(sums, unmatched)
    ]


def _sentences(sums: Sums, unmatched: tuple[Decimal, int] | None) -> Iterator[tuple[str, str]]:
    if sums.unknown_lines:
        text = ngettext(
            "Exclusive of %(count)s contribution without an amount per year.",
            "Exclusive of %(count)s contributions without an amount per year.",
            sums.unknown_lines,
        )
        yield Behind.UNKNOWN_LINES, text % {"count": group_digits(Decimal(sums.unknown_lines))}
    if sums.uncertain:
        text = ngettext(
            "It is uncertain whether %(count)s more agreement was in force.",
            "It is uncertain whether %(count)s more agreements were in force.",
            sums.uncertain,
        )
        yield Behind.UNCERTAIN, text % {"count": group_digits(Decimal(sums.uncertain))}
    if sums.reversed:
        text = _("%(amount)s was paid back.")
        yield Behind.REVERSED, text % {"amount": kronor(-sums.reversed)}
    if unmatched:
        text = _("%(amount)s more was paid that nobody has matched with an agreement.")
        yield Behind.UNMATCHED, text % {"amount": kronor(unmatched[0])}
