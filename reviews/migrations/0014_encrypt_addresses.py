"""Addresses that are stored already are encrypted; of several public reviews by one person, the first is counted as
theirs.
"""

from django.db import migrations, models
from django.db.models.functions import Cast


def encrypt(apps, schema_editor):
    for name in ("Review", "Flag"):
        Model = apps.get_model("reviews", name)
        stored = Model.objects.exclude(email="").order_by("pk").annotate(plain=Cast("email", models.TextField()))
        for pk, plain in stored.values_list("pk", "plain").iterator(chunk_size=2000):
            Model.objects.filter(pk=pk).update(email=plain)


def leave_one(apps, schema_editor):
    Review = apps.get_model("reviews", "Review")
    public = Review.objects.filter(status="approved").exclude(email_hash="")
    seen = set()
    rows = public.order_by("pk").values_list("pk", "email_hash", "monograph", "edition")
    for pk, *person in rows.iterator(chunk_size=2000):
        if tuple(person) in seen:
            Review.objects.filter(pk=pk).update(email_hash="")
        seen.add(tuple(person))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0013_erasure_and_encrypted_addresses")]

    operations = [
        migrations.RunPython(encrypt, migrations.RunPython.noop),
        migrations.RunPython(leave_one, migrations.RunPython.noop),
    ]
