""" "Was this page helpful?": the answer comes from buttons on a monograph's page, a reason from a page of its own.

As with helpful reviews no login is involved that another site could ride on; a vote is refused when a browser says
that it comes from a page of another site.
"""

from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from monographs.former_addresses import follow_former_slug
from monographs.models import PageVote
from monographs.open_forms import TooMany
from monographs.page_voting import refuse_vote, vote, vote_of
from monographs.reading import edition_read


class AnswerForm(forms.Form):
    """Yes or no; with no, perhaps why."""

    answer = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])
    reason = forms.ChoiceField(
        label=_("What was wrong with it?"), choices=PageVote.Reason, required=False, widget=forms.RadioSelect
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@follow_former_slug
def page_helpful(request, slug):
    """Count an answer; then thank for it, ask for a reason, and show the way to change it."""
    edition = edition_read(request, slug)
    address = request.META.get("REMOTE_ADDR", "")
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise PermissionDenied
        form = AnswerForm(request.POST)
        if form.is_valid():
            is_helpful = form.cleaned_data["answer"] == "yes"
            reason = "" if is_helpful else form.cleaned_data["reason"]
            try:
                vote(edition, is_helpful=is_helpful, reason=reason, address=address)
            except TooMany as limit:
                return refuse_vote(request, limit)
        return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    given = vote_of(edition, address=address)
    form = AnswerForm(initial={"reason": given and given.reason})
    return render(request, "monographs/page_helpful.html", {"edition": edition, "vote": given, "form": form})
