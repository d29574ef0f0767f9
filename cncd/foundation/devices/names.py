"""What people call a device: "Điện thoại Samsung SM-A042F, Chrome"."""

from django.utils.translation import gettext as _

from cncd.foundation.devices import rules


def device_name(user_agent: str, model: str = "") -> str:
    """Kind, maker and model as far as they are known, and the browser."""
    model = "" if model == "K" else model  # what Chrome says in place of every model
    maker = rules.maker(model) or rules.maker(user_agent)
    known = " ".join(filter(None, [maker, model.removeprefix(maker).strip()]))
    named = _kind(user_agent) % {"name": known} if known else _kind_alone(user_agent)
    return ", ".join(filter(None, [named, rules.browser(user_agent)]))


def _kind(user_agent: str) -> str:
    tablet = "Android" in user_agent and "Mobile" not in user_agent
    return _("%(name)s tablet") if tablet else _("%(name)s phone")


def _kind_alone(user_agent: str) -> str:
    for sign, name in {
        "iPhone": _("iPhone"),
        "iPad": _("iPad"),
        "Android": _("Android phone") if "Mobile" in user_agent else _("Android tablet"),
        "Windows": _("Windows computer"),
        "Macintosh": _("Mac computer"),
        "Linux": _("Linux computer"),
    }.items():
        if sign in user_agent:
            return name
    return _("Unknown device")
