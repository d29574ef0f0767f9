"""Which stored files are photos of difficulties: named in `settings.FILE_OWNERS`."""

from cncd.work.difficulties.models import Raising


def files_in_reach(user):
    """Ids of the photos of what was raised within the person's sight."""
    return Raising.objects.visible_to(user).exclude(photo=None).values("photo")
