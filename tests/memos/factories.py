"""Invented memos and templates."""

from datetime import UTC, datetime
from hashlib import sha256

import factory
from django.core.files.base import ContentFile

from memos.documents import memo_content
from memos.models import Memo, MemoTemplate, MemoVersion, ReviewComment, Signatory, TemplateSection
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import MunicipalityFactory

Content = TemplateSection.Content
AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


class MemoTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MemoTemplate
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Exempelmall {n}")
    document_name = "Tjänsteskrivelse"
    union_not_called_for = "Ingen förhandling är påkallad."

    @factory.post_generation
    def sections(self, create, extracted, **kwargs):
        """Five sections: proposal, case, economy with tables, unions, signatures."""
        rows = extracted or (
            ("Förslag till beslut", Content.PROPOSAL, True),
            ("Ärende", Content.TEXT, True),
            ("Ekonomi", Content.CONTRIBUTIONS, False),
            ("Fackliga kontakter", Content.UNION, False),
            ("", Content.SIGNATORIES, False),
        )
        for position, (heading, content, is_required) in enumerate(rows, start=1):
            TemplateSection.objects.create(
                template=self,
                position=position,
                heading=heading,
                content=content,
                is_required=is_required,
            )


class MemoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Memo
        skip_postgeneration_save = True

    agreement = factory.SubFactory(AgreementFactory)
    committee = factory.SelfAttribute("agreement.committee")
    template = factory.SubFactory(
        MemoTemplateFactory, municipality=factory.SelfAttribute("..committee.municipality")
    )
    title = factory.Sequence(lambda n: f"Exempelskrivelse {n}")
    created_by = factory.SubFactory(
        UserFactory, municipality=factory.SelfAttribute("..committee.municipality")
    )

    class Params:
        complete = factory.Trait(union_consultation=Memo.UnionConsultation.NOT_CALLED_FOR)

    @factory.post_generation
    def filled(self, create, extracted, **kwargs):
        """With everything that must be there before the memo is submitted."""
        if extracted:
            self.proposal_points.create(position=1, text="Exempelnämnden noterar informationen.")
            case = self.template.sections.get(content=Content.TEXT)
            self.sections.create(template_section=case, text="Parterna har kommit överens.")
            Signatory.objects.create(memo=self, name="Eva Exempel")


class VersionFactory(factory.django.DjangoModelFactory):
    """A submitted memo's version, with a PDF that is none, so that nothing is rendered."""

    class Meta:
        model = MemoVersion
        skip_postgeneration_save = True

    memo = factory.SubFactory(MemoFactory, filled=True)
    number = factory.LazyAttribute(lambda version: version.memo.next_number)
    submitted_at = AT
    submitted_by = factory.SelfAttribute("memo.created_by")
    reason = factory.LazyAttribute(lambda version: "" if version.number == 1 else "Rättad")
    content = factory.LazyAttribute(lambda version: memo_content(version.memo))
    pdf = factory.LazyAttribute(
        lambda version: ContentFile(
            b"%PDF of memo " + f"{version.memo.pk}-{version.number}".encode(), name="memo.pdf"
        )
    )

    @factory.lazy_attribute
    def pdf_sha256(self):
        return sha256(self.pdf.read()).hexdigest()

    @factory.post_generation
    def state(self, create, extracted, **kwargs):
        """The state that the memo is in with this version."""
        self.memo.state = extracted or Memo.State.SUBMITTED
        self.memo.save()


class ReviewCommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewComment

    memo = factory.SubFactory(MemoFactory)
    text = "Skriv vad det kostar."
    at = AT
    by = factory.SelfAttribute("memo.created_by")
