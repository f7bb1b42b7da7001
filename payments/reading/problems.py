"""What can be wrong with a file or a row, kept as a code so that each reader gets the own language."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop as _

SENTENCES: dict[str, str] = {
    # Of the whole file.
    "empty": _("The file is empty. Export it again from the finance system."),
    "too_large": _(
        "The file is larger than %(limit)s MB. Export a shorter period, and import one file at a time."
    ),
    "too_many_rows": _(
        "The file has more than %(limit)s rows. Export a shorter period, and import one file at a time."
    ),
    "encoding": _(
        "The file is not written in UTF-8 or Windows-1252. Open it in Excel and save it as “CSV UTF-8” or as an Excel workbook."
    ),
    "binary": _(
        "The file is neither text nor an Excel workbook. Export it as CSV, as an Excel workbook (.xlsx) or as SIE 4."
    ),
    "old_excel": _(
        "This is an Excel workbook of the old kind (.xls). Save it as .xlsx and upload it again."
    ),
    "not_table": _("The table cannot be read at row %(row)s. Export the file again."),
    "workbook": _(
        "The Excel workbook is damaged or locked with a password. Open it in Excel, save it as .xlsx without a password, and upload it again."
    ),
    "workbook_large": _(
        "The Excel workbook unpacks to more than the portal accepts. Remove sheets and pictures that are not needed, or save it as CSV."
    ),
    "workbook_hostile": _(
        "The Excel workbook holds parts that the portal does not open. Save the sheet as CSV and upload that."
    ),
    "no_headings": _(
        "Row %(row)s holds no headings. Say on the page of columns on which row they stand."
    ),
    "same_heading": _(
        "The heading “%(name)s” stands over two columns. Rename one of them in the file."
    ),
    "no_such_heading": _(
        "No column is called “%(name)s” any more. Choose the columns again, or upload a file of the same layout as before."
    ),
    "not_sie": _("This is not a SIE file: it has no line #SIETYP. Export it again as SIE 4."),
    "sie_type": _(
        "This is a SIE file of type %(type)s, which holds no vouchers. Export it again as SIE 4."
    ),
    "sie_line": _("The line cannot be read as SIE. Export the file again."),
    "sie_end": _("The file ends in the middle of a voucher. Export it again."),
    "sie_balance": _(
        "Voucher %(voucher)s does not add up: its rows differ by %(sum)s. Export the file again."
    ),
    "sie_number": _(
        "The voucher has no number, so it cannot be told from others. Export the file again after the vouchers have got their numbers."
    ),
    "stopped": _(
        "The portal was interrupted while it read the file. Nothing of it was imported. Start again, and tell the portal's administrator if it happens again."
    ),
    # Of one row.
    "missing": _("%(column)s is missing. Fill it in, or remove the row if it is no payment."),
    "date": _(
        "The date “%(value)s” is not written as %(example)s. Correct it, or say how dates are written on the page of columns."
    ),
    "date_far": _("The date %(value)s cannot be right. Correct it in the file."),
    "amount": _(
        "The amount “%(value)s” cannot be read. Write it as %(example)s, or say on the page of columns which decimal mark is used."
    ),
    "amount_large": _(
        "The amount %(value)s is larger than the portal takes. Correct it in the file."
    ),
    "amount_fine": _("The amount %(value)s has more than two decimals. Round it to öre."),
    "too_long": _("%(column)s is longer than %(limit)s characters. Shorten it."),
    "control": _("%(column)s holds characters that cannot be shown. Remove them from the cell."),
    "formula": _(
        "The cell under %(column)s holds an error from Excel (%(value)s). Correct it in the workbook."
    ),
    "same_key": _(
        "The row has the same key as row %(other)s: %(key)s. Choose more columns as the key, or remove the row if it stands there twice."
    ),
    "changed": _(
        "The row with the key %(key)s was imported before with %(before)s, and the file now says %(now)s. What is imported is not changed: take the row away, and book the correction as a row of its own."
    ),
    # What is only good to know.
    "number": _("“%(value)s” is not an organisation number and is not used for the matching."),
    "person": _("The row is paid to a private person. The portal does not keep it."),
}
COLUMN_NAMES: dict[str, str] = {
    "key": _("the key"),
    "paid_on": _("the date"),
    "amount": _("the amount"),
    "account": _("the account"),
    "project": _("the project"),
    "voucher": _("the voucher"),
    "reference": _("the reference to the agreement"),
    "reversed_key": _("the key of what it reverses"),
    "payee_name": _("the payee"),
    "payee_number": _("the organisation number"),
    "text": _("the text"),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `row` is the row in the file as a spreadsheet counts, None for all of it."""

    code: str
    row: int | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The problem for the batch's JSON."""
        return asdict(self)


def sentence_of(problem: dict[str, Any]) -> str:
    """The sentence for the user, in the user's language."""
    values = dict(problem["values"])
    if "column" in values:
        values["column"] = gettext(str(COLUMN_NAMES.get(values["column"], "")))
    sentence = gettext(SENTENCES[problem["code"]]) % values
    return sentence[:1].upper() + sentence[1:]


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the message is for the user."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(sentence_of(problem.as_dict()))
