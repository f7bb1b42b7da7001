from organisations.models.municipality import (
    Committee,
    InMunicipalityQuerySet,
    Municipality,
    Office,
    PopulationFigure,
    Unit,
)
from organisations.models.partner import LegalForm, Partner, PartnerName
from organisations.models.reference import ExchangeRate, Threshold

__all__ = [
    "Committee",
    "ExchangeRate",
    "InMunicipalityQuerySet",
    "LegalForm",
    "Municipality",
    "Office",
    "Partner",
    "PartnerName",
    "PopulationFigure",
    "Threshold",
    "Unit",
]
