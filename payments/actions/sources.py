"""How the files of a source are read."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.history import attributed
from payments.actions.importing import BatchRefusedError
from payments.models import ImportBatch, PaymentSource

State = ImportBatch.State


@transaction.atomic
def save_columns(batch: ImportBatch, source: PaymentSource, *, by: User) -> None:
    """Save where in the source's files each fact stands, as seen in one of them.

    Raises BatchRefusedError when the file is past that.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not locked.is_open:
        raise BatchRefusedError(
            _("The file is %(state)s, so this cannot be done now.")
            % {"state": locked.get_state_display()}
        )
    attributed(source, by=by, reason=_("Columns of %(name)s") % {"name": batch.file_name}).save()
