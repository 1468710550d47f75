"""What is private to a person is for the account that they had when it was written, not for one that they get later."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _account():
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name="account",
    )


class Migration(migrations.Migration):
    dependencies = [("raci", "0009_erasable_names")]
    operations = [
        migrations.AddField(model_name=name, name="account", field=_account())
        for name in ("assessment", "confidant", "planstep")
    ]
