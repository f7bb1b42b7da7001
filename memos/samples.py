"""A memo that shows what a template looks like. Whoever makes one takes it back afterwards."""

from datetime import date
from decimal import Decimal

from accounts.models import User
from agreements.models import Agreement, Contribution, Party, Revision
from memos.models import (
    Consultation,
    DecisionBasis,
    InterpellationQuestion,
    Memo,
    MemoSection,
    MemoTemplate,
    ProposalPoint,
    Recipient,
    Signatory,
)
from organisations.models import Committee

# In the language of record, as the memo itself.
TEXT = "Här står texten under rubriken. Den skrivs i tjänsteskrivelsen."
DAY = date(2026, 3, 2)
POINTS = ("Nämnden godkänner avtalet.", "Förvaltningen följer upp avtalet senast 2026-12-31.")
LINES = (("Heltidstjänst", Decimal(550_000)), ("Lokal", Decimal(120_000)))


def sample_memo(template: MemoTemplate, committee: Committee, *, by: User) -> Memo:
    """A memo with something in every section, saved: to be made in a transaction that is undone."""
    memo = Memo.objects.create(
        title="Exempel på tjänsteskrivelse",
        committee=committee,
        template=template,
        agreement=None,
        revision=_sample_revision(committee),
        diary_number="KS 2026-1",
        dated_on=DAY,
        office=committee.municipality.offices.first(),
        union_consultation=Memo.UnionConsultation.NOT_CALLED_FOR,
        created_by=by,
    )
    for section in template.sections.all():
        if section.has_text:
            text = section.hint or TEXT
            MemoSection.objects.create(memo=memo, template_section=section, text=text)
    for position, text in enumerate(POINTS, start=1):
        ProposalPoint.objects.create(memo=memo, position=position, text=text)
    DecisionBasis.objects.create(memo=memo, title="Tjänsteskrivelse – Exempel", dated_on=DAY)
    Consultation.objects.create(
        memo=memo,
        consulted="Kommunjuristen",
        subject="avtalets utformning",
        outcome=Consultation.Outcome.values[0],
        is_printed=True,
    )
    Recipient.objects.create(memo=memo, function="Akten")
    Signatory.objects.create(memo=memo, name="Namn Namnsson", title="Direktör")
    _sample_questions(memo)
    return Memo.objects.with_parts().get(pk=memo.pk)


def _sample_revision(committee: Committee) -> Revision:
    """A draft of an agreement, for the tables of contributions."""
    agreement = Agreement.objects.create(
        kind=Agreement.Kind.IOP, name="Exempelavtal", committee=committee
    )
    revision = Revision.objects.create(agreement=agreement, number=1, kind=Revision.Kind.ORIGINAL)
    for position, (label, amount) in enumerate(LINES, start=1):
        Contribution.objects.create(
            revision=revision,
            party=Party.MUNICIPALITY,
            position=position,
            kind=Contribution.Kind.OTHER,
            label=label,
            stated_amount=amount,
        )
    return revision


def _sample_questions(memo: Memo) -> None:
    if memo.answers_interpellation:
        InterpellationQuestion.objects.create(memo=memo, text="Hur går det?", answer=TEXT)
