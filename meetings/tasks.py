"""Background work: a letter with an extract is sent outside of the request that wrote it."""

from datetime import datetime

from django.utils.timezone import now
from django_tasks import task

from meetings.actions import letters_to_send, send
from meetings.models import DispatchLetter


@task()
def send_extract(letter_id: int) -> bool:
    """Send a letter; nothing happens when it has been sent or is gone."""
    letter = DispatchLetter.objects.filter(pk=letter_id).first()
    return letter is not None and send(letter, at=now())


def send_waiting(*, at: datetime) -> int:
    """Hand over what has not been sent, for `scheduled_work`; gives how many letters."""
    waiting = letters_to_send(at=at)
    for letter in waiting:
        send_extract.enqueue(letter.pk)
    return len(waiting)
