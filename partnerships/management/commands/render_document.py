"""Write one document of record to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnerships.records import UnknownRecordError, render


class Command(BaseCommand):
    help = "Renders or fetches the document with this id (see `documents`) as PDF."

    def add_arguments(self, parser):
        parser.add_argument("id")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, **options):
        try:
            pdf = render(options["id"])
        except UnknownRecordError as error:
            raise CommandError(str(error)) from error
        try:
            options["output"].write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}.") from error
        self.stdout.write(f"{options['output']}: {len(pdf)} bytes")
