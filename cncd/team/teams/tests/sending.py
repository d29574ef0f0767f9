"""What a browser sends from the pages of the teams, and what people read in the answer."""

import re

from cncd.team.teams.queries import members_on
from tests.cast import TODAY


def text(response) -> str:
    html = re.sub(r"<(script|svg).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def sent(rows, *, prefix="members", **more) -> dict:
    """A roster as the browser sends it; `rows` are dictionaries of what is filled in."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    usual = {"position": "member", "tie": "lives"}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{key}": value for key, value in (usual | row).items()}
    return data | more


DECISION = {
    "decision-number": "21/QĐ-UBND",
    "decision-issued_on": "20/10/2026",
    "decision-issuer": "UBND xã Nhơn Mỹ",
    "decision-signer": "Trần Văn Hùng",
}
TWO = [
    {"full_name": "Thạch Sáu", "position": "leader", "hamlet_post": "head"},
    {"full_name": "Lý Ánh", "position": "deputy", "hamlet_post": "union"},
]


def formation(empty, rows=TWO, **more) -> dict:
    return sent(rows, places=[empty.pk], since_on="01/11/2026", **DECISION) | more


def confirmed(client, address, data):
    """Sends the page, and once more with the button that confirms what was shown."""
    shown = client.post(address, data)
    assert shown.status_code == 200, shown.url
    button = re.search(r'name="confirmed" value="([0-9a-f]+)"', shown.content.decode())
    assert button, text(shown)
    return client.post(address, data | {"confirmed": button[1]})


def standing(team, **changed) -> dict:
    """The members of today as the page sends them; `changed` by membership id."""
    data = {}
    for row in members_on(team, TODAY):
        values = {"position": row.position, "hamlet_post": row.hamlet_post, "tie": row.tie}
        for key, value in (values | changed.get(f"m{row.pk}", {})).items():
            data[f"m{row.pk}-{key}"] = value
    return data
