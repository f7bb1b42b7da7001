from django.contrib import admin

from partnerships.admin import ScopedAdmin, ScopedInline
from report.models import PublicPage, ReportRhythm, ReportSeries, SectionTemplate


class RhythmInline(ScopedInline, admin.TabularInline):
    model = ReportRhythm


class SectionInline(ScopedInline, admin.StackedInline):
    model = SectionTemplate


@admin.register(ReportSeries)
class ReportSeriesAdmin(ScopedAdmin):
    """The series, how often it comes, and the sections that new editions begin with."""

    list_display = ["name", "committee", "municipality"]
    list_select_related = ["committee", "municipality"]
    inlines = [RhythmInline, SectionInline]


@admin.register(PublicPage)
class PublicPageAdmin(ScopedAdmin):
    """Whether everyone can read the municipality's partnerships."""

    list_display = ["slug", "is_on", "municipality"]
    list_select_related = ["municipality"]
