"""The portal's own settings, with what tests need to run anywhere. TEST_DATABASE_URL chooses the database."""

import atexit
import os
import shutil
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["SITE_URL"] = "http://testserver"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["EMAIL_URL"] = "memory:"
os.environ.pop("DATABASE_URL", None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from portal.settings import *  # noqa: F403
from portal.settings import DATA_DIR, DATABASES, LANGUAGES, STORAGES
from portal.translations.catalogues import compile_catalogues

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because threads and the live server need more than one connection.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
(DATA_DIR / "static").mkdir()  # whitenoise warns when there is none
for language, _name in LANGUAGES[1:]:
    compile_catalogues(language)
