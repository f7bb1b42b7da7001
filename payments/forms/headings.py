"""Which columns a file's headings suggest."""

import unicodedata
from collections.abc import Iterable

# What finance systems call each fact, written as `_plain` writes it.
SYNONYMS = {
    "paid_on": {"datum", "betaldatum", "betalningsdatum", "utbetalningsdatum", "bokföringsdatum"},
    "amount": {"belopp", "beloppkr", "beloppsek"},
    "payee_name": {"mottagare", "betalningsmottagare", "leverantör", "leverantörsnamn"},
    "payee_number": {"organisationsnummer", "organisationsnr", "orgnummer", "orgnr"},
    "reference": {"diarienummer", "diarienr", "dnr"},
    "account": {"konto"},
    "project": {"projekt", "projektnummer", "projektnr"},
    "voucher": {
        "verifikation", "verifikat", "verifikationsnummer", "verifikationsnr", "vernummer", "vernr",
    },
    "text": {"text", "beskrivning"},
}  # fmt: skip


def suggested_columns(headings: Iterable[str]) -> dict[str, str]:
    """The heading of each fact that exactly one heading of the file names."""
    plain = [(heading, _plain(heading)) for heading in headings]
    found = {
        name: [heading for heading, written in plain if written in synonyms]
        for name, synonyms in SYNONYMS.items()
    }
    return {name: names[0] for name, names in found.items() if len(names) == 1}


def _plain(heading: str) -> str:
    """The heading's letters and digits only, in lower case."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(character for character in text if character.isalnum())
