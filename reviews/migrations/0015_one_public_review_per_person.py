from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0014_encrypt_addresses")]

    operations = [
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'approved'), models.Q(('email_hash', ''), _negated=True)), fields=('email_hash', 'monograph', 'edition'), name='review_one_public_per_person_and_edition'),
        ),
    ]
