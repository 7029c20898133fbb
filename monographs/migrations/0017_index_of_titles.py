from django.db import migrations


def create(apps, schema_editor):
    from monographs.search import indexing

    indexing.titles().create()


def drop(apps, schema_editor):
    from monographs.search import indexing

    indexing.titles().drop()


class Migration(migrations.Migration):
    dependencies = [("monographs", "0016_wide_networks")]

    operations = [migrations.RunPython(create, drop)]
