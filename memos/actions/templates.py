"""A template gets its next version, and a draft moves to it."""

from django.db import transaction
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from memos.actions.steps import locked_memo
from memos.models import Memo, MemoSection, MemoTemplate, TemplateSection
from partnerships.history import attributed

PRINTED = (
    "document_name",
    "numbering",
    "office_label",
    "officer_label",
    "date_label",
    "diary_label",
    "addressee_label",
    "amount_heading",
    "line_heading",
    "total_label",
    "consultation_line",
    "union_not_called_for",
    "union_informed",
    "union_negotiated",
)


LABELS = {field.name: field.verbose_name for field in MemoTemplate._meta.fields}


class TemplateRefusedError(Exception):
    """The draft cannot move to the template; the text says why, for the user."""


@transaction.atomic
def copy_template(template: MemoTemplate, *, by: User) -> MemoTemplate:
    """The next version, to change freely; not offered until somebody says so."""
    versions = MemoTemplate.objects.filter(
        municipality=template.municipality_id, name=template.name
    ).select_for_update()
    sections = list(template.sections.all())
    reason = _("Copied from %(name)s") % {"name": template}
    copy = versions.get(pk=template.pk)
    copy.version = versions.aggregate(latest=Max("version"))["latest"] + 1
    copy.pk, copy.is_offered, copy._state.adding = None, False, True
    attributed(copy, by=by, reason=reason).save()
    for section in sections:
        section.pk, section.template, section._state.adding = None, copy, True
        attributed(section, by=by, reason=reason).save()
    return copy


@transaction.atomic
def move_to_template(memo: Memo, template: MemoTemplate, *, by: User) -> Memo:
    """Print the draft by another version of its template; its texts follow their headings.

    Raises TemplateRefusedError when a text has no place there, or the memo is not a draft.
    """
    locked = locked_memo(memo)
    if not locked.is_draft:
        raise TemplateRefusedError(_("Only a draft moves to another version of its template."))
    if not _are_versions_of_one(locked.template, template):
        raise TemplateRefusedError(_("Choose another version of the same template."))
    texts = [section for section in locked.sections.all() if section.text.strip()]
    places = places_in(template, texts)
    if homeless := [text for text in texts if text.pk not in places]:
        headings = ", ".join(f"”{text.template_section}”" for text in homeless)
        raise TemplateRefusedError(
            _("%(headings)s has text and no place in the new version. Move the text first.")
            % {"headings": headings}
        )
    reason = _("Moved to %(template)s") % {"template": template}
    for section in locked.sections.all():
        place = places.get(section.pk)
        if place is None:
            attributed(section, by=by, reason=reason).delete()
        else:
            section.template_section = place
            attributed(section, by=by, reason=reason).save()
    locked.template, locked.last_edited_by = template, by
    locked.edit_number += 1
    attributed(locked, by=by, reason=reason).save()
    return locked


def template_changes(template: MemoTemplate, other: MemoTemplate) -> list[str]:
    """What another version prints differently, a sentence for each heading or label."""
    was, becomes = _by_heading(template), _by_heading(other)
    lines = [
        _("The section “%(name)s” is new.") % {"name": becomes[key]} for key in becomes.keys() - was
    ]
    lines += [
        _("The section “%(name)s” is gone.") % {"name": was[key]} for key in was.keys() - becomes
    ]
    if [key for key in was if key in becomes] != [key for key in becomes if key in was]:
        lines.append(_("The sections stand in another order."))
    for field in PRINTED:
        before, after = _printed(template, field), _printed(other, field)
        if before != after:
            label = capfirst(LABELS[field])
            lines.append(f"{label}: ”{before}” → ”{after}”")
    return sorted(lines)


def places_in(template: MemoTemplate, texts: list[MemoSection]) -> dict[int, TemplateSection]:
    """Where each text stands in the template: by its heading, else in the only place of its kind."""
    free = [section for section in template.sections.all() if section.has_text]
    places: dict[int, TemplateSection] = {}
    for is_same in (_has_the_heading, _is_the_only_one):
        for text in texts:
            if text.pk not in places:
                found = [place for place in free if is_same(text.template_section, place, free)]
                if found:
                    places[text.pk] = found[0]
                    free.remove(found[0])
    return places


def _printed(template: MemoTemplate, field: str) -> str:
    return template.get_numbering_display() if field == "numbering" else getattr(template, field)


def _by_heading(template: MemoTemplate) -> dict[str, TemplateSection]:
    return {str(section).casefold(): section for section in template.sections.all()}


def _has_the_heading(
    section: TemplateSection, place: TemplateSection, _free: list[TemplateSection]
) -> bool:
    return section.heading.casefold() == place.heading.casefold()


def _is_the_only_one(
    section: TemplateSection, place: TemplateSection, free: list[TemplateSection]
) -> bool:
    """A heading was reworded: contributions, for example, are told in one place only."""
    is_special = section.content != TemplateSection.Content.TEXT
    same = [other for other in free if other.content == section.content]
    return is_special and same == [place]


def _are_versions_of_one(template: MemoTemplate, other: MemoTemplate) -> bool:
    return (template.municipality_id, template.name) == (other.municipality_id, other.name)
