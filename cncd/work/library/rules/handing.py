"""Which way a text goes: straight to its readers, or past the Sở first (IV.5)."""

DRAFT, SUBMITTED, RETURNED, PUBLISHED = "draft", "submitted", "returned", "published"


def state_after_writing(*, send: bool, from_enterprise: bool, before: str = "") -> str:
    """What a text is once saved: sent, an enterprise's waits for approval, a unit's own appears.

    Saved without sending, a returned one stays returned, so that it is not forgotten.
    """
    if not send:
        return RETURNED if before == RETURNED else DRAFT
    return SUBMITTED if from_enterprise else PUBLISHED
