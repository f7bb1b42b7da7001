"""Invented criteria sets and assessments."""

import factory

from assessments.actions import save_assessment, start_assessment
from assessments.models import (
    Assessment,
    CriteriaSet,
    Criterion,
    EligibleForm,
    FormQuestion,
    LegalQuestion,
    Value,
    YesNo,
)
from organisations.models import LegalForm
from tests.accounts.factories import UserFactory
from tests.organisations.factories import MunicipalityFactory, PartnerFactory

ELIGIBLE = (
    LegalForm.NONPROFIT_ASSOCIATION,
    LegalForm.FOUNDATION,
    LegalForm.REGISTERED_FAITH_COMMUNITY,
    LegalForm.LIMITED_PROFIT_COMPANY,
)
EVIDENCE = {4: Criterion.Evidence.DOUBLE_FUNDING, 6: Criterion.Evidence.CONTRIBUTIONS}


class CriteriaSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CriteriaSet
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    name = "Exempelriktlinjen"
    version = factory.Sequence(lambda n: f"version {n}")
    alternatives = "Vi delar erfarenheter\nVi lånar ut lokaler"

    @factory.post_generation
    def criteria(self, create, extracted, **kwargs):
        """So many criteria (eight unless told), the forms, three questions and one of law."""
        for number in range(1, (extracted or 8) + 1):
            Criterion.objects.create(
                criteria_set=self,
                position=number,
                text=f"Kriteriets text {number}",
                short_name=f"Kriterium {number}",
                evidence=EVIDENCE.get(number, ""),
            )
        for form in ELIGIBLE:
            EligibleForm.objects.create(criteria_set=self, legal_form=form)
        EligibleForm.objects.create(
            criteria_set=self,
            legal_form=LegalForm.ECONOMIC_ASSOCIATION,
            treatment=EligibleForm.Treatment.CASE_BY_CASE,
        )
        for number, text in enumerate(("Nykooperativ?", "Allmännyttig?", "Brukarstyrd?"), start=1):
            FormQuestion.objects.create(
                criteria_set=self,
                legal_form=LegalForm.ECONOMIC_ASSOCIATION,
                position=number,
                text=text,
            )
        LegalQuestion.objects.create(
            criteria_set=self,
            block=LegalQuestion.Block.MARKET,
            position=1,
            text="Finns en marknad?",
        )


def assessment_of(committee, partner=None, *, criteria_set=None, by=None, **facts):
    """An assessment just begun: nothing assessed, nothing answered."""
    by = by or UserFactory(municipality=committee.municipality)
    criteria_set = criteria_set or CriteriaSetFactory(municipality=committee.municipality)
    assessment = Assessment(
        committee=committee,
        criteria_set=criteria_set,
        partner=partner or PartnerFactory(),
        created_by=by,
        **facts,
    )
    return start_assessment(assessment, by=by)


def judge(assessment, by, values, *, motivation="Så är det.", evidence="Handlingen visar det."):
    """Judge the criteria with these numbers; `values` by number, or one value for all."""
    rows = list(assessment.criterion_assessments.select_related("criterion"))
    chosen = []
    for row in rows:
        value = values if isinstance(values, str) else values.get(row.criterion.position)
        if value:
            row.value, row.motivation, row.evidence = value, motivation, evidence
            chosen.append(row)
    save_assessment(assessment, judged=chosen, answers=[], by=by)
    return fresh(assessment)


def fresh(assessment):
    """The assessment as the database has it, with its answers."""
    return Assessment.objects.with_answers().get(pk=assessment.pk)


def answer_all(assessment, by, answer=YesNo.NO, motivation="Utrett."):
    """Answer every legal question."""
    rows = list(assessment.legal_answers.all())
    for row in rows:
        row.answer, row.motivation = answer, motivation
    save_assessment(assessment, judged=[], answers=rows, by=by)
    return fresh(assessment)


def make_confirmable(assessment, by):
    """Everything met, the law answered, the form chosen."""
    judge(assessment, by, Value.MET)
    answer_all(assessment, by)
    assessment.chosen_form = Assessment.Form.IOP
    for name in ("why_form", "why_not_grant", "why_not_procurement", "why_not_reserved"):
        setattr(assessment, name, "Därför.")
    save_assessment(assessment, judged=[], answers=[], by=by)
    return fresh(assessment)
