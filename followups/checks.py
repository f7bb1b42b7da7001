"""What a report lacks before it can be handed in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from followups.models import FollowUpReport


def missing(report: FollowUpReport) -> list[str]:
    """What must be there before the report is handed in, a sentence each."""
    return list(_missing(report))


def _missing(report: FollowUpReport) -> Iterator[str]:
    for row in report.values.all():
        if row.value is None and not row.comment.strip():
            yield _("“%(name)s”: write the figure, or in the comment why there is none.") % {
                "name": row
            }
    for answer in report.answers.all():
        if answer.question.is_required and not answer.text.strip():
            yield _("“%(heading)s” is not answered.") % {"heading": answer}
