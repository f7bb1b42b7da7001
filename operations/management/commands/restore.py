"""Everything back from a backup."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from operations import databases
from operations.archive import BadArchiveError, restore_archive


class Command(BaseCommand):
    help = "Put back the database and the files from an archive. Stop the portal first."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="even though the database is in use: all is lost"
        )

    def handle(self, file, **options):
        if not options["replace"] and not databases.is_empty():
            raise CommandError(
                "The database holds a portal. Restore to an empty one, or say --replace if "
                "everything in it may go."
            )
        try:
            contents = restore_archive(file)
        except (BadArchiveError, databases.DatabaseToolError) as failure:
            raise CommandError(str(failure)) from failure
        for name in contents.gone:
            self.stderr.write(
                f"{name} is not in the archive: it was deleted while the backup was made. "
                "verify says what in the portal still names it."
            )
        if options["verbosity"]:
            self.stdout.write(
                f"As it was {contents.made_at}: the database and {len(contents.sha256) - 1} files. "
                "Run migrate if this portal is newer, and then verify."
            )
