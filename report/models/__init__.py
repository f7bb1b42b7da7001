from report.models.edition import Edition, ReportSection
from report.models.figure import FigureExclusion, Measure, ReportFigure
from report.models.focus import AskedOffice, FocusAnswer, FocusQuestion
from report.models.public import PublicPage
from report.models.rendering import Rendering
from report.models.series import (
    NextEdition,
    ReportRhythm,
    ReportSeries,
    SectionContent,
    SectionTemplate,
)
from report.models.value import (
    Basis,
    Change,
    Figure,
    Group,
    NotAddableError,
    Qualifier,
    Scale,
    Unit,
    change,
    keep_apart,
    total,
)

__all__ = [
    "AskedOffice",
    "Basis",
    "Change",
    "Edition",
    "Figure",
    "FigureExclusion",
    "FocusAnswer",
    "FocusQuestion",
    "Group",
    "Measure",
    "NextEdition",
    "NotAddableError",
    "PublicPage",
    "Qualifier",
    "Rendering",
    "ReportFigure",
    "ReportRhythm",
    "ReportSection",
    "ReportSeries",
    "Scale",
    "SectionContent",
    "SectionTemplate",
    "Unit",
    "change",
    "keep_apart",
    "total",
]
