"""Starting an edition and writing it."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.history import attributed
from report.models import Edition, ReportFigure, ReportSection


class EditionFrozenError(Exception):
    """An edition that the board has noted is not changed; the message is for the user."""


@dataclass
class RowsDraft:
    """The rows of one list, in order, and those to remove."""

    rows: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)


@transaction.atomic
def start_edition(edition: Edition, *, by: User) -> Edition:
    """Save a new edition with the sections of its series."""
    attributed(edition, by=by).save()
    for template in edition.series.sections.all():
        section = ReportSection(
            edition=edition,
            position=template.position,
            heading=template.heading,
            content=template.content,
            kind=template.kind,
            hint=template.hint,
        )
        attributed(section, by=by).save()
    return edition


@transaction.atomic
def save_edition(edition: Edition, *, texts: dict[int, str], by: User, reason: str = "") -> Edition:
    """Save an edition's facts and the texts of its sections, by key. Raises EditionFrozenError."""
    draft_locked(edition)
    attributed(edition, by=by, reason=reason).save()
    for section in edition.sections.all():
        text = texts.get(section.pk, section.text)
        if text != section.text:
            section.text = text
            attributed(section, by=by, reason=reason).save()
    return edition


@transaction.atomic
def save_figure(
    figure: ReportFigure, *, exclusions: RowsDraft, by: User, reason: str = ""
) -> ReportFigure:
    """Save a figure with what it leaves out. Raises EditionFrozenError."""
    draft_locked(figure.edition)
    if figure.pk is None:
        last = figure.edition.figures.aggregate(last=models.Max("position"))["last"]
        figure.position = (last or 0) + 1
    attributed(figure, by=by, reason=reason).save()
    save_rows(figure, "figure", exclusions, by=by, reason=reason)
    return figure


@transaction.atomic
def remove_figure(figure: ReportFigure, *, by: User) -> None:
    """Remove a figure; its history stays. Raises EditionFrozenError."""
    draft_locked(figure.edition)
    attributed(figure, by=by, reason=_("Figure removed")).delete()


@transaction.atomic
def discard_edition(edition: Edition, *, by: User) -> None:
    """Give up an edition that came to nothing; its history stays. Raises EditionFrozenError."""
    locked = draft_locked(edition)
    attributed(locked, by=by, reason=_("Draft discarded")).delete()


def draft_locked(edition: Edition) -> Edition:
    """The edition's row, locked, if it is still being written. Raises EditionFrozenError."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    check_draft(locked)
    return locked


def check_draft(edition: Edition) -> None:
    """Raises EditionFrozenError unless the edition is still being written."""
    if not edition.is_draft:
        raise EditionFrozenError(_("The board has noted the edition, and it is not changed."))


def save_rows(
    owner: models.Model, name: str, draft: RowsDraft, *, by: User, reason: str = ""
) -> None:
    """Save the rows of a list under their owner, in order where they have one."""
    for row in draft.removed:
        attributed(row, by=by, reason=reason).delete()
    for position, row in enumerate(draft.rows, start=1):
        setattr(row, name, owner)
        if hasattr(row, "position"):
            row.position = position
        attributed(row, by=by, reason=reason).save()
