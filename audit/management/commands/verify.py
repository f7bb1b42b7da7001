"""Hold everything against the log, the checksums and the rules. Changes nothing."""

from django.core.management.base import BaseCommand, CommandError

from audit.models import Seal
from audit.verification import verify


class Command(BaseCommand):
    help = (
        "Find forged or missing log entries, rows changed past the log, changed files, and "
        "agreements whose revisions or kept values do not hold together."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--seal",
            metavar="SHA256",
            help="a fingerprint that `seal` printed: also hold that it is still in the chain",
        )

    def handle(self, **options):
        findings = [str(finding) for finding in verify()]
        digest = options["seal"]
        if digest and not Seal.objects.filter(digest=digest).exists():
            findings.append(f"seal {digest}: it is not in the chain; the log was cut or replaced")
        for finding in findings:
            self.stdout.write(finding)
        if findings:
            raise CommandError(f"{len(findings)} findings")
        if options["verbosity"]:
            self.stdout.write("Everything is as it was logged and stored.")
