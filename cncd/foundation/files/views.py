"""Handing out stored files to those who may see them."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cncd.foundation.files.models import StoredFile
from cncd.foundation.people.access import allow


@require_safe
@allow("files.view")
def open_file(request, pk):
    """The file itself: pictures and PDF in the browser, the rest as a download."""
    stored = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
    try:
        content = stored.content.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    shown = (stored.is_picture or stored.media_type == "application/pdf") and (
        "download" not in request.GET
    )
    response = FileResponse(
        content, content_type=stored.media_type, filename=stored.name, as_attachment=not shown
    )
    response["X-Content-Type-Options"] = "nosniff"
    # Whatever slipped into a file, it may load nothing and run nothing here.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
