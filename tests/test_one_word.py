"""One thing is called by one word in the Swedish of the portal."""

import gettext
import re
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parent.parent / "locale"


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (r"\bkasta(d|s|t|de)?\b", "kassera"),
        (r"\bÖverenskommen\b", "Överenskommet"),
        (r"^[Ss]om PDF$", "Öppna som PDF"),
        (r"^som (arbetsbok i Excel|CSV)$", "exportera till Excel, exportera som CSV"),
        (r"\bDemon\b|\bdemon\b", "Demonstration"),
    ],
)
def test_no_other_word_is_used(other, word):
    catalogue = gettext.translation("django", str(LOCALE), ["sv"])._catalog

    used = [text for text in catalogue.values() if re.search(other, text)]

    assert used == [], f"write “{word}”"
