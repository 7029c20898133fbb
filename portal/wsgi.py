"""The WSGI application that granian serves."""

import os
import resource

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal import arenas
from portal.shared_counts import share_between_workers
from portal.utf8 import utf8_only

arenas.share_one()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if settings.METRICS_TOKEN:
    share_between_workers(settings.DATA_DIR / "metrics")
django = utf8_only(get_wsgi_application())

from portal.commits import commits_of  # noqa: E402, once Django is set up
from portal.front_door import FrontDoor  # noqa: E402
from portal.metrics import KEPT  # noqa: E402
from portal.patience import BYTES_PER_SECOND, Patience  # noqa: E402
from portal.places import Places  # noqa: E402
from portal.stalled import keep_watch  # noqa: E402

# Each of the many threads has files of its own open, and many systems allow 1,024.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if 0 <= soft < 8192:
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192) if hard >= 0 else 8192, hard))

places = Places(django)
commits = commits_of(settings.DATABASES["default"])
application = Patience(FrontDoor(places, commits, count_kept=KEPT.inc, place=places.taken))
keep_watch(BYTES_PER_SECOND)
