"""The memo by which the report comes before the board."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _, override

from accounts.models import User
from memos.actions import ListDraft, save_memo
from memos.models import (
    DecisionBasis,
    Memo,
    MemoTemplate,
    ProposalPoint,
    Recipient,
    TemplateSection,
)
from partnerships.history import attributed
from report.actions.edition import draft_locked
from report.documents import LANGUAGE, content_of, filled
from report.models import Edition


class MemoNotPossibleError(Exception):
    """No memo can be made of the edition; the message is for the user."""


@transaction.atomic
def memo_from(edition: Edition, *, by: User, at: datetime) -> Memo:
    """A draft memo with the report's name, points and texts. Raises MemoNotPossibleError.

    Raises EditionFrozenError when the board has noted the edition already.
    """
    draft_locked(edition)
    if edition.memo_id:
        raise MemoNotPossibleError(_("There is a memo on this edition already."))
    templates = MemoTemplate.objects.filter(municipality=edition.municipality, is_offered=True)
    template = _with_text(templates)
    if template is None:
        raise MemoNotPossibleError(
            _(
                "The municipality has no memo template with a proposal. Ask an administrator for one."
            )
        )
    series = edition.series
    memo = Memo(
        committee=series.committee,
        office=series.office,
        template=template,
        title=series.name,
        diary_number=edition.diary_number,
        created_by=by,
    )
    section = template.sections.filter(content=TemplateSection.Content.TEXT).first()
    with override(LANGUAGE):
        texts = {section.pk: _text(edition, at)} if section else {}
        lists = _lists(edition)
    save_memo(memo, texts=texts, lists=lists, by=by, reason=_("Made from the report"))
    edition.memo = memo
    attributed(edition, by=by, reason=_("Memo started")).save()
    return memo


def _with_text(templates: QuerySet[MemoTemplate]) -> MemoTemplate | None:
    """The shortest template that proposes something and has a section of text.

    The report itself is attached, so that its memo needs no more than what it says in short.
    """
    by_length = templates.annotate(length=Count("sections")).order_by("length", "name", "pk")
    for template in by_length.prefetch_related("sections"):
        kinds = {section.content for section in template.sections.all()}
        if {TemplateSection.Content.PROPOSAL, TemplateSection.Content.TEXT} <= kinds:
            return template
    return None


def _lists(edition: Edition) -> list[ListDraft]:
    years = {"from": edition.year_from or "", "to": edition.year_to or ""}
    points = edition.series.proposal.format(**years).splitlines()
    return [
        ListDraft([ProposalPoint(text=point) for point in points if point.strip()]),
        ListDraft([DecisionBasis(title=_("Attachment – Report"))]),
        ListDraft([Recipient(function=_("Every committee"))]),
    ]


def _text(edition: Edition, at: datetime) -> str:
    """The texts of the sections that are only text, with the figures printed, and what is proposed."""
    content = content_of(Edition.objects.with_parts().get(pk=edition.pk), at=at)
    texts = [section["text"] for section in content["sections"] if section["content"] == "text"]
    if office := edition.series.office:
        proposes = _("%(office)s proposes that the report is noted.")
        texts.append(proposes % {"office": capfirst(office.name)})
    joined = mark_safe("\n\n".join(text for text in texts if text))  # noqa: S308 - Markdown, not HTML
    return str(filled(joined, content["figures"], lambda _figure, words: mark_safe(words)))  # noqa: S308
