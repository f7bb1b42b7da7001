"""What the register says today of what a frozen edition said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Difference:
    """One number that has become another one since."""

    where: str
    row: str
    column: str
    then: str
    now: str
    query: str


def differences(then: Data, now: Data) -> list[Difference]:
    """Every number of the frozen edition that the register gives otherwise today.

    Numbers only: texts and answers of a frozen edition cannot change.
    """
    today = dict(_numbers(now))
    found = []
    for place, (text, value, query) in _numbers(then):
        text_now, value_now, _query = today.get(place, ("–", None, ""))
        if value != value_now:
            found.append(Difference(*place, then=text, now=text_now, query=query))
    return found


def _numbers(content: Data) -> Iterator[tuple[Place, tuple[str, str | None, str]]]:
    for figure in content["figures"]:
        if figure["computed"] is not None:
            text = figure["computed_phrase"] or figure["amount"]
            yield ("", figure["label"], ""), (text, figure["computed"], figure["query"])
    for section in content["sections"]:
        for table in section["tables"]:
            for row in table["rows"]:
                pairs = zip(table["headings"][1:], row["cells"], strict=True)
                for heading, cell in pairs:
                    place = (table["caption"], row["heading"], heading)
                    yield place, (cell["text"], cell["value"], cell["query"])
