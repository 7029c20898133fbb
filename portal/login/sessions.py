"""Django's sessions in the database, asked only for keys that can be: PostgreSQL takes no text with NUL in it."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie with anything but letters and digits in it opens no session."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()
