"""Why a memo is not changed or moved; every message is for the user."""


class MemoFrozenError(Exception):
    """What the memo says is not changed in the state that it is in."""


class MemoChangedError(Exception):
    """Somebody else has saved the memo since it was fetched."""


class MemoMoveError(Exception):
    """The memo cannot take this step."""


class MemoNotSubmittableError(MemoMoveError):
    """The memo lacks something."""
