import re
from calendar import monthrange
from datetime import date

from django.db import migrations
from django.utils import timezone


def derive(apps, schema_editor):
    """Fill in what is derived from now on: which pictures are shown where, what has changed, when pages are due."""
    Edition, Monograph = apps.get_model("monographs", "Edition"), apps.get_model("monographs", "Monograph")
    pictures = dict(apps.get_model("monographs", "Picture").objects.values_list("file", "pk"))
    PictureUse = apps.get_model("monographs", "PictureUse")
    address = re.compile(r"pictures/[0-9a-f]{16}\.(?:png|jpg)")

    def uses(texts, **where):
        paths = {path for text in texts for path in address.findall(text)}
        return [PictureUse(picture_id=pictures[path], **where) for path in paths if path in pictures]

    for edition in Edition.objects.select_related("monograph").iterator(chunk_size=100):
        texts = [section["source"] for section in edition.sections] + [(edition.picture or {}).get("path", "")]
        PictureUse.objects.bulk_create(uses(texts, monograph_id=edition.monograph_id, edition=edition))
        _stand(apps.get_model("monographs", "Standing"), edition)
    for monograph in Monograph.objects.select_related("lead_picture").iterator(chunk_size=100):
        texts = [*monograph.sections.values_list("body", flat=True)]
        texts.append(monograph.lead_picture.file.name if monograph.lead_picture else "")
        PictureUse.objects.bulk_create(uses(texts, monograph=monograph))
        latest = monograph.editions.order_by("-number").first()
        if latest and not hasattr(latest, "withdrawal") and monograph.changed_at <= latest.published_at:
            Monograph.objects.filter(pk=monograph.pk).update(has_changes=False)


def _stand(Standing, edition):
    standing = Standing.objects.filter(edition=edition).first() or Standing(edition=edition)
    day = timezone.localdate(max(filter(None, (edition.public_from, standing.checked_at))))
    years, month = divmod(day.month - 1 + edition.monograph.review_interval, 12)
    year, month = day.year + years, month + 1
    standing.due_on = date(year, month, min(day.day, monthrange(year, month)[1]))
    standing.save()


class Migration(migrations.Migration):

    dependencies = [
        ("monographs", "0009_picture_library_and_desk"),
    ]

    operations = [
        migrations.RunPython(derive, migrations.RunPython.noop),
    ]
