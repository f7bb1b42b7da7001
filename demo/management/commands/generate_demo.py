"""Fill a municipality with invented agreements, to try the portal at size."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from accounts.models import User
from demo.generator import Generator
from organisations.models import Municipality

INVENTED = "Exempelby kommun"


class Command(BaseCommand):
    help = "Makes N invented agreements with partners, revisions and contributions; the same for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--agreements", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--municipality",
            default=INVENTED,
            metavar="NAME",
            help=f"default: {INVENTED}, made when missing",
        )

    def handle(self, **options):
        if options["agreements"] < 1:
            raise CommandError("Say how many agreements to make, at least 1.")
        started = now()
        generator = Generator(
            self._municipality(options["municipality"]), seed=options["seed"], at=started
        )
        for made in generator.run(options["agreements"]):
            if options["verbosity"]:
                self.stdout.write(f"{made} agreements", ending="\r")
                self.stdout.flush()
        seconds = (now() - started).total_seconds()
        if options["verbosity"]:
            self.stdout.write(f"{made} agreements in {seconds:.0f} s")

    def _municipality(self, name):
        if name != INVENTED:
            try:
                return Municipality.objects.get(name=name)
            except Municipality.DoesNotExist as error:
                raise CommandError(f"There is no municipality “{name}” in the register.") from error
        municipality, is_new = Municipality.objects.get_or_create(name=name)
        if is_new:
            User.objects.create_user(
                "generator@exempelby.example",
                first_name="Gun",
                last_name="Generator",
                municipality=municipality,
            )
        return municipality
