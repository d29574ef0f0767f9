"""The components a team is made of, as the plan names them, and those practice added."""

from django.db import transaction

from cncd.foundation.journal.actions import record
from cncd.team.teams.models import Component

COMPONENTS = [
    ("teacher", "Giáo viên"),
    ("health", "Nhân viên y tế"),
    ("telecom", "Nhân viên bưu chính, viễn thông, công nghệ thông tin"),
    ("resident", "Người dân có kỹ năng số"),
    ("hamlet-board", "Ban nhân dân khóm, ấp"),
    ("union", "Đoàn Thanh niên"),
    ("women", "Hội Liên hiệp Phụ nữ"),
    ("farmers", "Hội Nông dân"),
    ("veterans", "Hội Cựu chiến binh"),
    ("police", "Lực lượng an ninh, trật tự ở cơ sở"),
]


@transaction.atomic
def seed_components(*, by=None, now=None) -> int:
    """Adds the components that are missing and returns how many (II.1.1); again, it adds none."""
    known = set(Component.objects.values_list("code", flat=True))
    added = Component.objects.bulk_create(
        Component(code=code, name=name, order=order)
        for order, (code, name) in enumerate(COMPONENTS)
        if code not in known
    )
    if added:
        record(
            event="components.seeded", subject=added[0], by=by, after={"count": len(added)}, now=now
        )
    return len(added)
