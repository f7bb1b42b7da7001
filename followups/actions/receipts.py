"""The partner's receipt: claimed, sent, and marked as sent (docs/adr/0012)."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _, override

from followups.documents import receipt_pdf
from followups.models import ReceiptLetter
from partnerships.history import attributed
from partnerships.sending import waits


def send_receipt(receipt: ReceiptLetter, *, at: datetime) -> bool:
    """Send a receipt that nobody else is sending. False when it has gone or another process has it."""
    mine = ReceiptLetter.objects.filter(pk=receipt.pk).filter(waits(at))
    if not mine.update(tried_at=at):
        return False
    _message(receipt).send()
    receipt.refresh_from_db()
    receipt.sent_at = at
    attributed(receipt, by=None, reason=_("Sent")).save()
    return True


def receipts_to_send(*, at: datetime) -> list[ReceiptLetter]:
    """Receipts that have not been sent and that nobody has tried lately, oldest first."""
    return list(ReceiptLetter.objects.filter(waits(at)).order_by("written_at", "pk"))


def _message(receipt: ReceiptLetter) -> EmailMessage:
    """The letter with the receipt as PDF, in the partner's language."""
    version = receipt.version
    report = version.report
    with override(receipt.language):
        words = {"agreement": " ".join(report.agreement.name.split()), "period": report}
        letter = EmailMessage(
            _("Receipt: report on %(agreement)s, %(period)s") % words,
            _("The report has come in. What you handed in is attached.") + "\n",
            to=[receipt.recipient],
            headers={"Message-ID": receipt.message_id},
        )
    pdf = receipt_pdf(version, receipt.language)
    letter.attach(f"receipt-{version.report_id}-{version.number}.pdf", pdf, "application/pdf")
    return letter
