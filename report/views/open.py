"""What anyone may read without signing in, where the municipality has switched it on."""

import hashlib
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from agreements.models import Agreement, Status
from audit.newest import newest_change
from partnerships.export import csv_lines
from partnerships.pagination import page_of
from report.documents import open_data, table_rows
from report.documents.open import open_agreements as shown
from report.documents.schema import catalogue as described, schema
from report.forms import OpenFilterForm
from report.models import Edition, PublicPage
from report.views.edition import CSV_HEADINGS

FRESH_FOR = 300  # seconds
JSON_LD = "application/ld+json; charset=utf-8"


def _etag(request, *args, **kwargs):
    """The same as long as nothing is changed in the portal, within one day and language."""
    facts = [request.get_full_path(), localdate().isoformat(), get_language(), newest_change()]
    return f'"{hashlib.sha256("|".join(facts).encode()).hexdigest()[:32]}"'


def open_to_all(view):
    """A page for everyone, which caches may keep for some minutes."""
    view = condition(etag_func=_etag)(view)
    view = cache_control(public=True, max_age=FRESH_FOR)(view)
    return login_not_required(require_safe(view))


@open_to_all
def open_agreements(request, slug):
    """The agreements in force: with whom, for what, and what each party brings."""
    page = _page(slug)
    today = localdate()
    form = OpenFilterForm(request.GET)
    agreements = Agreement.objects.filter(committee__municipality=page.municipality)
    in_force = agreements.with_status(today).filter(status=Status.ACTIVE)
    found = page_of(
        form.filtered(in_force).select_related("committee").prefetch_related("parties__partner"),
        key="sort_key",
        cursor=request.GET.get("page", ""),
    )
    context = {
        "open_page": page,
        "form": form,
        "page": found,
        "agreements": shown(found.rows, today),
        "editions": _editions(page),
        "today": today,
    }
    return render(request, "report/open_agreements.html", context)


@open_to_all
def open_report_json(request, slug, pk):
    """The open data of a noted edition."""
    edition = get_object_or_404(_editions(_page(slug)), pk=pk)
    return _json(open_data(edition.snapshot), "application/json; charset=utf-8")


@open_to_all
def open_report_csv(request, slug, pk):
    """The same, every number on a row."""
    edition = get_object_or_404(_editions(_page(slug)), pk=pk)
    lines = csv_lines(CSV_HEADINGS, table_rows(open_data(edition.snapshot)))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


@open_to_all
def catalogue(request, slug):
    """What open data there is, for data portals."""
    page = _page(slug)
    return _json(described(page, _editions(page), _address), JSON_LD)


@open_to_all
def open_schema(request):
    """The JSON schema of the open data."""
    return _json(schema(_address("report_open:schema")), "application/schema+json")


def _page(slug):
    pages = PublicPage.objects.filter(is_on=True).select_related("municipality")
    return get_object_or_404(pages, slug=slug)


def _editions(page):
    """The municipality's noted editions that the portal has kept."""
    return Edition.objects.filter(series__municipality=page.municipality, frozen_at__isnull=False)


def _address(name, *args):
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def _json(data, content_type):
    text = json.dumps(data, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response
