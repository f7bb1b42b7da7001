"""What stands above a view: which role it needs (the table is accounts/permissions.py)."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied


def role_required(permission: str) -> Callable:
    """403 unless one of the user's roles, in some committee, holds the permission."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            require(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate


def require(user, permission: str, obj=None) -> None:
    """403 unless the user's role holds the permission, in the object's committee when one is given."""
    if not user.has_perm(permission, obj):
        raise PermissionDenied
