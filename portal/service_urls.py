"""Addresses of the services that the site uses, taken apart. Each raises an error for what is no such address."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
import dj_email_url

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def database(value, **options):
    """Return Django's settings of a database."""
    config = dj_database_url.parse(value, **options)
    if not config.get("NAME"):
        raise ValueError(value)
    return config


REPLICA_PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 3000}
"""In seconds, and in milliseconds: how long a page waits for a replica whose machine is gone."""


def replica(value, **options):
    """Return Django's settings of a replica, or None for none."""
    if not value:
        return None
    config = database(value, **options)
    if "postgresql" not in config["ENGINE"]:
        raise ValueError(value)
    return {**config, "OPTIONS": REPLICA_PATIENCE | config.get("OPTIONS", {}), "TEST": {"MIRROR": "default"}}


def cache(value):
    """Return Django's settings of a cache: in Redis, or each process's own."""
    if not value:
        return {"BACKEND": "portal.own_cache.OwnCache"}
    parts = urlsplit(value)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or parts.port == 0 or parts.query:
        raise ValueError(value)
    # Django takes what stands behind a comma or semicolon for another server.
    if not re.fullmatch(r"/?\d{0,3}", parts.path) or re.search("[,;]", value):
        raise ValueError(value)
    return {"BACKEND": "portal.cache.SharedCache", "LOCATION": value, "KEY_PREFIX": "portal"}


def media_storage(value):
    """Return Django's settings of where pictures are kept."""
    if not value:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(value)
    options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True) if parts.query else ())
    tls, region = options.pop("tls", "true"), options.pop("region", "us-east-1")
    bucket = parts.path.removeprefix("/").removesuffix("/")
    is_whole = parts.scheme == "s3" and parts.username and parts.password and parts.hostname and parts.port != 0
    if not is_whole or options or tls not in ("true", "false") or not BUCKET.fullmatch(bucket) or not region:
        raise ValueError(value)
    return {
        "BACKEND": "portal.object_storage.ObjectStorage",
        "OPTIONS": {
            "endpoint": f"{'https' if tls == 'true' else 'http'}://{parts.netloc.rpartition('@')[2]}",
            "bucket": bucket,
            "region": region,
            "key": unquote(parts.username),
            "secret": unquote(parts.password),
        },
    }


def email(value):
    """Return Django's settings of a mail server."""
    config = dj_email_url.parse(value)
    if not config.get("EMAIL_BACKEND"):
        raise ValueError(value)
    return config
