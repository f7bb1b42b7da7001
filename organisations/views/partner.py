"""The register of partners."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.actions import (
    PartnerRowInUseError,
    PartnersNotMergeableError,
    merge_partners,
    save_partner,
)
from organisations.documents import history_of
from organisations.fields import PartnerField
from organisations.forms import MergeForm, PartnerForm, list_formsets, rows_to_save
from organisations.models import Partner
from partnerships.access import role_required
from partnerships.downloads import table_response
from partnerships.pagination import page_of
from partnerships.rows import asks_for_row, hush, with_row_added

SUGGESTIONS = 10
LONGEST_NAME = Partner._meta.get_field("name").max_length
FETCHED_AT_ONCE = 1000


@require_safe
@role_required("organisations.view_partner")
def partner_list(request):
    """The register, by name, with search."""
    search = request.GET.get("q", "").strip()
    found = Partner.objects.visible_to(request.user).current().found(search)
    page = page_of(
        found.rows.prefetch_related("names", "projects"),
        key="pk" if found.is_many else "sort_key",
        descending=found.is_many,
        cursor=request.GET.get("page", ""),
        count=found.count,
    )
    context = {"page": page, "search": search, "is_many": found.is_many}
    return render(request, "organisations/partner_list.html", context)


@require_safe
@role_required("organisations.view_partner")
def partner_export(request, file_type):
    """What the search finds, every row of it, as CSV or XLSX."""
    partners = Partner.objects.visible_to(request.user).current()
    found = partners.matching(request.GET.get("q", "").strip()).order_by("sort_key", "pk")
    headings = [_("Name"), _("Other names"), _("Organisation number"), _("Legal form")]
    rows = (
        [
            partner.name,
            ", ".join(str(name) for name in partner.names.all()),
            partner.org_number or "",
            str(partner.get_legal_form_display()),
        ]
        for partner in found.prefetch_related("names").iterator(chunk_size=FETCHED_AT_ONCE)
    )
    name = f"parter-{localdate().isoformat()}"
    return table_response(file_type, name, title=_("Partners"), headings=headings, rows=rows)


@require_safe
@role_required("organisations.view_partner")
def partner_options(request):
    """Suggestions for a partner box, as the options of a datalist; a project offers its owner."""
    text = next(iter(request.GET.values()), "").strip()
    found = Partner.objects.visible_to(request.user).current().matching(text)
    partners = found.prefetch_related("projects")[:SUGGESTIONS] if text else []
    options = [
        (PartnerField.label_of(partner), [project.name for project in partner.projects.all()])
        for partner in partners
    ]
    return render(request, "organisations/partials/partner_options.html", {"options": options})


@require_safe
@role_required("organisations.view_partner")
def partner_detail(request, pk):
    """One partner: its facts and names, and what the user may see of its dealings."""
    partners = Partner.objects.visible_to(request.user).select_related("merged_into")
    partner = get_object_or_404(
        partners.prefetch_related("names", "projects", "registrations", "merged"), pk=pk
    )
    return render(request, "organisations/partner_detail.html", {"partner": partner})


@require_safe
@role_required("organisations.view_partner")
def partner_history(request, pk):
    """Who changed what, when and why, in the partner's entry."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    context = {"partner": partner, "entries": history_of(partner)}
    return render(request, "organisations/partner_history.html", context)


@role_required("organisations.add_partner")
def partner_create(request):
    """Register a partner, perhaps with the name that was looked for in vain."""
    return _edit(request, Partner(name=request.GET.get("name", "")[:LONGEST_NAME]))


@role_required("organisations.change_partner")
def partner_edit(request, pk):
    """Change a partner's facts, names, projects and registrations."""
    return _edit(request, get_object_or_404(Partner.objects.visible_to(request.user), pk=pk))


@role_required("organisations.merge_partner")
def partner_merge(request, pk):
    """Make this entry one with another of the same organisation, which remains."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    form = MergeForm(request.POST or None)
    if form.is_valid():
        try:
            remaining = merge_partners(partner, by=request.user, **form.cleaned_data)
        except PartnersNotMergeableError as error:
            form.add_error("into", str(error))
        else:
            messages.success(
                request,
                _("%(name)s is merged into %(into)s.") % {"name": partner, "into": remaining},
            )
            return redirect(remaining)
    return render(request, "organisations/partner_merge.html", {"partner": partner, "form": form})


def _edit(request, partner):
    data = with_row_added(request.POST or None)
    form = PartnerForm(data, instance=partner)
    lists = list_formsets(data, partner)
    every = [form, *lists.values()]
    if asks_for_row(data):
        hush(every)
    elif data and all([each.is_valid() for each in every]):  # noqa: C419  (all of them, so that all complain)
        rows, removed = rows_to_save(lists)
        try:
            save_partner(
                form.save(commit=False),
                rows=rows,
                removed=removed,
                keeps_old_name=form.cleaned_data["keeps_old_name"],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except PartnerRowInUseError as error:
            form.add_error(None, str(error))
        else:
            return _saved(request, partner)
    context = {"partner": partner, "form": form, "lists": lists}
    return render(request, "organisations/partner_edit.html", context)


def _saved(request, partner):
    if partner.has_unusual_number:
        messages.warning(
            request,
            _(
                "The organisation number begins with another digit than is usual for the legal form. Check both."
            ),
        )
    messages.success(request, _("%(name)s is saved.") % {"name": partner})
    return redirect(partner)
