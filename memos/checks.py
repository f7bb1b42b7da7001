"""What a memo lacks: what stops it from being submitted, and what the writer should see."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from agreements.models import ContributionTotals, Revision
from memos.house_rules import Remark, broken
from memos.models import Memo, TemplateSection

Content = TemplateSection.Content


def missing(memo: Memo) -> list[str]:
    """What must be there before the memo is submitted, a sentence each."""
    return list(_missing(memo))


def remarks(memo: Memo, *, on: date) -> list[Remark]:
    """What the writer should look at on this day; never printed, never in the way."""
    contributions = _on_contributions(memo.revision_id) if memo.revision_id else ()
    return [*broken(memo, on=on), *(Remark(sentence) for sentence in contributions)]


def _missing(memo: Memo) -> Iterator[str]:
    texts = {section.template_section_id: section.text.strip() for section in memo.sections.all()}
    for section in memo.template.sections.all():
        if section.is_required and section.has_text and not texts.get(section.pk):
            yield _("The section “%(heading)s” is empty.") % {"heading": section}
        if (
            section.content == Content.PROPOSAL
            and section.is_required
            and not memo.proposal_points.all()
        ):
            yield _("There is no proposal for a decision.")
        if section.content == Content.UNION and section.is_required and not memo.union_consultation:
            yield _(
                "Say whether information to or negotiation with the unions (MBL) is called for."
            )
        if (
            section.content == Content.RECIPIENTS
            and section.is_required
            and not memo.recipients.all()
        ):
            yield _("Nobody is named to whom the decision is sent.")
    if memo.answers_interpellation:
        yield from _missing_answers(memo)
    if not memo.signatories.all():
        yield _("Nobody signs the memo.")


def _missing_answers(memo: Memo) -> Iterator[str]:
    if getattr(memo, "interpellation", None) is None:
        yield _("Say which party asks, and to whom the interpellation is put.")
    if not memo.questions.all():
        yield _("Write the questions of the interpellation.")
    for number, question in enumerate(memo.questions.all(), start=1):
        if not question.answer.strip():
            yield _("Question %(number)s has no answer.") % {"number": number}


def _on_contributions(revision_id: int) -> Iterator[str]:
    revision = Revision.objects.with_contributions().get(pk=revision_id)
    if revision.is_draft:
        yield _(
            "The contributions come from a draft and change with it until the memo is submitted."
        )
    for side in ContributionTotals.of(revision).parties:
        for line in side.lines:
            if line.deviation:
                yield _("“%(label)s”: the stated amount is not what its calculation gives.") % {
                    "label": line.label
                }
        if side.differs_from_stated:
            yield _(
                "The total that the agreement states for %(name)s is not the sum of its lines."
            ) % {"name": side.name}
