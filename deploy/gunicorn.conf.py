"""gunicorn's settings in production: `gunicorn --config deploy/gunicorn.conf.py partnerships.wsgi`.

`BIND` and `WEB_WORKERS` come from the environment. The portal is loaded once and forked, so a
worker that dies is back in milliseconds and shares the memory of the others.
"""

import gc
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "3"))  # two for each core and one more
preload_app = True  # and therefore new code needs a restart: a reload would fork the old
timeout = 120  # a report of a large municipality, printed at once
graceful_timeout = 30
max_requests, max_requests_jitter = 20_000, 2_000  # what leaks goes with its worker
worker_tmp_dir = "/dev/shm"  # a heartbeat never waits for a disk
forwarded_allow_ips = "127.0.0.1"
control_socket_disable = True  # it would lie in the home folder, which the unit closes
accesslog = None  # the portal writes a line for each request, without addresses that are secret


def when_ready(server):
    """What was loaded stays for good: no worker looks through it for garbage."""
    gc.freeze()


def post_fork(server, worker):
    """What the master opened stays the master's."""
    from django.db import connections

    connections.close_all()
