"""The WSGI application that granian serves."""

import gc
import multiprocessing
import os
import resource
import signal
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from portal import arenas
from portal.shared_counts import share_between_workers
from portal.utf8 import utf8_only

# Ctrl+C in a terminal reaches all processes, and then granian tells its workers to stop: one that is told twice never
# does, and is killed after some seconds. So its workers leave Ctrl+C to it. One that is told before it has started has
# nothing to finish, and ends; it has its parent's way of being told otherwise, which does nothing here.
if multiprocessing.parent_process():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
arenas.keep_tidy()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if settings.METRICS_TOKEN:
    share_between_workers(settings.DATA_DIR / "metrics")
django = utf8_only(get_wsgi_application())

from monographs.release import release_key  # noqa: E402, once Django is set up
from portal.commits import commits_of  # noqa: E402
from portal.front_door import FrontDoor  # noqa: E402
from portal.login.before_reading import is_from_staff  # noqa: E402
from portal.metrics import KEPT  # noqa: E402
from portal.patience import BYTES_PER_SECOND, Patience  # noqa: E402
from portal.places import Places  # noqa: E402
from portal.stalled import keep_watch  # noqa: E402

# Now, while the files are those that run: an upgrade puts others in their place.
release_key()

# Each of the many threads has files of its own open, and many systems allow 1,024.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if 0 <= soft < 8192:
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192) if hard >= 0 else 8192, hard))

places = Places(django)
commits = commits_of(settings.DATABASES["default"])
front_door = FrontDoor(places, commits, count_kept=KEPT.inc, place=places.taken)


@places.taken()
def is_from_staff_now(environ):
    """Ask at a place, with a connection that is opened again if it broke, as before every request."""
    close_old_connections()
    return is_from_staff(environ)


application = Patience(front_door, is_from_staff=is_from_staff_now)
keep_watch(BYTES_PER_SECOND)

# What is loaded by now stays. Python looks for what nobody uses any more when a quarter has been added to what it looks
# through; without this, that would be a quarter of all that is loaded, which requests leave behind until then.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
