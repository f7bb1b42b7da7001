"""Background work: the partner's receipt is made and sent outside of the request."""

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _, override
from django_tasks import task

from followups.documents import receipt_pdf
from followups.models import ReportVersion


@task()
def send_receipt(version_id: int, recipient: str, language: str) -> bool:
    """Send what was handed in to whoever handed it in; nothing happens when the version is gone."""
    versions = ReportVersion.objects.select_related("report__agreement__committee__municipality")
    version = versions.filter(pk=version_id).first()
    if version is None:
        return False
    with override(language):
        words = {
            "agreement": " ".join(version.report.agreement.name.split()),
            "period": version.report,
        }
        letter = EmailMessage(
            _("Receipt: report on %(agreement)s, %(period)s") % words,
            _("The report has come in. What you handed in is attached.") + "\n",
            to=[recipient],
        )
    pdf = receipt_pdf(version, language)
    letter.attach(f"receipt-{version.report_id}-{version.number}.pdf", pdf, "application/pdf")
    letter.send()
    return True
