"""Fill a municipality with invented agreements, to try the portal at size."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from accounts.models import Membership, User
from accounts.permissions import Role
from demo import names
from demo.generator import AGREEMENTS_PER_PARTNER, PARTNERS_PER_SEED, SEEDS, Generator, is_used
from organisations.models import Committee, Municipality

INVENTED = "Exempelby kommun"
MOST = AGREEMENTS_PER_PARTNER * PARTNERS_PER_SEED


class Command(BaseCommand):
    help = "Makes N invented agreements with partners, revisions and contributions; the same for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--agreements", type=int, required=True, metavar="N")
        parser.add_argument(
            "--seed", type=int, default=1, help=f"0 to {SEEDS - 1}, each once; default: 1"
        )
        parser.add_argument(
            "--municipality",
            default=INVENTED,
            metavar="NAME",
            help=f"default: {INVENTED}, made when missing",
        )

    def handle(self, **options):
        self._check(**options)
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
            if options["municipality"] == INVENTED:
                self.stdout.write(
                    f"To see them, give {names.AUTHOR_EMAIL} a password with changepassword and sign in."
                )

    def _check(self, *, agreements, seed, municipality, **options):
        """Refuse, with a sentence, what cannot be made."""
        if not 1 <= agreements <= MOST:
            raise CommandError(f"Say how many agreements to make, from 1 to {MOST}.")
        if not 0 <= seed < SEEDS:
            raise CommandError(f"Choose a seed from 0 to {SEEDS - 1}.")
        if is_used(seed):
            raise CommandError(
                f"Agreements have been made from seed {seed} before. Choose another --seed."
            )
        if municipality == INVENTED:
            return
        if not Municipality.objects.filter(name=municipality).exists():
            raise CommandError(f"There is no municipality “{municipality}” in the register.")
        if not User.objects.filter(municipality__name=municipality).exists():
            raise CommandError(
                f"“{municipality}” has no users, and somebody must have registered the agreements. Add a user first."
            )

    @transaction.atomic
    def _municipality(self, name):
        """The municipality; the invented one is made with an officer when it is missing."""
        if name != INVENTED:
            return Municipality.objects.get(name=name)
        municipality, is_new = Municipality.objects.get_or_create(name=name)
        if is_new:
            author = User.objects.create_user(
                names.AUTHOR_EMAIL,
                first_name="Gun",
                last_name="Generator",
                municipality=municipality,
            )
            committee = Committee.objects.create(
                municipality=municipality, name=names.COMMITTEES[0]
            )
            Membership.objects.create(user=author, committee=committee, role=Role.OFFICER)
        return municipality
