"""A desk before there is anything to show: what to do first."""

from django.shortcuts import render


def without_data(request):
    """No unit within reach, or no month opened yet."""
    return render(request, "desk/without_data.html", status=200)
