"""The page behind a clinician's link: the text as it will be read, and the form to sign it or to return it.

The secret in the address is what a request needs, and no cookie is sent, so Django's token would protect nothing.
"""

from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from monographs.models import SignOff
from monographs.publishing import contents_of, digest_of
from monographs.sign_off_form import DECLARATION, SignOffForm
from monographs.signing import as_read, find


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off_page(request, token):
    """Show the text and take the answer. A link that does not work says what to do."""
    sign_off = find(token)
    if sign_off is None:
        response = render(request, "monographs/sign_off_unknown.html", status=HTTPStatus.NOT_FOUND)
    else:
        response = _open_page(request, sign_off)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _open_page(request, sign_off):
    form = SignOffForm(request.POST if request.method == "POST" else None, sign_off=sign_off)
    if not sign_off.is_open:
        return _closed(request, sign_off, form)
    if form.is_valid():
        try:
            _answer(sign_off, form)
        except SignOff.NotOpen as error:
            return _closed(request, error.sign_off, form)
        return HttpResponseRedirect(sign_off.get_absolute_url(), status=HTTPStatus.SEE_OTHER)
    edition = as_read(sign_off)
    page_comment, *section_comments = form.comment_fields
    for section, field in zip(edition.sections, section_comments, strict=True):
        section["comment"] = field
    context = {
        "sign_off": sign_off,
        "edition": edition,
        "form": form,
        "page_comment": page_comment,
        "is_changed": _is_changed(sign_off),
        "is_preview": True,
    }
    return render(request, "monographs/sign_off_page.html", context)


def _answer(sign_off, form):
    given = {name: form.cleaned_data[name] for name in ("name", "credentials")}
    if form.is_signing:
        sign_off.sign(**given, declaration=str(DECLARATION), comments=form.comments)
    else:
        sign_off.send_back(**given, comments=form.comments)


def _closed(request, sign_off, form):
    """Say that the link was answered, revoked or has expired; what was typed too late is given back."""
    is_answered = sign_off.status in (SignOff.Status.SIGNED, SignOff.Status.RETURNED)
    context = {"sign_off": sign_off, "is_answered": is_answered, "typed": form.is_bound and form.typed}
    status = HTTPStatus.OK if is_answered else HTTPStatus.GONE
    return render(request, "monographs/sign_off_closed.html", context, status=status)


def _is_changed(sign_off):
    """Whether the text that was sent is neither the working copy nor any edition."""
    monograph = sign_off.monograph
    is_edition = monograph.editions.filter(digest=sign_off.digest).exists()
    return not is_edition and digest_of(contents_of(monograph)) != sign_off.digest
