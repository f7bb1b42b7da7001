"""A committee's decision on the memo of an edition notes the edition."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from meetings.bindings import BindingRefusedError
from meetings.models import AgendaItem, Decision
from partnerships.dates import ApproximateDate
from report.actions import (
    EditionFrozenError,
    EditionNotReadyError,
    Printed,
    keep_as_noted,
    print_for_noting,
)
from report.models import Edition


def bindings(item: AgendaItem) -> Iterator["NotedEdition"]:
    """The editions that the item's memo brings before the board, and those noted in the item."""
    if item.memo is None:
        return
    for edition in Edition.objects.filter(memo=item.memo).order_by("pk"):
        if edition.is_draft or edition.noted_in_id == item.pk:
            yield NotedEdition(edition)


class NotedEdition:
    """The board notes an edition, which is then kept as it was, with its PDF."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.key = f"report-{edition.pk}"
        self.title = edition.title
        self.url = edition.get_absolute_url()
        self.is_done = not edition.is_draft
        self.printed: Printed | None = None

    @property
    def sentence(self) -> str:
        """What is done, or was."""
        if self.is_done:
            return _("The report was noted and is kept as it was.")
        return _("The report is noted and kept as it is, with its PDF")

    def prepare(self, *, at: datetime) -> None:
        """Print it, which takes seconds."""
        try:
            self.printed = print_for_noting(self.edition, at=at)
        except EditionNotReadyError as error:
            raise self._refused(error) from error

    def take_effect(self, decision: Decision, *, by: User, at: datetime) -> None:
        """Keep what was printed, as noted on the day of the meeting."""
        printed = self.printed or print_for_noting(self.edition, at=at)
        item = decision.item
        day = ApproximateDate.exactly(item.meeting.held_on)
        try:
            keep_as_noted(printed, noted_on=day, item=item, by=by, at=at)
        except (EditionFrozenError, EditionNotReadyError) as error:
            raise self._refused(error) from error

    def _refused(self, error: Exception) -> BindingRefusedError:
        return BindingRefusedError(f"{self.title}: {error}")
