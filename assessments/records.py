"""Assessments among the documents of record, and on the timeline of what they were made for."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.models import Agreement
from assessments.documents import assessment_pdf, subject_name
from assessments.models import Assessment
from organisations.models import PartnerName
from partnerships.dates import ApproximateDate
from partnerships.records import Issued, Record
from partnerships.together import Questions, attach


class AssessmentRecords:
    """Every assessment; a confirmed one as it was issued, a draft as it stands."""

    prefix = "assessment"

    def records(self) -> Iterator[Record]:
        """The assessments, oldest first."""
        for assessment in Assessment.objects.with_answers().order_by("pk"):
            revision = assessment.revision
            yield Record(
                id=f"{self.prefix}-{assessment.pk}",
                kind="assessment",
                title=str(assessment),
                diary_number=assessment.diary_number,
                agreement=revision.agreement.name if revision else "",
                state="draft" if assessment.is_draft else "confirmed",
            )

    def render(self, key: str) -> bytes | None:
        """The assessment's PDF; None when there is no assessment with this key."""
        if not (key.isascii() and key.isdigit()):
            return None
        assessment = Assessment.objects.with_answers().filter(pk=key).first()
        return assessment and pdf_of(assessment)

    def find_issued(self, sha256: str, user: User | AnonymousUser) -> Issued | None:
        """The issued document with these bytes."""
        found = Assessment.objects.filter(pdf_sha256=sha256, confirmed_at__isnull=False)
        assessment = found.select_related("committee__municipality").order_by("pk").first()
        if assessment is None or assessment.confirmed_at is None:
            return None
        return Issued(
            kind=_("Assessment"),
            issuer=assessment.committee.municipality.name,
            on=localtime(assessment.confirmed_at).date(),
            number=1,
            latest=1,
            url=assessment.get_absolute_url() if _may_read(assessment, user) else "",
        )


def _may_read(assessment: Assessment, user: User | AnonymousUser) -> bool:
    if not isinstance(user, User):
        return False
    return Assessment.objects.visible_to(user).filter(pk=assessment.pk).exists()


def pdf_of(assessment: Assessment) -> bytes:
    """The PDF as issued, byte for byte; of a draft, as it stands."""
    if assessment.is_draft:
        return assessment_pdf(assessment)
    with assessment.pdf.open("rb") as file:
        return file.read()


def happenings(agreement: Agreement, user: User) -> Questions[list[Happening]]:
    """The assessments made for the agreement, for its timeline."""
    assessments = Assessment.objects.visible_to(user).filter(revision__agreement=agreement)
    rows, names = yield [
        assessments.select_related("partner", "project").order_by("pk"),
        PartnerName.objects.filter(partner__in=assessments.order_by().values("partner")),
    ]
    attach([row.partner for row in rows], "names", names, by="partner_id")
    return [happening(row) for row in rows]


def happening(assessment: Assessment) -> Happening:
    """The assessment as an event on a timeline."""
    moment = assessment.confirmed_at or assessment.created_at
    return Happening(
        _("Assessments"),
        "assessment",
        subject_name(assessment),
        ApproximateDate.exactly(assessment.dated_on or localtime(moment).date()),
        note=str(assessment.get_result_display() if assessment.result else _("draft")),
        url=assessment.get_absolute_url(),
    )
