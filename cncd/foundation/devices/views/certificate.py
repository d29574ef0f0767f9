"""The certificate of the office's own machine (`cncd serve --tls`), for phones to trust."""

import hashlib
import ssl

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render

from cncd.foundation.people.access import public


@public
def how_to(request):
    """How a phone of the office learns to trust this machine; 404 where there is no need to."""
    text = _authority().read_text("ascii")
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest().upper()
    pairs = [digest[place : place + 2] for place in range(0, len(digest), 2)]
    return render(request, "devices/certificate.html", {"fingerprint": " ".join(pairs)})


@public
def file(request):
    """The certificate itself; it holds no secret."""
    kind = "application/x-x509-ca-cert"
    return FileResponse(_authority().open("rb"), filename="cncd-ca.crt", as_attachment=True,
                        content_type=kind)  # fmt: skip


def _authority():
    path = settings.LOCAL_AUTHORITY
    if not path or not path.is_file():
        raise Http404
    return path
