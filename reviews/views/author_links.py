"""The page on which an author who lost their link has it sent again."""

from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from monographs.open_forms import TooMany
from reviews.author_forms import LinksForm
from reviews.links import send_links


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def my_links(request):
    """Ask for the e-mail address; the links go there, and nobody else learns whether there are any."""
    form = LinksForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            send_links(form.cleaned_data["email"], address=request.META.get("REMOTE_ADDR", ""))
        except TooMany as limit:
            form.refuse_for_now(limit)
        else:
            return HttpResponseRedirect(reverse("my_links_sent"), status=HTTPStatus.SEE_OTHER)
    return form.page(request, "reviews/my_links.html")


@require_safe
def my_links_sent(request):
    """Say the same to everybody."""
    return render(request, "reviews/my_links_sent.html")
