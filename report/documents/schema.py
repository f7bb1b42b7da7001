"""The form of the open data, and its description for catalogues (DCAT-AP-SE 3)."""

from collections.abc import Callable, Iterable
from typing import Any

from report.models import Basis, Edition, PublicPage, Qualifier, ReportFigure, Unit

Data = dict[str, Any]
DECIMAL = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
YEAR = {"type": ["integer", "null"]}
TEXT = {"type": "string"}
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
SWEDISH = "http://publications.europa.eu/resource/authority/language/SWE"
GOVERNMENT = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
FORMATS = {"json": "application/json", "csv": "text/csv"}


def schema(address: str) -> Data:
    """The JSON schema of an edition's open data."""
    figure = {
        "code": TEXT,
        "label": TEXT,
        "source": {"enum": ReportFigure.Source.values},
        "source_note": TEXT,
        "value": {**DECIMAL, "description": "SEK, or a number; null is not known or suppressed"},
        "unit": {"enum": Unit.values},
        "qualifier": {"enum": Qualifier.values},
        "basis": {"enum": Basis.values},
        "year_from": YEAR,
        "year_to": YEAR,
        "kind": TEXT,
        "measure": TEXT,
        "committee": TEXT,
        "excludes": {"type": "array", "items": TEXT},
        "phrase": {**TEXT, "description": "as the report prints it, in Swedish"},
        "is_suppressed": {
            "type": "boolean",
            "description": "fewer than five persons, so that the value is left out",
        },
    }
    row = {"heading": TEXT, "values": {"type": "array", "items": DECIMAL}}
    table = {
        "key": TEXT,
        "caption": TEXT,
        "headings": {"type": "array", "items": TEXT},
        "rows": {"type": "array", "items": _object(row)},
        "note": TEXT,
    }
    properties = {
        "schema": {"const": "sector-report-1"},
        "municipality": TEXT,
        "title": TEXT,
        "period": _object({"from": YEAR, "to": YEAR}),
        "diary_number": TEXT,
        "made_at": {"type": "string", "format": "date-time"},
        "figures": {"type": "array", "items": _object(figure)},
        "tables": {"type": "array", "items": _object(table)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "A municipality's report on its collaboration with civil society",
        **_object(properties),
    }


def catalogue(page: PublicPage, editions: Iterable[Edition], address: Callable[..., str]) -> Data:
    """What open data the municipality has, as JSON-LD. `address` gives a URL by name and arguments."""
    publisher = {"@type": "foaf:Organization", "foaf:name": page.municipality.name}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": address("report_open:catalogue", page.slug),
        "@type": "dcat:Catalog",
        "dct:title": _swedish(f"Öppna data om {page.municipality.name}s partnerskap"),
        "dct:description": _swedish(
            "Rapporter över samverkan med civilsamhället: avtal, bidrag och utbetalningar."
        ),
        "dct:publisher": publisher,
        "dct:language": {"@id": SWEDISH},
        "dct:license": {"@id": CC0},
        "dcat:dataset": [_dataset(page, edition, publisher, address) for edition in editions],
    }


def _dataset(
    page: PublicPage, edition: Edition, publisher: Data, address: Callable[..., str]
) -> Data:
    return {
        "@id": address("report_open:report_json", page.slug, edition.pk),
        "@type": "dcat:Dataset",
        "dct:title": _swedish(edition.title),
        "dct:description": _swedish(f"Siffror och tabeller ur {edition.title}."),
        "dct:publisher": publisher,
        "dct:accessRights": {"@id": PUBLIC},
        "dcat:theme": {"@id": GOVERNMENT},
        "dct:issued": {
            "@type": "xsd:date",
            "@value": edition.frozen_at.date().isoformat() if edition.frozen_at else "",
        },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:gYear", "@value": str(edition.year_from)},
            "dcat:endDate": {"@type": "xsd:gYear", "@value": str(edition.year_to)},
        },
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": _swedish(f"{edition.title} ({name})"),
                "dcat:accessURL": {
                    "@id": address(f"report_open:report_{name}", page.slug, edition.pk)
                },
                "dcat:downloadURL": {
                    "@id": address(f"report_open:report_{name}", page.slug, edition.pk)
                },
                "dcat:mediaType": {
                    "@id": f"http://www.iana.org/assignments/media-types/{media_type}"
                },
                "dct:license": {"@id": CC0},
                "dct:conformsTo": {"@id": address("report_open:schema")},
            }
            for name, media_type in FORMATS.items()
        ],
    }


def _object(properties: Data) -> Data:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _swedish(text: str) -> Data:
    return {"@language": "sv", "@value": text}
