"""What an author takes with them, and what is left when they have themselves erased: nothing that they gave."""

import json
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings, strategies

from reviews.fairness import report
from reviews.models import Appeal, Card, Decision, Flag, Letter, Review, Tally
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_wording
from tests.reviews.author_states import STATES, make_change_refused, make_upheld, own_page, page_of

pytestmark = pytest.mark.django_db

_numbers = count(1)


def words():
    """Return a text that occurs nowhere else."""
    return f"Unmistakable{next(_numbers)}words"


def everything_stored():
    """Return every value of every row of every table, as one text."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  (our own tables)
            parts += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(parts)


def log(row):
    """Note that something was done with a row, as the moderators' desk does."""
    kind = ContentType.objects.get_for_model(row)
    LogEntry.objects.create(
        user=make_user(), content_type=kind, object_id=row.pk, object_repr=str(row), action_flag=CHANGE
    )


class Life:
    """What can happen to one review; each text that anybody writes is remembered."""

    def __init__(self):
        self.texts = []
        typed = {name: self.say() for name in ("title", "body", "author_name", "reason_for_use", "form_taken")}
        self.review = make_review(
            monograph=make_published(),
            email="erased@example.org",
            network_hash="f00d" * 16,
            form_key="12345678-1234-5678-1234-567812345678",
            findings=[{"kind": "phone", "words": self.say(), "where": "body", "start": 0, "end": 1}],
            **typed,
        )

    def say(self):
        self.texts.append(words())
        return self.texts[-1]

    def edit(self):
        self.review.edit(make_wording(self.review, title=self.say(), body=self.say(), author_name=self.say()))

    def edit_and_take_down(self):
        self.review.edit(make_wording(self.review, title=self.say()), stays_public=False)

    def approve(self):
        self.review.approve(by=make_user(), message=self.say())

    def reject(self):
        self.review.reject(by=make_user(), reason="abusive", message=self.say(), marks=[{"where": self.say()}])

    def appeal(self):
        self.review.appeal(self.say())

    def flag(self):
        self.review.flag(reason="abusive", note=self.say(), email="reporter@example.org", address="192.0.2.1")

    def reply(self):
        reply = self.review.reply(by=make_user(), text=self.say(), name="Dr Ruth Ford", role="Pharmacist")
        log(reply)

    def vote(self):
        self.review.vote(address="192.0.2.2")

    def withdraw(self):
        self.review.withdraw()


ACTS = ["edit", "edit_and_take_down", "approve", "reject", "appeal", "flag", "reply", "vote", "withdraw"]


@settings(max_examples=20, deadline=None)
@given(strategies.lists(strategies.sampled_from(ACTS), max_size=8))
def test_after_any_life_an_erased_review_has_left_nothing_that_anybody_wrote(acts):
    with transaction.atomic():
        life = Life()
        for act in acts:
            # What the state of the review forbids does not happen.
            with suppress(Review.WrongState, Appeal.NotPossible), transaction.atomic():
                getattr(life, act)()
            log(Review.objects.get())
        review = life.review
        secrets = [Review.objects.get().email_hash, "f00d" * 16, "12345678123456781234567812345678", "erased@"]
        decided = Decision.objects.count()
        assert life.texts[0] in everything_stored()

        review.erase()

        left = everything_stored()
        assert [text for text in [*life.texts, *secrets] if text in left] == []
        assert Decision.objects.count() == decided
        assert (review.status, Tally.objects.of(review.monograph_id).count) == ("withdrawn", 0)
        assert not Card.objects.exists()
        assert not Tally.objects.differing_from_reviews()
        transaction.set_rollback(True)


