"""The WSGI application that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.shared_counts import share_between_workers
from portal.utf8 import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if settings.METRICS_TOKEN:
    share_between_workers(settings.DATA_DIR / "metrics")
django = utf8_only(get_wsgi_application())

from portal.front_door import FrontDoor  # noqa: E402, once Django is set up
from portal.metrics import KEPT  # noqa: E402
from portal.patience import BYTES_PER_SECOND, Patience  # noqa: E402
from portal.places import Places  # noqa: E402
from portal.stalled import keep_watch  # noqa: E402

database = settings.DATABASES["default"]
is_sqlite = database["ENGINE"] == "django.db.backends.sqlite3"
front_door = FrontDoor(django, database["NAME"] if is_sqlite else None, count_kept=KEPT.inc)
application = Patience(Places(front_door))
keep_watch(BYTES_PER_SECOND)
