"""What the pages about people show: whom the unit has, and one person from all sides."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cncd.foundation.people import authority, protection, queries, standing
from cncd.foundation.people.models import Person, Posting, User
from cncd.foundation.places.models import Level, Place


def people_of(user, place: Place | None, day: dt.date):
    """People in reach who have a post, a home or (rooms above say) a team within the place.

    `settings.PEOPLE_WITHIN` names the functions of rooms above: `(place, day) -> Q` of Person.
    """
    found = Person.objects.visible_to(user).select_related("user")
    if not place:
        return found
    below = Place.objects.reached_from([place.pk], day).values("pk")
    inside = Q(home__in=below)
    inside |= Q(pk__in=Posting.objects.on(day).filter(place__in=below).values("person"))
    for path in settings.PEOPLE_WITHIN:
        more = import_string(path)(place, day)
        inside |= Q(pk__in=Person.objects.filter(more).values("pk"))
    return found.filter(inside)


def for_slips(user, place: Place | None, day: dt.date) -> list[Person]:
    """People of the unit whom this officer may let in by a slip, at most 500."""
    found = people_of(user, place, day).filter(user__is_active=True).exclude(pk=user.person_id)
    found = list(found.order_by("sort_key")[:500])
    out = standing.out_of_hand(user, found, standing.ADMIT, day)
    return [person for person in found if person.pk not in out]


def homes(user, place: Place | None, present: Place | None = None):
    """Where a person of the unit may live or belong: down to hamlets inside one commune."""
    day = timezone.localdate()
    reach = authority.reach(user, day, "people.change").alive(day)
    if place:
        # One level down: a province would otherwise list every hamlet it has.
        below = Level.objects.filter(rank__gt=place.level.rank).order_by("rank").first()
        deepest = below.rank if below else place.level.rank
        reach = reach.within([place.pk], day).filter(level__rank__lte=deepest)
    if present:
        reach = reach | Place.objects.alive(day).filter(pk=present.pk)
    return reach.distinct()


def context(person: Person, user) -> dict:
    """One person's page, as this reader may see it."""
    today = timezone.localdate()
    account = User.objects.filter(person=person).first()
    posts = Posting.objects.filter(person=person).select_related("role", "agency", "document")
    posts = list(posts.prefetch_related("substitutions__substitute").order_by("-since_on"))
    names = queries.place_names((post.place_id for post in posts), today)
    for post in posts:
        post.place_name = names.get(post.place_id, "")
        post.holds = post.holds_on(today)
        post.may_change = user.can("postings.change", place=post.place) and not post.until_on
    may_change = _may(user, "people.change", person)
    may_admit = user.person_id != person.pk and _may(user, standing.ADMIT, person)
    is_above = user.can(standing.ADMIT) and user.person_id != person.pk and not may_admit
    links = account.sign_in_links.select_related("made_by__person")[:10] if account else ()
    return {
        "person": person,
        "account": account,
        "protected": account and protection.has_second_factor(account),
        "posts": posts,
        "ties": [tie for tie in queries.ties([person], today)[person.pk] if tie.address],
        "links": [(link, link.state()) for link in links],
        "may_change": may_change,
        "may_admit": may_admit,
        "parts": parts(account) if account and may_admit else [],
        "is_above": is_above,
        "may_post": user.can("postings.change") and user.person_id != person.pk,
        "may_forget": may_change and not person.forgotten_at and not posts_hold(person, today),
    }


def parts(account: User) -> list[tuple[str, dict]]:
    """What rooms above add for an officer who may let the person in: (template, what it shows).

    `settings.PERSON_PARTS` names their functions `(account) -> (template, values)`.
    """
    return [import_string(path)(account) for path in settings.PERSON_PARTS]


def posts_hold(person: Person, day: dt.date) -> bool:
    """Whether the person holds any office or membership that day."""
    return bool(authority.person_grants(person, day))


def _may(user, permission: str, person: Person) -> bool:
    try:
        standing.require_person(user, permission, person)
    except PermissionDenied:
        return False
    return True


def with_ties(people: list[Person], day: dt.date) -> list[tuple[Person, list[queries.Tie]]]:
    """The people with what they do that day."""
    ties = queries.ties(people, day)
    return [(person, ties[person.pk]) for person in people]


def phone_book(people: list[Person], day: dt.date):
    """The phone list as an Excel file; numbers stay text, so that the leading 0 survives."""
    rows = [
        [
            person.full_name,
            "; ".join(tie.text for tie in ties),
            "; ".join(filter(None, (tie.place for tie in ties))),
            person.contact_phone,
        ]
        for person, ties in with_ties(people, day)
    ]
    from cncd.foundation.kit import sheets

    headers = [_("Full name"), _("Does"), _("Where"), sheets.Header(_("Phone"), "phone")]
    table = sheets.workbook(headers, rows, title=_("Phone list"))
    return sheets.excel_response(_("phone list"), table)


def forgetting(person: Person, form) -> dict:
    """The page that asks before personal data is erased."""
    return {
        "title": _("Erase personal data"),
        "question": _("Erase what is kept about %(name)s?") % {"name": person.full_name},
        "consequences": [
            _("Name, phone, home and account go; nobody can bring them back."),
            _("Reports, figures and decisions stay, without the name."),
            _("The journal keeps what happened, with a fingerprint in place of name and number."),
        ],
        "form": form,
        "danger": True,
        "submit": _("Erase"),
        "back": f"/people/{person.pk}/",
    }
