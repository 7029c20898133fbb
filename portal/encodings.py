"""Compression of public answers, as the Accept-Encoding header asks (RFC 9110, section 12.5.3)."""

import gzip
from functools import lru_cache

import brotli
import zstandard

ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=6),
    "zstd": lambda body: zstandard.compress(body, level=9),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""The encodings that the site knows, the best first."""


@lru_cache(maxsize=256)
def choose(accepted):
    """Return the best encoding that an Accept-Encoding header allows, or "" for none."""
    weights = {}
    for part in accepted[:500].lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    others = weights.get("*", 0)
    best = max(ENCODERS, key=lambda name: weights.get(name, others))
    return best if weights.get(best, others) > 0 else ""


def _weight(parameter):
    name, _equals, value = parameter.replace(" ", "").partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def encode(body, encoding):
    """Return a body in one of ENCODERS, or as it is for ""."""
    return ENCODERS[encoding](body) if encoding else body
