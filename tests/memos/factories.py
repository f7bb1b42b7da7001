"""Invented memos and templates."""

import factory

from memos.models import Memo, MemoTemplate, Signatory, TemplateSection
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import MunicipalityFactory

Content = TemplateSection.Content


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
