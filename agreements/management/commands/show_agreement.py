"""Print what an agreement's page answers for a day, for scripts and support."""

import json
from datetime import date, datetime, time, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from agreements.checks import open_findings
from agreements.documents import agreement_as_data, facts_known_at, facts_of, fetch_with_facts
from agreements.models import Agreement, AgreementOn, SourceFlag
from agreements.words import (
    deadlines_words,
    held_words,
    obligation_words,
    price_words,
    revision_words,
    status_words,
    term_words,
)
from partnerships.money import kronor

NAMED_AT_MOST = 10


def day(text):
    """A day written as year-month-day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"“{text}” is no day. Write year-month-day, for example 2018-06-30."
        ) from error


class Command(BaseCommand):
    help = "Print an agreement as it was on a day: the same answer as its page."

    def add_arguments(self, parser):
        parser.add_argument("agreement", help="its name, its diary number, or words of either")
        parser.add_argument("--on", type=day, metavar="DATE", help="the day; default: today")
        parser.add_argument(
            "--known", type=day, metavar="DATE", help="with what the portal knew on this day"
        )
        parser.add_argument("--municipality", help="when two have an agreement of that name")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, **options):
        agreement = self._find(options["agreement"], options["municipality"])
        on, known = options["on"] or localdate(), options["known"]
        facts = self._facts(agreement, known)
        answer, flags = AgreementOn(facts, on), list(agreement.flags.all())
        if options["format"] == "json":
            known_at = known and known.isoformat()
            data = agreement_as_data(answer, flags, known_at=known_at)
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            self._print(answer, flags)

    def _find(self, text, municipality):
        agreements = Agreement.objects.all()
        if municipality:
            agreements = agreements.filter(committee__municipality__name=municipality)
        for found in (
            agreements.filter(diary_number__iexact=text),
            agreements.filter(name__iexact=text),
            agreements.matching(text),
        ):
            rows = list(found[: NAMED_AT_MOST + 1])
            if len(rows) == 1:
                return fetch_with_facts(Agreement.objects.filter(pk=rows[0].pk))[0]
            if rows:
                names = "; ".join(f"{row} ({row.municipality})" for row in rows[:NAMED_AT_MOST])
                raise CommandError(f"More than one agreement matches “{text}”: {names}. Say which.")
        raise CommandError(f"No agreement matches “{text}”.")

    def _facts(self, agreement, known):
        if known is None:
            return facts_of(agreement)
        after = datetime.combine(known + timedelta(days=1), time.min, get_current_timezone())
        facts = facts_known_at(agreement, after)
        if facts is None:
            raise CommandError(f"The portal did not hold “{agreement}” on {known}.")
        return facts

    def _print(self, answer: AgreementOn, flags: list[SourceFlag]):
        agreement = answer.facts.agreement
        diary_number = agreement.diary_number or _("no diary number")
        self.stdout.write(f"{agreement} ({diary_number})")
        rows = [
            (_("On"), answer.day.isoformat()),
            (_("Partners"), ", ".join(str(party.partner) for party in agreement.parties.all())),
            (_("Status"), status_words(answer)),
            (_("Revision"), revision_words(answer)),
            (_("Term"), term_words(answer)),
            (_("Bears the cost"), held_words(answer.cost)),
            (_("Administers"), held_words(answer.administration)),
        ]
        if answer.revision.revision:
            rows.append(
                (_("Target group"), answer.revision.revision.target_group or _("not known"))
            )
        for side in answer.totals.parties if answer.totals else ():
            known = kronor(side.amount) if side.amount is not None else _("not known")
            rows.append((_("Contributes: %(name)s") % {"name": side.name}, known))
        rows += [(price.line.label, price_words(price)) for price in answer.prices]
        for obligation, is_certain in answer.obligations:
            label = _("Undertaking: %(party)s") % {"party": obligation.get_party_display()}
            rows.append((label, obligation_words(obligation, is_certain)))
        rows += deadlines_words(answer)
        texts = [flag.text for flag in flags if flag.state == SourceFlag.State.OPEN]
        texts += [finding.text for finding in open_findings(answer, flags)]
        rows += [(_("Open flag"), text) for text in texts]
        for label, text in rows:
            self.stdout.write(f"  {label}: {text}")
