"""Erase the contacts whose time has run out; to be run every day."""

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate, now

from organisations.actions import erase_expired_contacts


class Command(BaseCommand):
    help = "Erases contacts that are kept no longer, also from the history, and says how many."

    def handle(self, **options):
        count = erase_expired_contacts(on=localdate(), at=now())
        if options["verbosity"]:
            self.stdout.write(f"{count} contacts erased")
