from organisations.models.municipality import (
    Committee,
    InMunicipalityQuerySet,
    Municipality,
    Office,
    PopulationFigure,
    Unit,
)
from organisations.models.partner import LegalForm, Partner, PartnerName
from organisations.models.project import (
    Contact,
    Erasure,
    IdeaBasedRegistration,
    PartnerProject,
)
from organisations.models.reference import ExchangeRate, Threshold

__all__ = [
    "Committee",
    "Contact",
    "Erasure",
    "ExchangeRate",
    "IdeaBasedRegistration",
    "InMunicipalityQuerySet",
    "LegalForm",
    "Municipality",
    "Office",
    "Partner",
    "PartnerName",
    "PartnerProject",
    "PopulationFigure",
    "Threshold",
    "Unit",
]
