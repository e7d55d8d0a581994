"""What the hosts put before a post is kept beside its author's note, not in its place."""

from django.db import migrations, models
from django.db.models import F, Q


def apart(apps, schema_editor):
    noted = apps.get_model("talk", "Post").objects.filter(noted_by_hosts=True)
    noted.update(hosts_note=F("note"), note="")


def together(apps, schema_editor):
    noted = apps.get_model("talk", "Post").objects.exclude(hosts_note="")
    noted.update(note=F("hosts_note"), noted_by_hosts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('talk', '0004_content_notes'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='post', name='noted'),
        migrations.AddField(
            model_name='post',
            name='hosts_note',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.RunPython(apart, together),
        migrations.RemoveField(model_name='post', name='noted_by_hosts'),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=Q(('hosts_note', ''), ('note', ''), _negated=True), fields=['conversation'], name='noted'),
        ),
    ]
