"""Reviews that wait already get their cards, and addresses their keyed hashes."""

from django.db import migrations

from reviews.addresses import email_hash

WAITING = 4


def fill(apps, schema_editor):
    Review, Card = (apps.get_model("reviews", name) for name in ("Review", "Card"))
    waiting = Review.objects.filter(status="pending").only("submitted_at", "confirmed_at").iterator(chunk_size=2000)
    Card.objects.bulk_create(
        (
            Card(
                review=review,
                matter="wording",
                place=WAITING,
                since=max(filter(None, [review.submitted_at, review.confirmed_at])),
            )
            for review in waiting
        ),
        batch_size=2000,
    )
    with_email = Review.objects.exclude(email="").only("email")
    for review in with_email.iterator(chunk_size=2000):
        Review.objects.filter(pk=review.pk).update(email_hash=email_hash(review.email))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_wordings_appeals_flags_cards_letters")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
