"""Printing a draft outside of the request.

A run says how far it is; what it has been replaced by, or has outlived, it does not overwrite.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from partnerships.documents import DocumentRefusedError
from partnerships.history import attributed
from report.documents import content_of, report_pdf
from report.models import Edition, Rendering

Clock = Callable[[], datetime]
State = Rendering.State


def ask_for_print(edition: Edition, *, by: User, at: datetime) -> Rendering:
    """A printing of the edition that waits to be begun; one that is under way is given instead."""
    for waiting in edition.renderings.order_by("-pk")[:1]:
        if waiting.is_running and not waiting.has_stood_still(at):
            return waiting
    rendering = Rendering(edition=edition, asked_at=at, asked_by=by, alive_at=at)
    attributed(rendering, by=by).save()
    return rendering


def print_edition(rendering: Rendering, *, clock: Clock) -> None:
    """Compute, print and keep the file; when it is refused, the reason."""
    edition = Edition.objects.with_parts().get(pk=rendering.edition_id)
    _say(rendering, State.FIGURES, clock)
    content = content_of(edition, at=clock())
    _say(rendering, State.PRINTING, clock)
    try:
        pdf = report_pdf(edition, content, is_draft=edition.is_draft)
    except DocumentRefusedError as error:
        fail_print(rendering, problem=str(error))
    else:
        _keep(rendering, pdf)


@transaction.atomic
def fail_print(rendering: Rendering, *, problem: str = "") -> None:
    """Say that it came to nothing. What is done stays done."""
    locked = Rendering.objects.select_for_update().get(pk=rendering.pk)
    if locked.is_running:
        locked.state, locked.problem = State.FAILED, problem[:300]
        attributed(locked, by=locked.asked_by).save()


@transaction.atomic
def _keep(rendering: Rendering, pdf: bytes) -> None:
    locked = Rendering.objects.select_for_update().get(pk=rendering.pk)
    if locked.is_running and locked.run == rendering.run:
        locked.state = State.DONE
        locked.file.save("report.pdf", ContentFile(pdf), save=False)
        attributed(locked, by=locked.asked_by).save()


def _say(rendering: Rendering, state: State, clock: Clock) -> None:
    """How far it is. Progress is no fact about the report, so it leaves no history."""
    running = [State.WAITING, State.FIGURES, State.PRINTING]
    mine = Rendering.objects.filter(pk=rendering.pk, run=rendering.run, state__in=running)
    mine.update(state=state, alive_at=clock())
