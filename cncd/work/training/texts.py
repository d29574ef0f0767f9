"""The invitation as plain text, for the group on Zalo."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.work.training.models import Session


def invitation_text(session: Session, link: str) -> str:
    """When, where, what, how many seats, and where to answer."""
    course = session.course
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    where = ", ".join(filter(None, [session.venue, session.place.full_name]))
    hours = {"from": f"{starts:%H:%M}", "to": f"{ends:%H:%M}", "day": f"{starts:%d/%m/%Y}"}
    topics = "; ".join(topic.short_name for topic in course.topics.all())
    trainer = ", ".join(filter(None, [course.trainer, str(course.trainer_agency or "")]))
    lines = [
        _("INVITATION: %(course)s") % {"course": course.title},
        _("- When: %(from)s to %(to)s, %(day)s") % hours,
        _("- Where: %(where)s") % {"where": where},
        _("- What: %(topics)s") % {"topics": topics},
    ]
    if trainer:
        lines.append(_("- Trainer: %(trainer)s") % {"trainer": trainer})
    if session.capacity:
        lines.append(
            _("- Seats: %(seats)s, first come, first served") % {"seats": session.capacity}
        )
    lines.append(_("- Bring your phone, charged."))
    lines.append(_("Please answer here: %(link)s") % {"link": link})
    return "\n".join(lines)
