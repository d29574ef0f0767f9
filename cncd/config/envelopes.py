"""Which function enters which kind of entry that came through the door: `(arrived) -> answer`.

Each goes through the form and the action of the web page. A new kind is one line here.
"""

KINDS: dict[str, str] = {
    "activity.log": "cncd.faces.phone.doors.log",
}
