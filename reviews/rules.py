"""The rules that a refused review can break: each with its sentence, and the message its author gets by default."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rule:
    """One rule: what it asks of every review, what an author is told who broke it, and whether they can mend it."""

    sentence: Promise
    message: Promise
    can_be_mended: bool = True


RULES = {
    "personal_details": Rule(
        _("A review contains nothing by which somebody can be reached or found."),
        _(
            "Your review contains a telephone number, an address, an account or a similar detail. We do not publish "
            "these, so that nobody is contacted or traced because of a review."
        ),
    ),
    "about_a_person": Rule(
        _("A review is about the medicine; it names no other person, practice or clinic."),
        _(
            "Your review names a person, a practice or a clinic. They could not answer here, so we publish only what "
            "concerns the medicine itself."
        ),
    ),
    "advertising": Rule(
        _("A review offers nothing for sale and does not say where a medicine can be had."),
        _("Your review offers something, or says where to get a medicine. Nothing is sold here."),
        can_be_mended=False,
    ),
    "dose_instructions": Rule(
        _("A review tells what its writer took; it does not tell others how much to take, or how."),
        _(
            "Your review tells other people how much of the medicine to take or how to take it. What is right for one "
            "person can harm another, so we publish what you experienced and not what others should do."
        ),
    ),
    "harmful_advice": Rule(
        _("A review does not urge others to start, stop or change a treatment."),
        _(
            "Your review urges other people to start, stop or change a treatment. That is for them and the people who "
            "treat them to decide."
        ),
    ),
    "not_about_medicine": Rule(
        _("A review is about an experience with the medicine of its page."),
        _("Your review is about something other than this medicine, or about no experience with it."),
        can_be_mended=False,
    ),
    "abusive": Rule(
        _("A review insults, threatens and demeans nobody."),
        _("Your review contains words that insult, threaten or demean people."),
    ),
    "copied": Rule(
        _("A review is its writer’s own words."),
        _("Your review is the same as a text that stands elsewhere. We publish only what a reviewer wrote personally."),
        can_be_mended=False,
    ),
    "unintelligible": Rule(
        _("A review can be understood by those who read it."),
        _("We could not make out what your review says about the medicine."),
    ),
    "second_review": Rule(
        _("A person has one review of a medicine for each edition of its text."),
        _(
            "You have a published review of this medicine already, under the same edition of its text. You can edit "
            "that one on its own page."
        ),
        can_be_mended=False,
    ),
    "emergency": Rule(
        _("A call for help is not published, because nobody could answer it here in time."),
        _(
            "Your text reads as if you or somebody else might be in danger. Please call your local emergency number "
            "or a crisis line now: they answer at any hour, and we cannot."
        ),
        can_be_mended=False,
    ),
}
