"""The tasks of steering groups, until they are done or dropped."""

from datetime import date

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import AgreementQuerySet
from partnerships.due import Due, by_day
from partnerships.together import Questions
from steering.models import GroupTask

DAYS_BEFORE = (14, 0, -7)  # the last is a week after: then it is late
LONGEST = 120  # of a task's text in a line of the worklist


def due(
    agreements: AgreementQuerySet, *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """The open tasks on these agreements; what is late stays until it is settled."""
    tasks = GroupTask.objects.filter(agreements.include("meeting__group__agreement"))
    return (yield from _due(tasks, first, last, most))


def given_to(
    user: User, *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """The open tasks that were given to the user by name, on whosever agreement."""
    tasks = GroupTask.objects.visible_to(user).filter(responsible=user)
    return (yield from _due(tasks, first, last, most))


def _due(
    tasks: QuerySet[GroupTask], first: date, last: date, most: int | None
) -> Questions[list[Due]]:
    related = "meeting__group__agreement__committee", "responsible"
    rows = tasks.filter(state=GroupTask.State.OPEN).select_related(*related)
    late, coming = yield by_day(rows, "due_on", first=first, last=last, most=most)
    return [_task_due(task, task.due_on) for task in (*late, *coming)]


def _task_due(task: GroupTask, on: date) -> Due:
    what = Truncator(" ".join(task.text.split())).chars(LONGEST)
    return Due(
        key=f"steering-task-{task.pk}-{on.isoformat()}",
        on=on,
        what=_("%(task)s (%(who)s)") % {"task": what, "who": task.who},
        title=task.agreement.name,
        url=task.get_absolute_url(),
        committee=task.agreement.committee.name,
        days_before=DAYS_BEFORE,
        stays=True,
    )
