"""What a test committed is gone afterwards, whichever table it stood in."""

from django.apps import apps

from tests.emptying import LAID_DOWN, empty_tables


def test_no_row_is_left_but_what_was_laid_down_with_the_tables(programme):
    empty_tables()
    models = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]
    filled = {each._meta.db_table for each in models if each._base_manager.exists()}
    assert filled <= LAID_DOWN
