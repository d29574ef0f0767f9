"""Photos that come after their entry: one by one, within what the entry may hold."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from PIL import Image

from cncd.foundation.files.rules import FileRefused
from cncd.foundation.journal.models import Entry
from cncd.team.teams.models import Membership
from cncd.work.activities.actions import ActivityRefused, edit_activity
from cncd.work.activities.actions.edit import current
from cncd.work.activities.entering import add_photo
from cncd.work.activities.forms import EditForm, said_before
from cncd.work.activities.history import history


def picture(name: str = "anh.jpg") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def test_a_photo_joins_its_entry_and_changes_no_version(log, cast):
    activity = log()
    add_photo(activity, picture(), by=cast.tu)
    found = add_photo(activity, picture(), by=cast.tu)
    assert found.version == 1
    held = [str(photo.file_id) for photo in found.photos.all()]
    assert list(current(found).photos) == held
    assert ("số ảnh", "2") in [(str(label), text) for label, text in history(found).now]
    last = Entry.objects.about(found).order_by("pk").last()
    assert (last.event, last.before, last.after) == (
        "activity.photo_added",
        {"photos": 1},
        {"photos": 2},
    )


def test_at_most_five_and_only_pictures(log, cast):
    activity = log()
    for _time in range(5):
        add_photo(activity, picture(), by=cast.tu)
    with pytest.raises(ActivityRefused, match="5 ảnh"):
        add_photo(activity, picture(), by=cast.tu)
    with pytest.raises(FileRefused):
        add_photo(log(), SimpleUploadedFile("a.jpg", b"khong phai anh"), by=cast.tu)
    assert activity.photos.count() == 5


def test_who_has_left_brings_the_photo_of_their_own_entry_and_a_stranger_none(log, cast):
    activity = log(by=cast.cuong)
    made_at = timezone.now() - dt.timedelta(days=3)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(person=cast.cuong.person).update(until_on=yesterday)
    add_photo(activity, picture(), by=cast.cuong, made_at=made_at)
    for by in (cast.cuong, cast.liem, cast.outsider):
        with pytest.raises(PermissionDenied):
            add_photo(activity, picture(), by=by)
    assert activity.photos.count() == 1


def test_a_correction_begun_before_the_photo_came_does_not_lose_it(log, cast):
    activity = log()
    add_photo(activity, picture(), by=cast.tu)
    old = current(activity).photos
    page = EditForm(team=cast.team, photos=old, initial=said_before(current(activity)))
    add_photo(activity, picture(), by=cast.tu)
    sent = {"kind": "support", "happened_on": "20/11/2026", "people": "11", "version": "1"}
    sent |= {"shown_photos": page["shown_photos"].value(), "content_vneid": "10"}
    form = EditForm(data(sent), team=cast.team, photos=current(activity).photos)
    assert form.is_valid(), form.errors
    changed = form.done(form.photos_kept)
    edit_activity(activity=activity, done=changed, version=1, by=cast.tu)
    # The one that was shown and unticked is gone, the one that was not shown stays.
    assert [str(photo.file_id) for photo in activity.photos.all()] == list(changed.photos)
    assert len(changed.photos) == 1
    assert changed.photos[0] not in old


def data(sent: dict) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(sent)
    return found
