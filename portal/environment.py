"""Reads settings from the environment and reports every fault at once, by name and with an example."""

import os
import re
from ipaddress import ip_network
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError

from portal import service_urls

EXAMPLES = {
    "SECRET_KEY": "SECRET_KEY=fifty-or-more-random-characters",
    "SECRET_KEY_FALLBACKS": "SECRET_KEY_FALLBACKS=the-key-before-this-one",
    "DEBUG": "DEBUG=false",
    "ALLOWED_HOSTS": "ALLOWED_HOSTS=monographs.example.org",
    "SITE_URL": "SITE_URL=https://monographs.example.org",
    "SITE_NAME": "SITE_NAME=Monographs of our clinic",
    "DATABASE_URL": "DATABASE_URL=postgres://user:password@localhost/monographs",
    "REPLICA_URL": "REPLICA_URL=postgres://user:password@replica.example.org/monographs",
    "CACHE_URL": "CACHE_URL=redis://localhost:6379/0",
    "EMAIL_URL": "EMAIL_URL=submission://user:password@mail.example.org",
    "EMAIL_FROM": "EMAIL_FROM=monographs@example.org",
    "MEDIA_STORAGE_URL": "MEDIA_STORAGE_URL=s3://key:secret@s3.example.org/bucket?region=eu-west-1",
    "MEDIA_URL": "MEDIA_URL=/media/",
    "STATIC_DIR": "STATIC_DIR=/srv/monograph-portal-static",
    "ADMIN_PATH": "ADMIN_PATH=desk-of-ours",
    "REQUIRE_TOTP": "REQUIRE_TOTP=true",
    "LOGIN_ATTEMPTS": "LOGIN_ATTEMPTS=5",
    "LOGIN_LOCKOUT_MINUTES": "LOGIN_LOCKOUT_MINUTES=15",
    "SECURITY_CONTACT": "SECURITY_CONTACT=security@example.org",
    "LOG_FORMAT": "LOG_FORMAT=json",
    "METRICS_TOKEN": "METRICS_TOKEN=twenty-or-more-random-characters",
    "SLOW_QUERY_MS": "SLOW_QUERY_MS=200",
    "LOG_LEVEL": "LOG_LEVEL=info",
    "TRUSTED_PROXIES": "TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8",
    "TIME_ZONE": "TIME_ZONE=Europe/London",
    "LANGUAGE_CODE": "LANGUAGE_CODE=en-gb",
    "SITE_COUNTRY": "SITE_COUNTRY=GB",
    "REVIEWS_OPEN": "REVIEWS_OPEN=true",
    "REVIEWS_CONFIRM_EMAIL": "REVIEWS_CONFIRM_EMAIL=false",
    "REVIEWS_MINIMUM_FOR_AVERAGE": "REVIEWS_MINIMUM_FOR_AVERAGE=5",
    "REVIEWS_PER_HOUR": "REVIEWS_PER_HOUR=5",
    "ADDRESS_RETENTION_DAYS": "ADDRESS_RETENTION_DAYS=30",
    "APPEAL_DAYS": "APPEAL_DAYS=14",
    "SECOND_PERSON_PUBLISHES": "SECOND_PERSON_PUBLISHES=true",
    "REQUIRE_SIGN_OFF": "REQUIRE_SIGN_OFF=true",
    "SIGN_OFF_DAYS": "SIGN_OFF_DAYS=14",
    "API_PER_MINUTE": "API_PER_MINUTE=120",
    "NOINDEX_UNTIL_SIGNED": "NOINDEX_UNTIL_SIGNED=true",
}

LEAST_KEY = 50
"""Characters of a secret key."""

LEAST_SECRET = 20
"""Characters of any other secret."""

TAKEN_PATHS = set("api feeds healthz media metrics monographs readyz reviews search sign-off static topics".split())
"""First parts of public addresses."""


def _or_fault(parse, hint, *, has_password=False):
    """Wrap a parser so that whatever it raises becomes a fault that says what the value must be.

    A value that may hold a password is not repeated.
    """

    def parser(value, **options):
        try:
            return parse(value, **options)
        except Exception as error:
            raise EnvError(f"{'The value' if has_password else repr(value)} {hint}.") from error

    return parser