def test_the_database_holds_that_an_erased_review_is_empty():
    review = make_review()
    review.erase()

    for name in ("title", "body", "author_name", "email_hash", "network_hash", "reason_for_use"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.update(**{name: "x"})


def test_erasing_leaves_the_figures_as_they_were():
    for _number in range(12):
        make_approved()
    make_change_refused()
    review = make_upheld()
    before = report()

    review.erase()

    after = report()
    assert (after.by_stars, after.reasons, after.appeals) == (before.by_stars, before.reasons, before.appeals)
    assert after.median_wait == before.median_wait


def test_erasing_twice_changes_nothing_more():
    review = make_review()
    review.erase()
    before = Review.objects.values().get()

    review.erase()

    assert Review.objects.values().get() == before


def test_nothing_can_be_done_with_an_erased_review():
    review = make_rejected(reason="abusive")
    wording = make_wording(review)
    review.erase()

    for act in (
        lambda: review.edit(wording),
        lambda: review.appeal("Look again."),
        review.withdraw,
        review.confirm,
        lambda: review.approve(by=make_user()),
        lambda: review.flag(reason="abusive"),
    ):
        with pytest.raises(Exception, match=r"cannot be done|no refusal"):
            act()


@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_an_author_erases_after_a_question_and_then_no_link_leads_there(client, make):
    review = make()
    page, address = review.get_author_url(), reverse("my_review_erase", args=[review.token])
    links = [page, address, review.get_confirmation_url(), reverse("my_review_data", args=[review.token])]

    question = page_of(client.get(address))
    assert "What is erased" in question
    assert "What stays" in question
    assert not Review.objects.get(pk=review.pk).erased_at

    answer = client.post(address)
    assert answer.status_code == 303
    assert "Your data has been erased" in page_of(client.get(answer.url))
    assert Review.objects.get(pk=review.pk).erased_at
    assert [client.get(link).status_code for link in links] == [404] * len(links)


def test_who_reported_a_review_is_told_that_it_is_gone():
    review = make_approved()
    review.flag(reason="abusive", email="grace@example.org")

    review.erase()

    assert Flag.objects.get().status == Flag.Status.SETTLED
    assert Letter.objects.filter(kind="flag_closed").count() == 1


# The link.


def test_a_link_made_anew_replaces_the_former_one(client):
    review = make_review()
    former = review.get_author_url()

    answer = client.post(reverse("my_review_renew", args=[review.token]))

    assert answer.url != former
    assert client.get(answer.url).status_code == 200
    assert client.get(former).status_code == 404
    assert client.get(reverse("my_review_renew", args=[Review.objects.get().token])).status_code == 405


def test_nothing_that_opens_a_page_is_stored():
    review = make_review(email="ada@example.org")
    review.renew_link()

    stored = everything_stored()
    assert review.token.partition(".")[2] not in stored
    assert review.confirmation_token.partition(".")[2] not in stored


# The download.


def test_an_author_downloads_everything_that_is_kept(client):
    moderator = make_user(username="e.cavell", first_name="Edith", last_name="Cavell")
    body = "Call Dr Smith."
    review = make_review(title="Before", body=body, email="ada@example.org", network_hash="f00d" * 16)
    review.reject(
        by=moderator,
        reason="about_a_person",
        message="Please name nobody.",
        marks=[{"where": "body", "start": 5, "end": 13}],
    )
    review.edit(make_wording(review, title="After", body="Call nobody."))
    review.approve(by=moderator)
    review.flag(reason="abusive", note="A reader’s words.", email="grace@example.org")
    review.reject(by=moderator, reason="abusive")
    review.appeal("It is not.")

    answer = client.get(reverse("my_review_data", args=[review.token]))

    data = json.loads(answer.content)
    assert answer["Content-Disposition"] == f'attachment; filename="review-{review.pk}.json"'
    assert answer["Cache-Control"] == "no-store"
    assert [wording["title"] for wording in data["wordings"]] == ["Before", "After"]
    assert [entry["reason"] for entry in data["decisions"]] == ["abusive", "", "about_a_person"]
    assert data["decisions"][2]["passages"] == ["Dr Smith"]
    assert data["decisions"][2]["message"] == "Please name nobody."
    assert [appeal["text"] for appeal in data["appeals"]] == ["It is not."]
    assert [report["status"] for report in data["reports_by_readers"]] == ["upheld"]
    assert {letter["kind"] for letter in data["letters"]} == {"decision", "edited", "appealed"}
    assert data["review"]["email_address"] == "kept, not shown"
    text = answer.content.decode()
    for secret in ("ada@", "grace@", "f00d", "A reader’s words", "cavell", "Cavell", review.email_hash):
        assert secret not in text


def test_a_decision_that_can_still_be_taken_back_is_not_in_the_download(client):
    review = make_review()
    review.reject(by=make_user(), reason="abusive", undo_for=timedelta(minutes=1))

    data = json.loads(client.get(reverse("my_review_data", args=[review.token])).content)

    assert (data["decisions"], data["review"]["status"]) == ([], "being decided")


def test_the_page_of_a_withdrawn_review_still_offers_to_erase_it(client):
    review = make_review()
    review.withdraw()

    assert reverse("my_review_erase", args=[review.token]) in own_page(client, review)
    assert review.withdrawn_at <= timezone.now()
