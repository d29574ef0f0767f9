"""PostgreSQL keeps the words of titles beside, and short texts whole: quicker ranking."""

from django.db import migrations

from cncd.work.library.search import postgresql


def rank_by_title(apps, editor):
    if editor.connection.vendor == "postgresql":
        for statement in postgresql.RANKED_BY_TITLE:
            editor.execute(statement)


def forget_titles(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE library_searched DROP COLUMN title_words")
        editor.execute("ALTER TABLE library_searched RESET (toast_tuple_target)")


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(rank_by_title, forget_titles)]
