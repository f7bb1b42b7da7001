"""All work that comes with the day. Run it every quarter of an hour; a missed run loses nothing."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from django.utils.timezone import localdate, now

from audit.chain import seal
from operations.models import ScheduledRun
from organisations.actions import erase_expired_contacts
from worklist.actions import letters_to_send, write_letters
from worklist.stuck import restart_stuck
from worklist.tasks import send_letter

logger = logging.getLogger("portal.scheduled_work")


class Command(BaseCommand):
    help = (
        "Write the reminders that have come, send what is waiting, restart what is stuck, and "
        "erase contacts whose time has run out. A step that fails is logged, and the others done."
    )

    def handle(self, **options):
        done, failed = {}, []
        for name, step in _steps():
            try:
                done[name] = step()
            except Exception:  # whatever it is, the next step is done
                logger.exception("A step of the scheduled work failed: %s", name)
                failed.append(name)
        if failed:
            raise CommandError(f"These steps failed, and are told of above: {', '.join(failed)}")
        ScheduledRun.objects.update_or_create(pk=1, defaults={"done_at": now()})
        if options["verbosity"]:
            sent = sum(done[name] for name in ("send_letters", *settings.SCHEDULED_WORK))
            self.stdout.write(
                f"{done['write_letters']} letters written, {sent} handed over to be sent, "
                f"{done['restart_stuck']} stuck jobs restarted, "
                f"{done['erase_expired_contacts']} contacts erased"
            )


def _steps() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each step by its name; how many it did."""
    yield "erase_expired_contacts", lambda: erase_expired_contacts(on=localdate(), at=now())
    yield "write_letters", lambda: len(write_letters(today=localdate(), at=now()))
    yield "restart_stuck", lambda: restart_stuck(at=now())
    yield "send_letters", _send_letters
    for path in settings.SCHEDULED_WORK:
        yield path, partial(_done_elsewhere, path)
    yield "seal", lambda: seal(at=now())


def _done_elsewhere(path: str) -> int:
    return import_string(path)(at=now())


def _send_letters() -> int:
    waiting = letters_to_send(at=now())
    for letter in waiting:
        send_letter.enqueue(letter.pk)
    return len(waiting)
