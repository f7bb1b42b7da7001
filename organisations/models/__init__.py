from organisations.models.municipality import (
    Committee,
    InMunicipalityQuerySet,
    Municipality,
    Office,
    PopulationFigure,
    Unit,
)
from organisations.models.partner import LegalForm, Partner, PartnerName

__all__ = [
    "Committee",
    "InMunicipalityQuerySet",
    "LegalForm",
    "Municipality",
    "Office",
    "Partner",
    "PartnerName",
    "PopulationFigure",
    "Unit",
]
