"""The list of personal data names every table that holds some, and no table that does not exist."""

from django.apps import apps
from django.conf import settings
from django.db import models

from cncd.config.personal_data import INVENTORY

PERSONAL = {
    "full_name", "contact_phone", "phone", "email", "login", "signer", "actor_name", "user_agent",
    "ip", "birth_date", "address_of_person",
}  # fmt: skip
# A decision of an officer about something else: the account is named as an author, no more.
AUTHOR_ONLY = {"by", "made_by", "uploaded_by", "author", "editor", "entered_by"}
OURS = {room.rpartition(".")[2] for room in settings.ROOMS} | {"mfa", "usersessions"}


def named() -> set[str]:
    return {table for holding in INVENTORY for table in holding.tables}


def about_somebody(model) -> bool:
    """Whether rows of the table are about a person: a name, a number, or a link to who it is."""
    for field in model._meta.get_fields():
        if isinstance(field, models.Field) and field.name in PERSONAL:
            return True
        if isinstance(field, models.ForeignKey) and field.name not in AUTHOR_ONLY:
            related = field.related_model._meta.label_lower
            if related == "people.person" or (related == "people.user" and field.name == "user"):
                return True
    return False


def test_every_table_about_somebody_is_in_the_list():
    models_of_ours = [m for m in apps.get_models() if m._meta.app_label in OURS]
    found = {m._meta.label_lower for m in models_of_ours if about_somebody(m)}
    assert found - named() == set()


def test_every_table_in_the_list_exists():
    assert named() <= {model._meta.label_lower for model in apps.get_models()}


def test_no_citizen_identity_or_ethnicity_has_a_column():
    forbidden = (
        "cccd",
        "cmnd",
        "ethnic",
        "religion",
        "identity_number",
        "passport",
        "account_number",
    )
    for model in apps.get_models():
        for field in model._meta.get_fields():
            assert not any(word in field.name for word in forbidden), (model, field.name)
