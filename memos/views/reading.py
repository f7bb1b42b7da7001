"""What a user is shown of memos whose next version is being written."""

from collections.abc import Iterable

from memos.models import Memo


def shown_to(user, memos: Iterable[Memo]) -> list[Memo]:
    """The memos as the user may read them: as they stand, or as they were last submitted.

    They are best fetched with their versions.
    """
    rows = list(memos)
    drafts = {committee.pk for committee in user.committees_to_choose("memos.view_draft_memo")}
    return [memo if memo.committee_id in drafts else memo.as_submitted() for memo in rows]
