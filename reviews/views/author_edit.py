"""The page on which an author gives their review another wording."""

from http import HTTPStatus

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monographs.open_forms import TooMany
from reviews.author_forms import EditForm
from reviews.authoring import obstacle_to_edit
from reviews.checking import Check
from reviews.models import Review
from reviews.models.queries import ReviewQuerySet
from reviews.submission import resubmit
from reviews.told import Told
from reviews.views.by_token import back_to, not_now, only_with
from reviews.views.checked import check_page


@only_with(ReviewQuerySet.by_token)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review_edit(request, review):
    """Show the form filled in; send what comes back to the moderators. Nothing that was typed is lost."""
    edition = review.monograph.edition_in_force or review.edition
    why_not = _obstacle(review)
    if request.method != "POST":
        if why_not:
            return not_now(request, review, _("This review cannot be edited now"), why_not)
        return _page(request, EditForm(review=review, edition=edition))
    request.encoding = "utf-8"
    form = EditForm(request.POST, review=review, edition=edition)
    if why_not:
        form.refuse(why_not, status=HTTPStatus.CONFLICT)
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form)
    if form.says_the_same_as(form.newest):
        if form.seen != form.newest.number:
            # Sent twice, or from two tabs: it has arrived already.
            return back_to(review)
        form.refuse(_("You have not changed anything yet."))
        return _page(request, form)
    check = Check(form.instance, request.POST.get("seen_findings", ""), of=review.pk)
    if "change" in request.POST:
        return _page(request, form, check=check)
    if check.is_new:
        return check_page(request, form, check, action=request.path)
    return _send(request, review, form)


def _send(request, review, form):
    try:
        resubmit(review, form.instance, stays_public=form.stays_public, newest=form.seen)
    except TooMany as limit:
        form.refuse_for_now(limit)
        return _page(request, form)
    except Review.EditedMeanwhile as conflict:
        form.newest_shown = form.newest.number
        form.refuse(
            _("%(what)s It stands below the form. To replace it by this one, send this one once more.")
            % {"what": conflict},
            status=HTTPStatus.CONFLICT,
        )
        return _page(request, form, newer=form.newest)
    except Review.WrongState as error:
        form.refuse(str(error), status=HTTPStatus.CONFLICT)
        return _page(request, form)
    return back_to(review)


def _obstacle(review):
    if review.is_being_decided:
        return _("A moderator is deciding about your review just now. Try again in a minute.")
    return obstacle_to_edit(review)


def _page(request, form, *, newer=None, check=None):
    context = {"review": form.review, "told": Told(form.review), "newer": newer, "check": check}
    return form.page(request, "reviews/my_review_edit.html", **context)
