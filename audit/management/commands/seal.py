"""Seal the log, and tell the fingerprint. Keep what it prints outside of the portal."""

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from audit.chain import seal


class Command(BaseCommand):
    help = "Seal the entries of the log since the last seal, and print the fingerprint."

    def handle(self, **options):
        sealed = seal(at=now())
        if sealed:
            self.stdout.write(f"{sealed.first}–{sealed.last}: {sealed.digest}")
        else:
            self.stdout.write("Nothing has been logged since the last seal.")
