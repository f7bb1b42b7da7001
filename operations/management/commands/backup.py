"""Everything that the portal holds, in one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from operations.archive import write_archive
from operations.databases import DatabaseToolError


class Command(BaseCommand):
    help = "Write the database and every stored file to one archive, while the portal runs."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        if file.exists():
            raise CommandError(f"{file} is there already. Choose another name.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}.")
        try:
            contents = write_archive(file, at=now())
        except DatabaseToolError as failure:
            raise CommandError(str(failure)) from failure
        for name in contents.gone:
            self.stderr.write(f"{name} was deleted meanwhile, and is not in the archive.")
        if options["verbosity"]:
            self.stdout.write(f"{file}: the database and {len(contents.sha256) - 1} files.")
