"""Each decision keeps which rules of the screening had fired; those made already get them from the wording's findings."""

from collections import Counter

from django.db import migrations, models

from reviews.models.figure import quarter_of


def fill(apps, schema_editor):
    Decision, Figure, Wording = (apps.get_model("reviews", name) for name in ("Decision", "Figure", "Wording"))
    counts, changed = Counter(), []
    standing = Decision.objects.exclude(review__findings=[]) | Decision.objects.exclude(review__wordings=None)
    for decision in standing.distinct().select_related("review").iterator(chunk_size=2000):
        text = decision.review
        if decision.wording != text.wording:
            text = Wording.objects.filter(review=text, number=decision.wording).first() or text
        decision.found = list(dict.fromkeys(finding["kind"] for finding in text.findings))
        changed.append(decision)
        if decision.cause == "wording" and decision.retracted_at is None:
            kind = "caught" if decision.verdict == "rejected" else "passed"
            counts.update((quarter_of(decision.at), kind, rule) for rule in decision.found)
    Decision.objects.bulk_update(changed, ["found"], batch_size=500)
    Figure.objects.bulk_create(
        Figure(quarter=quarter, kind=kind, name=rule, count=count) for (quarter, kind, rule), count in counts.items()
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_text_hash")]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='found',
            field=models.JSONField(blank=True, default=list, help_text='Names of the screening’s rules.', verbose_name='rules that had fired'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='kind',
            field=models.CharField(choices=[('wording', 'decided about a wording'), ('flags', 'decided about flags'), ('appeal', 'decided about an appeal'), ('waited', 'class of the waiting time'), ('caught', 'a rule had fired, and the wording was refused'), ('passed', 'a rule had fired, and the wording was approved'), ('received', 'reviews received'), ('flagged', 'reports received'), ('appealed', 'appeals received')], max_length=10, verbose_name='kind'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
