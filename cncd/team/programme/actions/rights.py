"""Who may change the programme."""

from cncd.foundation.people import authority


def may_change(by) -> None:
    """Raises PermissionDenied unless the account may; None is the system itself (set-up, jobs)."""
    if by is not None:
        authority.require(by, "programme.change")
