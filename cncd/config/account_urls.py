"""The pages of allauth that exist here; signing up, mail and resets by mail do not."""

from allauth.account import views
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.urls import include, path, reverse

from cncd.foundation.people.views.entering import next_of


class AddPasskey(AddWebAuthnView):
    """allauth's page; who came by a slip and has no password goes straight to work after it."""

    def get_success_url(self) -> str:
        if self.did_generate_recovery_codes and self.request.user.has_usable_password():
            return reverse("mfa_view_recovery_codes")
        return next_of(self.request, reverse("people:account"))


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
