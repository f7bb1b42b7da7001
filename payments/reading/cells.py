"""One cell: a date, an amount or a text, as the source writes it. Raises CellError with a problem's code."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from organisations.models.partner import canonical_org_number
from partnerships.money import DECIMAL_PLACES, MAX_DIGITS

LARGEST = Decimal(10) ** (MAX_DIGITS - DECIMAL_PLACES)
ROUNDING = 1e-6  # what a binary fraction may be off
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)
SPACES = re.compile(r"[\s\u00a0\u202f']+")
UNIT = re.compile(r"(kr|sek)\.?$", re.IGNORECASE)
NUMBERS = {
    ",": re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"),
    ".": re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"),
}
EXAMPLES = {",": "1 034,50", ".": "1034.50"}
EXCEL_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SAKNAS!|VÄRDEFEL!)")
PERSONAL_NUMBER = re.compile(r"(?:19|20)?[0-9]{6}[-+]?[0-9]{4}")


class CellError(ValueError):
    """The cell cannot be read; the code and values are a problem's."""

    def __init__(self, code: str, **values: Any):
        self.code, self.values = code, values
        super().__init__(code)


def text_of(cell: Any, *, limit: int) -> str:
    """The cell as one line of text; a whole number loses the decimals that Excel gives it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == datetime.min.time() else cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFC", " ".join(str(cell).split()))
    if EXCEL_ERROR.fullmatch(text):
        raise CellError("formula", value=text)
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise CellError("control")
    if len(text) > limit:
        raise CellError("too_long", limit=limit)
    return text


def date_of(cell: Any, pattern: str) -> date | None:
    """The day; None when the cell is empty."""
    if isinstance(cell, datetime):
        return _likely(cell.date())
    if isinstance(cell, date):
        return _likely(cell)
    text = text_of(cell, limit=40)
    if not text:
        return None
    try:
        found = datetime.strptime(text, pattern).date()  # noqa: DTZ007  (a day has no time zone)
    except ValueError as error:
        example = date(2026, 3, 31).strftime(pattern)
        raise CellError("date", value=text, example=example) from error
    return _likely(found)


def _likely(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise CellError("date_far", value=day.isoformat())
    return day


def amount_of(cell: Any, mark: str) -> Decimal | None:
    """The amount in SEK; None when the cell is empty. A minus may stand before or after."""
    if isinstance(cell, bool):
        raise CellError("amount", value=str(cell), example=EXAMPLES[mark])
    if isinstance(cell, int | float):
        return _within_limits(_decimal_of(cell))
    text = text_of(cell, limit=60)
    if not text:
        return None
    digits = UNIT.sub("", SPACES.sub("", text).replace("−", "-"))
    is_negative = digits.startswith("-") or digits.endswith("-")
    bare = digits.removeprefix("-").removeprefix("+") if digits[:1] in "+-" else digits
    bare = bare if digits.startswith("-") else bare.removesuffix("-")
    if not NUMBERS[mark].fullmatch(bare):
        raise CellError("amount", value=text, example=EXAMPLES[mark])
    number = Decimal(bare.replace("." if mark == "," else ",", "").replace(",", "."))
    return _within_limits(-number if is_negative else number)


def _decimal_of(number: float) -> Decimal:
    """Excel's number to the öre, unless it really is finer."""
    if number != number or number in (float("inf"), float("-inf")):
        raise CellError("amount", value=str(number), example=EXAMPLES[","])
    if abs(number) >= float(LARGEST):
        raise CellError("amount_large", value=str(number))
    rounded = Decimal(str(round(number, DECIMAL_PLACES)))
    if abs(float(rounded) - number) > ROUNDING:
        raise CellError("amount_fine", value=str(number))
    return rounded


def _within_limits(number: Decimal) -> Decimal:
    if abs(number) >= LARGEST:
        raise CellError("amount_large", value=f"{number:f}"[:60])
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -DECIMAL_PLACES:
        raise CellError("amount_fine", value=f"{number:f}"[:60])
    return number.quantize(Decimal("0.01"))


def org_number_of(cell: Any) -> str:
    """The organisation number, or "" when the cell is empty. Raises CellError `number` or `person`."""
    text = text_of(cell, limit=60)
    if not text:
        return ""
    digits = text.replace(" ", "")
    digits = digits.zfill(10) if digits.isdigit() and len(digits) == 9 else digits
    try:
        return canonical_org_number(digits)
    except ValidationError as error:
        is_person = error.code == "third_digit" or (
            len(digits.replace("-", "").replace("+", "")) == 12
            and PERSONAL_NUMBER.fullmatch(digits)
        )
        raise CellError("person" if is_person else "number", value=text) from error
