"""Background work: the partner's receipt is made and sent outside of the request."""

from datetime import datetime

from django.utils.timezone import now
from django_tasks import task

from followups.actions import receipts_to_send, send_receipt
from followups.models import ReceiptLetter


@task()
def send_receipt_letter(receipt_id: int) -> bool:
    """Send a receipt; nothing happens when it has been sent or is gone."""
    receipts = ReceiptLetter.objects.select_related(
        "version__report__agreement__committee__municipality"
    )
    receipt = receipts.filter(pk=receipt_id).first()
    return receipt is not None and send_receipt(receipt, at=now())


def send_waiting(*, at: datetime) -> int:
    """Hand over what has not been sent, for `scheduled_work`; gives how many receipts."""
    waiting = receipts_to_send(at=at)
    for receipt in waiting:
        send_receipt_letter.enqueue(receipt.pk)
    return len(waiting)
