"""People, their accounts, and the ways into them."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.rules import masked_phone, spaced_phone, what_was_typed


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        from cncd.foundation.people import authority

        return self.filter(authority.people_in_reach(user))

    def in_office(self, day, role: str = ""):
        """Those who hold a posting (in that role, by its code) on that day."""
        current = Q(postings__until_on=None) | Q(postings__until_on__gt=day)
        wanted = {"postings__since_on__lte": day} | ({"postings__role__code": role} if role else {})
        held = self.model.objects.filter(current, **wanted)
        return self.filter(pk__in=held.values("pk"))


class Person(models.Model):
    """A human being; may have no account, and may share a phone with the family."""

    class Gender(models.TextChoices):
        FEMALE = "f", _("Female")
        MALE = "m", _("Male")
        UNSTATED = "", _("Not stated")

    full_name = models.CharField(_("full name"), max_length=120)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=20, blank=True)
    home = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # personal data erased
    search_key = models.CharField(max_length=200, db_index=True)  # kit.text.fold(full_name)
    sort_key = models.CharField(max_length=400, db_index=True)  # given name first

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def __str__(self):
        return self.full_name

    @property
    def masked_phone(self) -> str:
        """The number with its middle hidden, for lists."""
        return masked_phone(self.contact_phone)

    @property
    def spaced_phone(self) -> str:
        """The number in groups, for those who may call it."""
        return spaced_phone(self.contact_phone)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The accounts of the people in reach."""
        return self.filter(person__in=Person.objects.visible_to(user))

    def known_as(self, typed: str):
        """The account whose login name or phone number somebody typed; at most one."""
        login, phone = what_was_typed(typed)
        # A login name holds a letter and a phone number none, so both never match.
        return self.filter(Q(login=login) | Q(phone=phone) if phone else Q(login=login))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, login):
        """By login name or phone number, however they are written."""
        return self.known_as(login).get()


class User(AbstractBaseUser):
    """An account. `login` and `phone` are what one may type to sign in."""

    login = models.CharField(_("login name"), max_length=60, unique=True)
    phone = models.CharField(max_length=20, unique=True, null=True, blank=True)
    email = models.EmailField(blank=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)  # the installation's own administrator
    is_demo = models.BooleanField(default=False)  # signs in on loopback only
    large_text = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="vi")
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(login=Lower("login")), name="people_user_login_in_lower_case"
            ),
            models.CheckConstraint(condition=~Q(phone=""), name="people_user_phone_null_or_number"),
        ]

    def __str__(self):
        return self.person.full_name

    def can(self, permission: str, *, place=None, team=None, on=None) -> bool:
        """Whether this account holds the permission (there, on that day)."""
        from cncd.foundation.people import authority

        return authority.can(self, permission, place=place, team=team, on=on)


class SignInLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The links of the accounts in reach."""
        return self.filter(user__in=User.objects.visible_to(user))

    def open(self, now=None):
        """Links that still let somebody in."""
        now = now or timezone.now()
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)


class SignInLink(models.Model):
    """A one-time way in: an invitation, a printed slip, or a reset at the counter."""

    class Purpose(models.TextChoices):
        INVITE = "invite", _("Invitation")
        SLIP = "slip", _("Sign-in slip")
        RESET = "reset", _("Reset at the counter")
        OWN = "own", _("For another phone of one's own")

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    token_digest = models.CharField(max_length=64, unique=True)  # sha256; the token is never kept
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.user}"

    def state(self, now=None) -> str:
        """What became of it: open, used, revoked or expired."""
        if self.used_at:
            return "used"
        if self.revoked_at:
            return "revoked"
        return "open" if self.expires_at > (now or timezone.now()) else "expired"


class SavedView(models.Model):
    """An address a person keeps under a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(max_length=500)  # path and query only
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        unique_together = [("user", "name")]

    def __str__(self):
        return self.name
