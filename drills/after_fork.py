"""Gunicorn's settings for a drill: nothing but that connections are not shared by workers."""


def post_fork(server, worker):
    """What the master opened stays the master's."""
    from django.db import connections

    connections.close_all()
