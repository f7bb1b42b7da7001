"""Compute a municipality's sector report, or give a noted one as it was noted."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from partnerships.export import write_sheets
from report.documents import content_of, workbook_sheets
from report.models import Edition
from report.records import pdf_of


class Command(BaseCommand):
    help = "Writes a sector report as JSON, Excel or PDF: as noted, else as it would be now."

    def add_arguments(self, parser):
        parser.add_argument("--municipality", required=True, metavar="NAME")
        parser.add_argument("--from", dest="first", type=int, required=True, metavar="YEAR")
        parser.add_argument("--to", dest="last", type=int, required=True, metavar="YEAR")
        parser.add_argument("--format", choices=["json", "xlsx", "pdf"], default="json")
        parser.add_argument("--output", metavar="FILE", help="default: standard output")

    def handle(self, *, municipality, first, last, output, **options):
        edition = (
            Edition.objects.with_parts()
            .filter(series__municipality__name=municipality, year_from=first, year_to=last)
            .first()
        )
        if edition is None:
            raise CommandError(
                f"“{municipality}” has no edition about {first} to {last}. Start it in the portal first."
            )
        if output:
            with Path(output).open("wb") as file:
                self._write(file, edition, options["format"])
        elif options["format"] == "json":
            self.stdout.write(_json(edition))
        elif sys.stdout.isatty():
            raise CommandError("Say in which --output file to write it.")
        else:
            self._write(sys.stdout.buffer, edition, options["format"])

    def _write(self, file, edition, file_type):
        if file_type == "pdf":
            file.write(pdf_of(edition))
        elif file_type == "xlsx":
            write_sheets(file, workbook_sheets(_content(edition)))
        else:
            file.write(_json(edition).encode())


def _content(edition):
    return edition.snapshot or content_of(edition, at=now())


def _json(edition):
    return json.dumps(_content(edition), ensure_ascii=False, indent=2)
