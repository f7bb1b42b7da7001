"""Marks in a text where a figure of the edition is to be printed.

`[[bidrag]]` prints the figure as it is (`cirka 50 miljoner kronor per år`), `[[bidrag|belopp]]`
without what time it is for, and `[[bidrag|kort]]` with neither that nor the currency.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

MARK = re.compile(r"\[\[\s*([a-zåäö0-9-]+)\s*(?:\|\s*(belopp|kort)\s*)?\]\]")
FORMS = {None: "phrase", "belopp": "amount", "kort": "short"}


Printer = Callable[[dict[str, Any], str], str]


def filled(html: SafeString, figures: Iterable[dict[str, Any]], printed: Printer) -> SafeString:
    """The text with each mark replaced; a mark of no figure stays as it is, to be seen."""
    by_code = {figure["code"]: figure for figure in figures}

    def replaced(match: re.Match[str]) -> str:
        figure = by_code.get(match[1])
        if figure is None:
            return match[0]
        return conditional_escape(printed(figure, figure[FORMS[match[2]]]))

    return mark_safe(MARK.sub(replaced, html))  # noqa: S308 - what is put in is escaped


def unknown_marks(text: str, codes: Iterable[str]) -> list[str]:
    """The marks in the text that are no figure's, each once."""
    known = set(codes)
    found = (match[0] for match in MARK.finditer(text) if match[1] not in known)
    return list(dict.fromkeys(found))
