"""Errors for programs: problem details as in RFC 9457."""

import json
from http import HTTPStatus

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


def problem(status, detail, **members):
    """Return a response that says in JSON what is wrong. `detail` is a sentence for people."""
    status = HTTPStatus(status)
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": str(detail), **members}
    text = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-cache"})
