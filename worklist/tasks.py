"""Background work: a letter is sent outside of the run that wrote it."""

from django.utils.timezone import now
from django_tasks import task

from worklist.actions import send
from worklist.models import Letter


@task()
def send_letter(letter_id: int) -> bool:
    """Send a letter; nothing happens when it has been sent or is gone."""
    letter = Letter.objects.filter(pk=letter_id).first()
    return letter is not None and send(letter, at=now())
