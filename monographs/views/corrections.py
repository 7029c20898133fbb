"""The form in which a reader reports an error, and the page of thanks."""

from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from monographs.correcting import report
from monographs.correction_form import CorrectionForm
from monographs.former_addresses import follow_former_slug
from monographs.open_forms import AlreadySent, TooMany
from monographs.public_pages import public_page
from monographs.reading import edition_read


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
@follow_former_slug
def correction_new(request, slug):
    """Show the form, with the section that the address names; store what comes back.

    As with reviews there is no login that another site could ride on: the form carries a signed note in place of a
    cookie (monographs.open_forms).
    """
    edition = edition_read(request, slug)
    if request.method != "POST":
        return _page(request, CorrectionForm(edition=edition, initial={"anchor": request.GET.get("section", "")}))
    form = CorrectionForm(request.POST, edition=edition)
    if not form.is_valid():
        return _page(request, form)
    try:
        report(form.save(commit=False), address=request.META.get("REMOTE_ADDR", ""))
    except TooMany as limit:
        form.refuse_for_now(limit)
        return _page(request, form)
    except AlreadySent as before:
        if not form.says_the_same_as(before.sent):
            form.refuse_as_sent_before()
            return _page(request, form)
    address = reverse("correction_thanks", args=[slug])
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


@require_safe
@public_page
@follow_former_slug
def correction_thanks(request, slug):
    """Say what happens with a correction that was sent."""
    return render(request, "monographs/correction_thanks.html", {"edition": edition_read(request, slug)})


def _page(request, form):
    return form.page(request, "monographs/correction_form.html")
