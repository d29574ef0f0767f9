"""What is asked of the reader's own units, agencies and teams, soonest due first."""

from django.shortcuts import redirect

from cncd.foundation.people.access import allow
from cncd.work.directives.queries.mine import mine
from cncd.work.directives.queries.reminding import lines
from cncd.work.directives.reminding_lists import MineList


@allow("directives.view")
def own(request):
    """The open obligations of one's own; a team has a page of its own on the phone."""
    if request.user.can("phone.open") and not request.user.can("desk.open"):
        return redirect("phone:obligations")
    return MineList(request, lines(mine(request.user), request.scope.today)).response()
