"""The work on a file that takes longer than a request (`manage.py db_worker` does it in production)."""

from uuid import UUID

from django.utils.timezone import now
from django_tasks import task

from accounts.models import User
from payments.actions import RunLostError, check_batch, import_batch, stop_run
from payments.models import ImportBatch


@task()
def check_file(batch_id: int, run: str) -> None:
    """Dry run of a file."""
    batch = _batch(batch_id)
    try:
        check_batch(batch, run=UUID(run), clock=now)
    except RunLostError:
        return
    except Exception:
        stop_run(batch, run=UUID(run))
        raise


@task()
def import_file(batch_id: int, run: str, by_id: int) -> None:
    """Import of a checked file."""
    batch, by = _batch(batch_id), User.objects.get(pk=by_id)
    try:
        import_batch(batch, run=UUID(run), by=by, clock=now)
    except RunLostError:
        return
    except Exception:
        stop_run(batch, run=UUID(run), by=by)
        raise


def _batch(batch_id: int) -> ImportBatch:
    return ImportBatch.objects.select_related("source__municipality").get(pk=batch_id)
