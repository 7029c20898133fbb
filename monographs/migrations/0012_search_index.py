import django.db.models.deletion
from django.db import migrations, models


def create(apps, schema_editor):
    from monographs.search import indexing

    indexing.create()


def drop(apps, schema_editor):
    from monographs.search import indexing

    indexing.drop()


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0011_answers_about_pages'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='edition',
            name='search_names',
        ),
        migrations.RemoveField(
            model_name='edition',
            name='search_text',
        ),
        migrations.CreateModel(
            name='IndexedName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('title', 'title'), ('other', 'other name'), ('code', 'code'), ('word', 'word of a name')], max_length=10, verbose_name='kind')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('folded', models.CharField(max_length=200, verbose_name='name, folded')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indexed_names', to='monographs.edition')),
            ],
            options={
                'verbose_name': 'indexed name',
                'verbose_name_plural': 'indexed names',
                'default_permissions': (),
                'indexes': [models.Index(fields=['folded', 'id'], name='indexed_name_folded')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anchor', models.CharField(blank=True, max_length=120, verbose_name='anchor')),
                ('heading', models.CharField(blank=True, max_length=120, verbose_name='heading')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='monographs.edition')),
            ],
            options={
                'verbose_name': 'passage',
                'verbose_name_plural': 'passages',
                'default_permissions': (),
            },
        ),
        # Filled at the end of migrate: see monographs/apps.py.
        migrations.RunPython(create, drop),
    ]
