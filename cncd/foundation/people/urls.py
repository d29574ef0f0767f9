"""Addresses of people, accounts, posts and agencies."""

from django.urls import path

from cncd.foundation.people.views import (
    account,
    accounts,
    agencies,
    coordination,
    entering,
    inventory,
    people,
    postings,
)

app_name = "people"
urlpatterns = [
    path("in/<str:token>/", entering.enter, name="enter"),
    path("account/protect/", entering.protect, name="protect"),
    path("account/", account.account, name="account"),
    path("account/numbers/", account.own_numbers, name="own_numbers"),
    path("account/data/", account.data, name="own_data"),
    path("people/", people.people, name="list"),
    path("people/add/", people.add, name="add"),
    path("people/phones/", people.phones, name="phones"),
    path("people/slips/", accounts.slips, name="slips"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="change"),
    path("people/<int:pk>/phone/", people.phone, name="phone"),
    path("people/<int:pk>/forget/", people.forget, name="forget"),
    path("people/<int:pk>/post/", postings.post, name="post"),
    path("people/<int:pk>/account/", accounts.open_account, name="open_account"),
    path("people/<int:pk>/account/change/", accounts.change_account, name="change_account"),
    path("people/<int:pk>/account/close/", accounts.close, name="close_account"),
    path("people/<int:pk>/account/reopen/", accounts.reopen, name="reopen_account"),
    path("people/<int:pk>/invite/", accounts.invite, name="invite"),
    path("people/<int:pk>/reset/", accounts.reset, name="reset"),
    path("people/links/<int:pk>/revoke/", accounts.revoke, name="revoke"),
    path("postings/<int:pk>/end/", postings.end, name="end_posting"),
    path("postings/<int:pk>/hand-over/", postings.hand_over, name="hand_over"),
    path("postings/<int:pk>/substitute/", postings.substitute, name="substitute"),
    path("substitutions/<int:pk>/end/", postings.end_substitution, name="end_substitution"),
    path("delegations/", postings.delegations, name="delegations"),
    path("delegations/add/", postings.delegate, name="delegate"),
    path("delegations/<int:pk>/end/", postings.end_delegation, name="end_delegation"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.found, name="found_agency"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("agencies/<int:pk>/rename/", agencies.rename, name="rename_agency"),
    path("agencies/<int:pk>/succeed/", agencies.succeed, name="succeed_agency"),
    path("coordination/", coordination.coordination, name="coordination"),
    path("rights/", agencies.rights, name="rights"),
    path("personal-data/", inventory.inventory, name="inventory"),
]
