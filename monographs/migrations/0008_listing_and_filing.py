import re
import unicodedata
from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŧ": "t"})


def sort_title_of(title):
    decomposed = unicodedata.normalize("NFKD", title.casefold().translate(PLAIN))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return (" ".join(re.findall(r"[^\W_]+", plain)) or title)[:200]


def list_editions(apps, schema_editor):
    """Give the editions that exist their listings, and their places under topics."""
    Edition, Listing, Filing = (apps.get_model("monographs", name) for name in ("Edition", "Listing", "Filing"))
    editions = Edition.objects.only("monograph_id", "title", "public_from", "is_substantive")
    editions = editions.annotate(withdrawn_at=models.F("withdrawal__at")).order_by("monograph", "number")
    by_monograph = {}
    for edition in editions.iterator(chunk_size=1000):
        by_monograph.setdefault(edition.monograph_id, []).append(edition)
        Filing.objects.filter(edition=edition).update(sort_title=sort_title_of(edition.title))
    for editions in by_monograph.values():
        Listing.objects.bulk_create(listings_of(Listing, editions))


def listings_of(Listing, editions):
    listings, first, changed_at = [], None, None
    for edition in editions:
        edition.is_cancelled = edition.withdrawn_at is not None and edition.withdrawn_at < edition.public_from
        if not edition.is_cancelled:
            if first and edition.is_substantive:
                changed_at = edition.public_from
            first = min(first or NEVER, edition.public_from)
        sort_title = sort_title_of(edition.title)
        listings.append(
            Listing(
                edition=edition,
                begins=edition.public_from,
                since=first or edition.public_from,
                changed_at=changed_at,
                letter=sort_title[0].upper() if sort_title[0].isalpha() else "#",
                sort_title=sort_title,
            )
        )
    end = NEVER
    for edition, listing in zip(reversed(editions), reversed(listings)):
        if edition.is_cancelled:
            listing.ends = listing.begins
        else:
            listing.ends = min(end, edition.withdrawn_at or NEVER)
            end = min(end, edition.public_from)
    return listings


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0007_corrections_from_readers'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            # The table exists: Django made it for the many-to-many relation.
            state_operations=[
                migrations.CreateModel(
                    name='Filing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='filings', to='monographs.edition')),
                        ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='filings', to='monographs.topic')),
                    ],
                    options={
                        'verbose_name': 'filing',
                        'verbose_name_plural': 'filings',
                        'db_table': 'monographs_edition_filed_under',
                        'default_permissions': (),
                        'unique_together': {('edition', 'topic')},
                    },
                ),
                migrations.AlterField(
                    model_name='edition',
                    name='filed_under',
                    field=models.ManyToManyField(related_name='editions', through='monographs.Filing', to='monographs.topic', verbose_name='topics'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='filing',
            name='sort_title',
            field=models.CharField(default='', max_length=200, verbose_name='title, folded for sorting'),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(fields=['topic', 'sort_title', 'edition'], name='filing_by_title'),
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='listing', serialize=False, to='monographs.edition')),
                ('begins', models.DateTimeField(verbose_name='in force from')),
                ('ends', models.DateTimeField(verbose_name='in force until')),
                ('since', models.DateTimeField(verbose_name='when readers first saw the monograph')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='when it last changed substantively, if ever')),
                ('letter', models.CharField(max_length=4, verbose_name='letter')),
                ('sort_title', models.CharField(max_length=200, verbose_name='title, folded for sorting')),
            ],
            options={
                'verbose_name': 'listing',
                'verbose_name_plural': 'listings',
                'default_permissions': (),
                'indexes': [models.Index(fields=['sort_title', 'edition', 'begins', 'ends'], name='listing_by_title'), models.Index(fields=['letter', 'sort_title', 'edition', 'begins', 'ends'], name='listing_by_letter'), models.Index(fields=['-begins', '-edition', 'ends'], name='listing_latest'), models.Index(fields=['-since', '-edition', 'begins', 'ends'], name='listing_new'), models.Index(fields=['-changed_at', '-edition', 'begins', 'ends'], name='listing_changed')],
            },
        ),
        migrations.RunPython(list_editions, migrations.RunPython.noop),
    ]
