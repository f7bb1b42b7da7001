"""What takes longer than a request (`manage.py db_worker` does it in production)."""

from django.utils.timezone import now
from django_tasks import task

from report.actions import fail_print, print_edition
from report.models import Rendering


@task()
def print_report(rendering_id: int) -> None:
    """Print a draft edition."""
    rendering = Rendering.objects.select_related("edition", "asked_by").get(pk=rendering_id)
    try:
        print_edition(rendering, clock=now)
    except Exception:
        fail_print(rendering)
        raise
