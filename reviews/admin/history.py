"""Everything that happened to one review, in one list: what was sent, decided, reported, appealed against and told."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from monographs.people import name_of
from reviews.models import Decision


@dataclass(frozen=True)
class Event:
    """One line of the log: when, what, by whom in words, and what was written."""

    at: datetime
    what: str
    who: str
    text: str = ""
    remarks: list[str] = field(default_factory=list)


def history_page(admin, request, object_id):
    """Show the log of one review to whoever may see reviews."""
    review = admin.get_object(request, unquote(object_id))
    if review is None:
        raise Http404
    if not admin.has_view_permission(request, review):
        raise PermissionDenied
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("What happened to this review"),
        "subtitle": review.title,
        "original": review,
        "events": events_of(review),
        "media": admin.media,
        "waits": hasattr(review, "card"),
    }
    return TemplateResponse(request, "admin/reviews/review/history.html", context)


def events_of(review):
    """Return what happened to a review as Events, oldest first. No address is among it, and no stars while it waits."""
    parts = [_wordings(review), _steps(review), _flags(review), _appeals(review), _decisions(review)]
    parts += [_replies(review), _letters(review)]
    return sorted(chain.from_iterable(parts), key=lambda event: event.at)


def _author():
    return _("the author")


def _wordings(review):
    shows_stars = not hasattr(review, "card") and review.decisions.exists()
    texts = list(review.wordings.all()) or [review]
    for number, text in enumerate(texts, start=1):
        what = _("Sent the review") if number == 1 else _("Sent wording %(number)d") % {"number": number}
        stars = [str(text.Rating(text.rating).stars)] if shows_stars else []
        yield Event(text.submitted_at, what, _author(), f"{text.title}\n{text.body}", stars)


def _steps(review):
    if review.confirmed_at:
        yield Event(review.confirmed_at, _("Confirmed it"), _author())
    if review.withdrawn_at:
        yield Event(review.withdrawn_at, _("Withdrew it"), _author())


def _flags(review):
    for flag in review.flags.all():
        yield Event(
            flag.at,
            _("Reported it: %(reason)s") % {"reason": flag.get_reason_display()},
            _("a reader"),
            flag.note,
            [_("The report is %(status)s.") % {"status": flag.get_status_display()}],
        )


def _appeals(review):
    for appeal in review.appeals.all():
        dropped = [_("Dropped, because the author changed or withdrew the review.")] if appeal.dropped_at else []
        yield Event(appeal.at, _("Appealed"), _author(), appeal.text, dropped)


def _decisions(review):
    appealed = set(review.appeals.open().values_list("against", flat=True))
    for decision in review.decisions.select_related("by"):
        # Whoever answers an appeal does not see whom it is against.
        who = _("a moderator") if decision.pk in appealed else name_of(decision.by)
        remarks = [_("About %(cause)s.") % {"cause": decision.get_cause_display()}]
        if decision.was_blind:
            remarks.append(_("Decided without seeing the stars."))
        if decision.marks:
            remarks.append(_("Passages marked: %(count)d.") % {"count": len(decision.marks)})
        yield Event(decision.at, _verdict(decision), who, decision.message, remarks)
        if decision.retracted_at:
            yield Event(decision.retracted_at, _("Took that decision back"), who)


def _verdict(decision):
    if decision.verdict == Decision.Verdict.APPROVED:
        return _("Approved wording %(number)d") % {"number": decision.wording}
    return _("Rejected wording %(number)d: %(reason)s") % {
        "number": decision.wording,
        "reason": decision.get_reason_display(),
    }


def _replies(review):
    for reply in review.replies.select_related("by", "withdrawn_by"):
        shown = {"name": reply.name, "role": reply.role}
        yield Event(reply.at, _("Replied officially as %(name)s, %(role)s") % shown, name_of(reply.by), reply.text)
        if reply.withdrawn_at:
            yield Event(reply.withdrawn_at, _("Withdrew that reply"), name_of(reply.withdrawn_by))


def _letters(review):
    for letter in review.letters.all():
        sent = _("Sent.") if letter.sent_at else _("Not sent yet.")
        trouble = [_("Last attempt failed: %(fault)s.") % {"fault": letter.fault}] if letter.fault else []
        what = _("Letter: %(kind)s") % {"kind": letter.get_kind_display()}
        yield Event(letter.sent_at or letter.due_at, what, _("the site"), remarks=[sent, *trouble])
