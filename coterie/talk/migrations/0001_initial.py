import coterie.core.ids
import coterie.personas.models
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('communities', '0001_initial'),
        ('personas', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaughtUp',
            fields=[
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='caught_up', serialize=False, to='communities.membership')),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('one', 'One of them'), ('several', 'Several of them'), ('ranked', 'Put them in an order')], default='one', max_length=8)),
                ('options', models.JSONField(default=list)),
                ('most', models.PositiveSmallIntegerField(default=0)),
                ('named', models.BooleanField(default=False)),
                ('grows', models.BooleanField(default=False)),
                ('may_change', models.BooleanField(default=True)),
                ('shown', models.CharField(choices=[('voted', 'Whoever has voted'), ('closed', 'Everybody, once it is closed')], default='voted', max_length=8)),
                ('hours', models.PositiveSmallIntegerField(default=0)),
                ('closes_at', models.DateTimeField(null=True)),
                ('settled', models.BooleanField(default=False)),
                ('votes', models.PositiveIntegerField(default=0)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('tally', models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=coterie.core.ids.new_public_id, max_length=18, unique=True)),
                ('kind', models.CharField(choices=[('topic', 'Topic'), ('room', 'Room'), ('gathering', 'Gathering')], default='topic', max_length=12)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('see', models.CharField(choices=[('everyone', 'everyone'), ('parent', 'members of the parent'), ('members', 'members')], max_length=10)),
                ('arriving', models.BooleanField(default=False)),
                ('history_shared', models.BooleanField(default=False)),
                ('voice', models.CharField(choices=[('own', 'Myself'), ('hosts', 'The hosts'), ('member', 'A member, anonymously')], default='own', max_length=8)),
                ('client_key', models.CharField(blank=True, max_length=40)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_seq', models.PositiveIntegerField(default=0)),
                ('last_post_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_rev', models.PositiveIntegerField(default=0)),
                ('epoch', models.PositiveIntegerField(default=1)),
                ('locked_at', models.DateTimeField(null=True)),
                ('pinned_at', models.DateTimeField(null=True)),
                ('unlisted_at', models.DateTimeField(null=True)),
                ('archived_at', models.DateTimeField(null=True)),
                ('slow_seconds', models.PositiveIntegerField(default=0)),
                ('tagged', models.JSONField(default=list)),
                ('announced_at', models.DateTimeField(null=True)),
                ('aside_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='personas.persona')),
                ('circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='communities.circle')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='communities.community')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='talk.conversation')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='personas.persona')),
            ],
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigIntegerField(default=coterie.core.ids.random_key, editable=False, primary_key=True, serialize=False)),
                ('nullifier', models.CharField(max_length=64)),
                ('choices', models.JSONField(default=list)),
                ('persona', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='personas.persona')),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='talk.poll')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=coterie.core.ids.new_public_id, max_length=18, unique=True)),
                ('voice', models.CharField(choices=[('own', 'Myself'), ('hosts', 'The hosts'), ('member', 'A member, anonymously')], default='own', max_length=8)),
                ('state', models.CharField(choices=[('published', 'Published'), ('scheduled', 'Not out yet'), ('held', 'Waiting for a host'), ('retracted', 'Taken back by its author'), ('removed', 'Removed by the hosts'), ('erased', 'Erased')], default='published', max_length=10)),
                ('held_because', models.CharField(blank=True, max_length=200)),
                ('seq', models.PositiveIntegerField(null=True)),
                ('rev', models.PositiveIntegerField(default=0)),
                ('after_seq', models.PositiveIntegerField(default=0)),
                ('client_key', models.CharField(max_length=40)),
                ('source', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('photos', models.PositiveSmallIntegerField(default=0)),
                ('polled', models.BooleanField(default=False)),
                ('renderer', models.PositiveSmallIntegerField(default=1)),
                ('brought', models.BooleanField(default=False)),
                ('source_order', models.BigIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published_at', models.DateTimeField(null=True)),
                ('edited_at', models.DateTimeField(null=True)),
                ('aside_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='personas.persona')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='talk.conversation')),
                ('persona', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='posts', to='personas.persona')),
                ('reply_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to='talk.post')),
            ],
        ),
        migrations.AddField(
            model_name='poll',
            name='post',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='poll', to='talk.post'),
        ),
        migrations.CreateModel(
            name='HiddenPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('persona', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hidden_posts', to='personas.persona')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hidden_from', to='talk.post')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=18)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('source', models.TextField(blank=True)),
                ('voice', models.CharField(blank=True, choices=[('own', 'Myself'), ('hosts', 'The hosts'), ('member', 'A member, anonymously')], default='own', max_length=8)),
                ('photos', models.JSONField(default=list)),
                ('tags', models.JSONField(default=list)),
                ('poll', models.JSONField(default=dict)),
                ('refusal', models.CharField(blank=True, max_length=300)),
                ('kept_on', models.DateField(default=coterie.personas.models.today)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.community')),
                ('persona', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='personas.persona')),
                ('reply_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='talk.post')),
            ],
        ),
        migrations.CreateModel(
            name='BroughtReaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('emoji', models.CharField(max_length=24)),
                ('times', models.PositiveIntegerField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='brought_reactions', to='talk.post')),
            ],
        ),
        migrations.CreateModel(
            name='PostVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField()),
                ('html', models.TextField()),
                ('until', models.DateTimeField(default=django.utils.timezone.now)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='talk.post')),
            ],
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('emoji', models.CharField(max_length=24)),
                ('persona', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='personas.persona')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='talk.post')),
            ],
        ),
        migrations.CreateModel(
            name='ReadingPosition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.PositiveIntegerField(default=1)),
                ('read_seq', models.PositiveIntegerField(default=0)),
                ('from_seq', models.PositiveIntegerField(default=0)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='talk.conversation')),
                ('persona', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reading', to='personas.persona')),
            ],
        ),
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.CharField(blank=True, max_length=500)),
                ('removed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='removal', to='talk.post')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='personas.persona')),
                ('rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='communities.rule')),
            ],
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=30)),
                ('key', models.CharField(max_length=90)),
                ('by_hosts', models.BooleanField(default=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='communities.community')),
            ],
        ),
        migrations.CreateModel(
            name='Tagging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='talk.conversation')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='talk.tag')),
            ],
        ),
        migrations.CreateModel(
            name='TagLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('follow', 'Follow'), ('normal', 'Normal'), ('mute', 'Mute')], max_length=6)),
                ('persona', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='personas.persona')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='talk.tag')),
            ],
        ),
        migrations.CreateModel(
            name='TopicLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('follow', 'Follow'), ('normal', 'Normal'), ('mute', 'Mute')], max_length=6)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='talk.conversation')),
                ('persona', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='personas.persona')),
            ],
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['community', '-last_post_at', '-id'], name='talk_conver_communi_e57cb9_idx'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['community', '-started_at', '-id'], name='talk_conver_communi_ab191c_idx'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('pinned_at__isnull', False)), fields=['community', '-pinned_at'], name='pinned'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.UniqueConstraint(condition=models.Q(('client_key', ''), _negated=True), fields=('community', 'started_by', 'client_key'), name='started_once'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('poll', 'nullifier'), name='voted_once'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['persona', 'conversation'], name='talk_post_persona_344801_idx'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['persona', 'created_at'], name='talk_post_persona_b27005_idx'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('rev__gt', 0)), fields=['conversation', 'rev'], name='changes'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('seq', None)), fields=['conversation', 'after_seq', 'id'], name='unnumbered'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('brought', False), ('seq__isnull', False)), fields=['conversation', 'published_at', 'seq'], name='news'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('conversation', 'persona', 'client_key'), name='said_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('brought', True)), fields=('conversation', 'client_key'), name='brought_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('seq__isnull', False)), fields=('conversation', 'seq'), name='seq_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('seq', None), models.Q(models.Q(('state__in', ('held', 'scheduled')), _negated=True), ('aside_with', None)), _connector='OR'), name='what_is_not_for_all_has_no_seq'),
        ),
        migrations.AddIndex(
            model_name='poll',
            index=models.Index(condition=models.Q(('settled', False)), fields=['closes_at'], name='polls_to_settle'),
        ),
        migrations.AddConstraint(
            model_name='hiddenpost',
            constraint=models.UniqueConstraint(fields=('persona', 'post'), name='hidden_once'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('persona', 'place'), name='draft_once'),
        ),
        migrations.AddConstraint(
            model_name='broughtreaction',
            constraint=models.UniqueConstraint(fields=('post', 'emoji'), name='brought_reaction_once'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(fields=('post', 'persona', 'emoji'), name='reaction_once'),
        ),
        migrations.AddConstraint(
            model_name='readingposition',
            constraint=models.UniqueConstraint(fields=('persona', 'conversation'), name='position_once'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('community', 'key'), name='tag_once'),
        ),
        migrations.AddConstraint(
            model_name='tagging',
            constraint=models.UniqueConstraint(fields=('tag', 'conversation'), name='tagged_once'),
        ),
        migrations.AddConstraint(
            model_name='taglevel',
            constraint=models.UniqueConstraint(fields=('tag', 'persona'), name='tag_level_once'),
        ),
        migrations.AddConstraint(
            model_name='topiclevel',
            constraint=models.UniqueConstraint(fields=('conversation', 'persona'), name='level_once'),
        ),
        migrations.CreateModel(
            name='SavedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('saved_on', models.DateField(default=coterie.personas.models.today)),
                ('persona', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='personas.persona')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_by', to='talk.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('persona', 'post'), name='saved_once')],
            },
        ),
    ]
