"""Checks that stop an operator before readers notice."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Tags, Warning, register

from portal.translations.places import ROOMS, SOURCE, is_compiled


@register(Tags.security, deploy=True)
def check_site_url(app_configs, **kwargs):
    """Warn when SITE_URL is not https or its host is missing from ALLOWED_HOSTS."""
    warnings = []
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme != "https":
        warnings.append(
            Warning("SITE_URL is not https.", hint="Set SITE_URL=https://your.host.example", id="portal.W001")
        )
    if parts.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        warnings.append(
            Warning(
                f"The host of SITE_URL, {parts.hostname}, is not in ALLOWED_HOSTS.",
                hint=f"Set ALLOWED_HOSTS={parts.hostname}",
                id="portal.W002",
            )
        )
    return warnings


@register(Tags.security, deploy=True)
def check_email(app_configs, **kwargs):
    """Warn when mail would only be written to files, or printed to the console."""
    if settings.EMAIL_BACKEND.endswith(("filebased.EmailBackend", "console.EmailBackend")):
        return [
            Warning(
                "E-mail is written to files or to the console, so authors of reviews get none.",
                hint="Set EMAIL_URL=submission://user:password@mail.example.org",
                id="portal.W003",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_security_contact(app_configs, **kwargs):
    """Warn when nobody can be told about a weakness."""
    if settings.SECURITY_CONTACT:
        return []
    return [
        Warning(
            "Who finds a weakness does not learn whom to tell.",
            hint="Set SECURITY_CONTACT=security@example.org",
            id="portal.W004",
        )
    ]


@register(Tags.translation)
def check_catalogues(app_configs, **kwargs):
    """Warn when a site in another language would show English, or what was translated before."""
    language = settings.LANGUAGE_CODE
    if language == SOURCE or all(is_compiled(language, room) for room in ROOMS):
        return []
    return [
        Warning(
            f"The catalogues of LANGUAGE_CODE={language} are not compiled, or have changed since.",
            hint="Run manage.py translations, and restart the server.",
            id="portal.W005",
        )
    ]
