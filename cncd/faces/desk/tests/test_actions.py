import pytest

from cncd.faces.desk import actions
from cncd.foundation.journal.models import Entry
from cncd.foundation.people.models import SavedView

pytestmark = pytest.mark.django_db


def events():
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def test_a_view_is_saved_renamed_and_deleted_with_one_entry_each(cast):
    view = actions.save_view(name="Xã chậm", address="/reports/?u=3", by=cast.minh)
    actions.rename_view(view=view, name="Xã gửi chậm", by=cast.minh)
    assert SavedView.objects.get().name == "Xã gửi chậm"
    actions.delete_view(view=view, by=cast.minh)
    assert not SavedView.objects.exists()
    assert events() == ["view.saved", "view.renamed", "view.deleted"]


def test_a_name_is_used_once_by_one_person_and_freely_by_another(cast):
    first = actions.save_view(name="Xã chậm", address="/a/", by=cast.minh)
    other = actions.save_view(name="Khác", address="/b/", by=cast.minh)
    actions.save_view(name="Xã chậm", address="/a/", by=cast.lan)
    with pytest.raises(actions.ViewRefused):
        actions.save_view(name="Xã chậm", address="/c/", by=cast.minh)
    with pytest.raises(actions.ViewRefused):
        actions.rename_view(view=other, name="Xã chậm", by=cast.minh)
    actions.rename_view(view=first, name="Xã chậm", by=cast.minh)


def test_there_is_an_end_to_saving(cast, monkeypatch):
    monkeypatch.setattr(actions, "KEPT", 2)
    for name in "ab":
        actions.save_view(name=name, address="/", by=cast.minh)
    with pytest.raises(actions.ViewRefused):
        actions.save_view(name="c", address="/", by=cast.minh)
    assert len(events()) == 2


def test_a_preference_is_kept_and_only_a_change_is_written_down(cast):
    actions.change_preferences(by=cast.tu, large_text=True)
    actions.change_preferences(by=cast.tu, large_text=True)
    actions.change_preferences(by=cast.tu)
    cast.tu.refresh_from_db()
    assert cast.tu.large_text
    assert events() == ["preferences.changed"]
