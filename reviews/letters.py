"""What each letter says: its subject and its parts, from which the plain text and the HTML are both made."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reviews.appealing import appeal_until, refusal_to_appeal
from reviews.models import Decision, Flag, Letter, Review
from reviews.second_review import first_of

Kind, Status = Letter.Kind, Review.Status


@dataclass
class Content:
    """A letter before it is written out: sentences, facts as (label, value), quotations, and links as (label, URL)."""

    subject: str
    parts: list[tuple] = field(default_factory=list)

    def say(self, sentence):
        self.parts.append(("say", sentence))
        return self

    def facts(self, *pairs):
        self.parts.append(("facts", pairs))
        return self

    def quote(self, text):
        if text:
            self.parts.append(("quote", text))
        return self

    def link(self, label, path):
        self.parts.append(("link", label, settings.SITE_URL + path))
        return self


def content_of(letter):
    """Return the Content of a letter."""
    return _WRITERS[letter.kind](letter)


def _receipt(letter):
    review, medicine = letter.review, letter.review.edition.title
    if first := first_of(review):
        return _second(review, first, medicine)
    if review.status == Status.UNCONFIRMED:
        content = Content(_("Please confirm your review of %(medicine)s") % {"medicine": medicine})
        content.say(
            _(
                "Somebody, probably you, wrote a review of %(medicine)s and gave this address. Please confirm that it "
                "is yours: open this link and press the button."
            )
            % {"medicine": medicine}
        ).link(_("Confirm the review"), review.get_confirmation_url())
        return content.say(
            _(
                "Afterwards, a moderator reads the review. If you did not write it, do nothing: nobody reads it, and "
                "it is erased within a day."
            )
        )
    content = Content(_("We have your review of %(medicine)s") % {"medicine": medicine})
    content.say(
        _("Thank you. A moderator reads your review of %(medicine)s, without seeing its stars, before it is published.")
        % {"medicine": medicine}
    )
    return _own_page(content, review).say(_("Keep this link to yourself: whoever has it can change the review."))


def _second(review, first, medicine):
    content = Content(_("You have two reviews of %(medicine)s") % {"medicine": medicine})
    content.say(
        _(
            "Somebody, probably you, has just sent a review of %(medicine)s and gave this address. There is one from "
            "this address already, about the same edition of the text. One is published for each person."
        )
        % {"medicine": medicine}
    )
    content.say(_("Choose here whether the new text takes the place of the first, or is given up:"))
    content.link(_("Choose between the two"), review.get_confirmation_url())
    content.say(_("The first review has its own page:"))
    return content.link(_("Your first review"), first.get_author_url())


def _edited(letter):
    medicine = letter.review.edition.title
    content = Content(_("We have the new wording of your review of %(medicine)s") % {"medicine": medicine})
    content.say(
        _("We have the new wording of your review of %(medicine)s. A moderator reads it without seeing its stars.")
        % {"medicine": medicine}
    )
    return _own_page(content, letter.review)


def _appealed(letter):
    medicine = letter.review.edition.title
    content = Content(_("We have your appeal about your review of %(medicine)s") % {"medicine": medicine})
    content.say(
        _(
            "We have your appeal about your review of %(medicine)s. Another moderator than the first answers it, "
            "without seeing who decided before."
        )
        % {"medicine": medicine}
    )
    return _own_page(content, letter.review)


def _decision(letter):
    review, decision = letter.review, letter.decision
    is_approved = decision.verdict == Decision.Verdict.APPROVED
    subject, sentence = (_APPROVALS if is_approved else _REFUSALS)[_matter_of(decision)]
    names = {"medicine": review.edition.title}
    content = Content(subject() % names).say(sentence() % names)
    if is_approved:
        content.quote(decision.message)
        content.link(_("Read it as others do"), review.get_absolute_url())
        return _own_page(content, review)
    content.facts((_("Reason"), decision.get_reason_display()), (_("The rule"), decision.rule))
    content.quote(decision.message)
    if review.can_be_edited:
        content.say(_("You can put this right and send the review again. The form is filled in with what you wrote:"))
        content.link(_("Edit the review"), reverse("my_review_edit", args=[review.token]))
    if refusal_to_appeal(review) == decision:
        until = date_format(timezone.localtime(appeal_until(decision)), "DATETIME_FORMAT")
        content.say(
            _("If you think that this is wrong, you can appeal until %(until)s. Another moderator answers.")
            % {"until": until}
        ).link(_("Appeal"), reverse("my_review_appeal", args=[review.token]))
    return _own_page(content, review)


def _matter_of(decision):
    return "change" if decision.cause == Decision.Cause.WORDING and decision.replaced else decision.cause


# Functions, because a sentence is translated when a letter is written.
_APPROVALS = {
    "wording": (
        lambda: _("Your review of %(medicine)s is published"),
        lambda: _("A moderator approved your review of %(medicine)s. Everybody can read it now."),
    ),
    "change": (
        lambda: _("The new wording of your review of %(medicine)s is published"),
        lambda: _(
            "A moderator approved the new wording of your review of %(medicine)s. It has taken the place of the "
            "former one."
        ),
    ),
    "appeal": (
        lambda: _("Your appeal succeeded: your review of %(medicine)s is published"),
        lambda: _(
            "Another moderator looked at your review of %(medicine)s again. Your appeal succeeded, and the "
            "review is published."
        ),
    ),
}
_REFUSALS = {
    "wording": (
        lambda: _("Your review of %(medicine)s was not published"),
        lambda: _("A moderator read your review of %(medicine)s and decided not to publish it."),
    ),
    "change": (
        lambda: _("The new wording of your review of %(medicine)s was not published"),
        lambda: _(
            "A moderator read the new wording of your review of %(medicine)s and decided not to publish it. The "
            "former one stays public."
        ),
    ),
    "flags": (
        lambda: _("Your review of %(medicine)s was taken down"),
        lambda: _(
            "Readers reported your review of %(medicine)s. A moderator looked at it again and found that it "
            "breaks a rule. It is no longer public."
        ),
    ),
    "appeal": (
        lambda: _("The answer to your appeal about your review of %(medicine)s"),
        lambda: _("Another moderator looked at your review of %(medicine)s again. The refusal stands."),
    ),
}


def _links(letter):
    content = Content(_("The links to your reviews at %(site)s") % {"site": settings.SITE_NAME})
    content.say(_("Somebody, probably you, asked for the links to the reviews that were written from this address."))
    for review in _reviews_of(letter.review.email):
        if review.status == Status.UNCONFIRMED:
            label = _("Your review of %(medicine)s, still to be confirmed")
            content.link(label % {"medicine": review.edition.title}, review.get_confirmation_url())
        else:
            label = _("Your review of %(medicine)s") % {"medicine": review.edition.title}
            content.link(label, review.get_author_url())
    return content.say(_("Keep them to yourself: whoever has one can change that review."))


def _reviews_of(address):
    return Review.objects.written_from(address).select_related("edition").order_by("-pk")[:50]


def _flag_received(letter):
    medicine = letter.review.edition.title
    content = Content(_("We have your report about a review of %(medicine)s") % {"medicine": medicine})
    return content.say(
        _(
            "Thank you. We have your report about a review of %(medicine)s. A moderator looks at the review, and we "
            "write to you what came of it."
        )
        % {"medicine": medicine}
    )


def _flag_closed(letter):
    names = {"medicine": letter.review.edition.title}
    content = Content(_("What came of your report about a review of %(medicine)s") % names)
    if letter.flag.status == Flag.Status.UPHELD:
        sentence = _(
            "A moderator looked at the review of %(medicine)s that you reported, and found that it breaks a rule. It "
            "is no longer public. Thank you."
        )
    elif letter.flag.status == Flag.Status.DISMISSED:
        sentence = _(
            "A moderator looked at the review of %(medicine)s that you reported, and found that it breaks no rule. It "
            "stays public."
        )
    elif letter.flag.decision_id:
        sentence = _(
            "The review of %(medicine)s that you reported has another wording now, which a moderator has read."
        )
    else:
        sentence = _("The author of the review of %(medicine)s that you reported has taken it down.")
    return content.say(sentence % names).link(_("The rules for reviews"), reverse("review_policy"))


def _own_page(content, review):
    return content.say(_("Your own page says where it stands and what you can do:")).link(
        _("Your review"), review.get_author_url()
    )


_WRITERS = {
    Kind.RECEIPT: _receipt,
    Kind.EDITED: _edited,
    Kind.APPEALED: _appealed,
    Kind.DECISION: _decision,
    Kind.LINKS: _links,
    Kind.FLAG_RECEIVED: _flag_received,
    Kind.FLAG_CLOSED: _flag_closed,
}
