"""The forms of commendation to begin with: `settings.PROGRAMME_SEEDS`."""

import datetime as dt

from cncd.results.rewards.models import Form

FORMS = [
    # code, name, for teams, for members
    ("bieu-duong", "Biểu dương", True, True),
    ("thu-khen", "Thư khen", True, True),
    ("giay-khen", "Giấy khen", True, True),
    ("bang-khen", "Bằng khen", True, True),
]


def seed_forms(since: dt.date) -> dict[str, int]:
    """Adds the forms that are missing; returns how many rows of each kind."""
    standing = set(Form.objects.values_list("code", flat=True))
    made = Form.objects.bulk_create(
        Form(code=code, name=name, for_teams=teams, for_people=people, order=order * 10,
             since_on=since)
        for order, (code, name, teams, people) in enumerate(FORMS, 1)
        if code not in standing
    )  # fmt: skip
    return {"form": len(made)} if made else {}