def _networks(value):
    return [ip_network(part.strip()) for part in value.split(",") if part.strip()]


def _site_url(value):
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(value)
    return f"{parts.scheme}://{parts.netloc}"


def _path_url(value):
    if not (value.startswith("/") and value.endswith("/") and len(value) > 2):
        raise ValueError(value)
    return value


def _folder(value):
    if value and not value.startswith("/"):
        raise ValueError(value)
    return value


def _admin_path(value):
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?", value) or value in TAKEN_PATHS:
        raise ValueError(value)
    return value


def _keys(value):
    keys = [key.strip() for key in value.split(",") if key.strip()]
    if any(len(key) < LEAST_KEY for key in keys):
        raise ValueError(value)
    return keys


def _secret(value):
    if value and (len(value) < LEAST_SECRET or not value.isascii() or not value.isprintable() or " " in value):
        raise ValueError(value)
    return value


def _contact(value):
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return f"mailto:{value}"
    parts = urlsplit(value)
    if value and not (parts.scheme == "https" and parts.hostname and value.isprintable() and " " not in value):
        raise ValueError(value)
    return value


class StrictEnv(Env):
    """An environs reader that goes on after a fault, so that `finish` can name them all."""

    def __init__(self):
        super().__init__(eager=False)
        self.add_parser("networks", _or_fault(_networks, "is not a list of addresses or networks"))
        self.add_parser("site_url", _or_fault(_site_url, "is not http:// or https:// and a host, without a path"))
        self.add_parser("path_url", _or_fault(_path_url, "is not a path that begins and ends with a slash"))
        self.add_parser("folder", _or_fault(_folder, "is not the whole path of a folder, from the root"))
        admin_path_hint = "is not one word of small letters, digits and dashes, or is the beginning of public addresses"
        self.add_parser("admin_path", _or_fault(_admin_path, admin_path_hint))
        self.add_parser("database", _or_fault(service_urls.database, "is not a database address", has_password=True))
        self.add_parser(
            "replica", _or_fault(service_urls.replica, "is not the address of a PostgreSQL database", has_password=True)
        )
        cache_hint = "is not redis:// or rediss://, a host and at most the number of a database"
        self.add_parser("cache", _or_fault(service_urls.cache, cache_hint, has_password=True))
        storage_hint = "is not s3://, a key, a secret, a host and a bucket, with at most region= and tls= after it"
        self.add_parser("media_storage", _or_fault(service_urls.media_storage, storage_hint, has_password=True))
        self.add_parser("email", _or_fault(service_urls.email, "is not a mail server’s address", has_password=True))
        self.add_parser("keys", _or_fault(_keys, f"holds a key of less than {LEAST_KEY} characters", has_password=True))
        secret_hint = f"is not {LEAST_SECRET} or more letters, digits and signs without a space"
        self.add_parser("secret", _or_fault(_secret, secret_hint, has_password=True))
        self.add_parser("contact", _or_fault(_contact, "is neither an e-mail address nor an https:// address"))
        self.add_parser("time_zone", _or_fault(lambda value: str(ZoneInfo(value)), "is not a time zone"))

    def fault(self, name, sentence):
        """Refuse a value that is right by itself and does not go with the others."""
        self._errors[name].append(f"It {sentence}")

    def finish(self):
        """End reading. Raises ImproperlyConfigured with one line for each wrong or missing setting."""
        for name in EXAMPLES:
            if re.fullmatch(r"""(["']).*\1""", os.environ.get(name, "")):
                # A key with them is another key, and authors' links of the site would end.
                self.fault(name, "has quotation marks as part of it (podman and docker keep them): leave them out.")
        try:
            self.seal()
        except EnvValidationError as error:
            lines = [
                f"Setting {name}: {' '.join(messages)} Example: {EXAMPLES.get(name, f'{name}=…')}"
                for name, messages in error.error_messages.items()
            ]
            raise ImproperlyConfigured("\n".join(lines)) from None
