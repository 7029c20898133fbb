"""After SECRET_KEY changed: addresses come under the key in force, so that the former one can be given up."""

from django.conf import settings
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from reviews.addresses import email_hash
from reviews.models import Flag, Review
from reviews.models.encrypted_email import is_under_former_key


def bring_under_new_key():
    """Encrypt and hash again what was kept under SECRET_KEY_FALLBACKS; return how many addresses."""
    if not settings.SECRET_KEY_FALLBACKS:
        return 0
    return sum(_rekey(model) for model in (Review, Flag))


def _rekey(model):
    with_address = model.objects.exclude(email="").order_by("pk").annotate(stored=Cast("email", TextField()))
    former = [pk for pk, stored in with_address.values_list("pk", "stored").iterator() if is_under_former_key(stored)]
    return sum(_rekey_row(model, pk) for pk in former)


@transaction.atomic
def _rekey_row(model, pk):
    row = model.objects.select_for_update().get(pk=pk)
    if not row.email:
        # Under a key that nobody has any more.
        return 0
    changes = {"email": row.email}
    if getattr(row, "email_hash", ""):
        changes["email_hash"] = email_hash(row.email)
    model.objects.filter(pk=pk).update(**changes)
    return 1
