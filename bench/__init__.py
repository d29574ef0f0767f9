"""Repeatable measurements on the demo province: `make bench` prints them as JSON.

Nothing here is a test, and nothing is switched off for it: sessions, rights, forms, the journal and
the totals all work as they do for people.
"""
