"""What `manage.py verify` finds."""

from io import StringIO

from django.core.management import CommandError, call_command


def complaints():
    """Return what verify says of what does not agree, or nothing."""
    output = StringIO()
    try:
        call_command("verify", stdout=output)
    except CommandError:
        return output.getvalue()
    return ""
