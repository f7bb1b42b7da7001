"""Give a municipality's agreements invented payments, to try sums and reports at size."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from demo.management.commands.generate_demo import INVENTED
from demo.payment_generator import PaymentGenerator
from organisations.models import Municipality

MOST = 1000


class Command(BaseCommand):
    help = "Makes N invented payments on each agreement that has begun; the same for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--per-agreement", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, help="each once; default: 1")
        parser.add_argument(
            "--municipality", default=INVENTED, metavar="NAME", help=f"default: {INVENTED}"
        )

    def handle(self, *, per_agreement, seed, municipality, verbosity, **options):
        if not 1 <= per_agreement <= MOST:
            raise CommandError(
                f"Say how many payments to make on each agreement, from 1 to {MOST}."
            )
        found = Municipality.objects.filter(name=municipality).first()
        if found is None or not found.users.exists():
            raise CommandError(
                f"There is no municipality “{municipality}” with users. Make one with generate_demo."
            )
        generator, made = PaymentGenerator(found, seed=seed, at=now()), 0
        if generator.is_used():
            raise CommandError(
                f"Payments have been made from seed {seed} before. Choose another --seed."
            )
        for made in generator.run(per_agreement):
            if verbosity:
                self.stdout.write(f"{made} payments", ending="\r")
                self.stdout.flush()
        if verbosity:
            self.stdout.write(f"{made} payments")
