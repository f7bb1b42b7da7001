"""List every document of record."""

import json

from django.core.management.base import BaseCommand

from partnerships.records import all_records

COLUMNS = ("id", "kind", "title", "diary_number", "agreement", "state")


class Command(BaseCommand):
    help = "Lists every document of record: id, kind, title, diary number, agreement and state."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, **options):
        rows = [record.as_dict() for record in all_records()]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        widths = {name: max([len(name), *(len(row[name]) for row in rows)]) for name in COLUMNS}
        for row in [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]:
            self.stdout.write("  ".join(row[name].ljust(widths[name]) for name in COLUMNS).rstrip())
