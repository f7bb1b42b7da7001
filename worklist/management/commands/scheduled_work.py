"""All work that comes with the day. Run it every quarter of an hour; a missed run loses nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string
from django.utils.timezone import localdate, now

from audit.chain import seal
from operations.models import ScheduledRun
from organisations.actions import erase_expired_contacts
from worklist.actions import letters_to_send, write_letters
from worklist.stuck import restart_stuck
from worklist.tasks import send_letter


class Command(BaseCommand):
    help = (
        "Write the reminders that have come, send what is waiting, restart what is stuck, and "
        "erase contacts whose time has run out."
    )

    def handle(self, **options):
        erased = erase_expired_contacts(on=localdate(), at=now())
        written = write_letters(today=localdate(), at=now())
        restarted = restart_stuck(at=now())
        waiting = letters_to_send(at=now())
        for letter in waiting:
            send_letter.enqueue(letter.pk)
        begun = sum(import_string(path)(at=now()) for path in settings.SCHEDULED_WORK)
        seal(at=now())
        ScheduledRun.objects.update_or_create(pk=1, defaults={"done_at": now()})
        if options["verbosity"]:
            self.stdout.write(
                f"{len(written)} letters written, {len(waiting) + begun} handed over to be sent, "
                f"{restarted} stuck jobs restarted, {erased} contacts erased"
            )
