"""Load the demo once, and say who can sign in."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from accounts.demo import DEMO_SIGN_INS
from accounts.models import User
from demo import names
from demo.loader import DemoMunicipality
from demo.payments import add_payments

FILES = ("linkoping.yaml", "goteborg.yaml")
WITH_PAYMENTS = "linkoping.yaml"


class Command(BaseCommand):
    help = "Loads the demo's two municipalities once; --show prints only who can sign in."

    def add_arguments(self, parser):
        parser.add_argument("--show", action="store_true", help="only print the sign-ins")

    def handle(self, **options):
        if not options["show"]:
            self._load()
        if options["show"] or options["verbosity"]:
            self._show()

    @transaction.atomic
    def _load(self):
        emails = {person.email for person in DEMO_SIGN_INS}
        found = set(User.objects.values_list("email", flat=True))
        if found & emails:
            return
        if found - {names.AUTHOR_EMAIL}:
            raise CommandError(
                "This installation has users of its own, so the demo is not loaded into it. "
                "Use an empty database for the demo."
            )
        for name in FILES:
            municipality = DemoMunicipality(name, at=now())
            municipality.build()
            if name == WITH_PAYMENTS:
                add_payments(municipality)

    def _show(self):
        self.stdout.write("Sign in as one of these invented people:")
        for person in DEMO_SIGN_INS:
            self.stdout.write(
                f"  {person.role.value:<10} {person.email:<32} {person.password}  ({person.municipality})"
            )
