"""The WSGI application that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.utf8 import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = utf8_only(get_wsgi_application())

database = settings.DATABASES["default"]
if database["ENGINE"] == "django.db.backends.sqlite3":
    from portal.front_door import FrontDoor

    application = FrontDoor(application, database["NAME"])
