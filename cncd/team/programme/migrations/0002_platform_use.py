"""Says of each platform what it is used as, so that floors and wallets can be chosen from."""

from django.db import migrations, models

GROUPS = {"Mạng xã hội": "social", "Thương mại điện tử": "floor"}


def say_use(apps, _schema):
    platforms = apps.get_model("programme", "Platform").objects
    for group, use in GROUPS.items():
        platforms.filter(group=group).update(use=use)
    platforms.filter(code__startswith="mobile-money").update(use="mobile_money")


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="platform",
            name="use",
            field=models.CharField(
                blank=True,
                choices=[
                    ("social", "Social network"),
                    ("floor", "E-commerce floor"),
                    ("bank", "Bank"),
                    ("wallet", "E-wallet"),
                    ("mobile_money", "Mobile money"),
                    ("", "Other"),
                ],
                max_length=14,
                verbose_name="used as",
            ),
        ),
        migrations.RunPython(say_use, migrations.RunPython.noop),
    ]
