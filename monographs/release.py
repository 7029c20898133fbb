"""What tells one release of the site from another: its files, static ones as served, and settings that pages show.

Pages that several processes keep together must not outlive the code that made them, nor be told "not modified" after
it changed. Processes of the same release have the same key, whichever machine they run on.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.crypto import salted_hmac

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("monographs", "portal", "reviews", "static", "templates")


@cache
def release_key():
    """Return 16 hexadecimal digits."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    # Keyed, because the result is public and some settings are not.
    served = getattr(staticfiles_storage, "manifest_hash", None)
    said = repr((digest.hexdigest(), served, sorted(settings.RULES.items())))
    return salted_hmac("monographs.release", said, algorithm="sha256").hexdigest()[:16]
