"""What must exist before Django can read its settings."""

import os
import secrets

from portal.paths import DATA_DIR, ENVIRONMENT_FILE

CONTENT = """\
# Settings of this site, written by the first quickstart. The environment wins over this file.
SECRET_KEY={secret_key}
ALLOWED_HOSTS=127.0.0.1,localhost,[::1]
"""


def write_environment_file():
    """Write a new secret key to DATA_DIR/settings.env, readable by its owner only; keep a file that exists."""
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(ENVIRONMENT_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(CONTENT.format(secret_key=secrets.token_urlsafe(50)))
