from organisations.models.municipality import (
    Committee,
    InMunicipalityQuerySet,
    Municipality,
    Office,
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
]
