"""“Số này từ đâu?”: every figure opens what it counted, live and frozen."""

from django.urls import reverse

from cncd.work.activities.models import Activity


def test_a_reader_is_led_back_to_the_reports_not_to_a_closed_door(page_client, season, c):
    address = reverse("reports:counted", args=[c.team.pk, "2026-11", "TC08"])
    assert "/reports/write/" in page_client.as_(c.lan).get(address).content.decode()
    page = page_client.as_(c.ha).get(address).content.decode()
    assert "/reports/write/" not in page
    assert reverse("reports:of_team", args=[c.team.pk]) in page


def test_every_figure_opens_what_it_counted_live_and_frozen(page_client, season, c):
    logged = season.log(18)
    report = season.send()
    season.log(19, people=5)
    client = page_client.as_(c.tu)
    live = client.get(reverse("reports:counted", args=[c.team.pk, "2026-11", "TC08"]))
    assert live.context["behind"].value == 15
    frozen = client.get(reverse("reports:figure", args=[report.pk, "TC08"]))
    assert [trace.key for trace in frozen.context["behind"].traces] == [logged.pk]
    members = client.get(reverse("reports:figure", args=[report.pk, "TC04"]))
    assert "Sơn Văn Tư" in members.content.decode()
    for code in report.sent.figures:
        page = client.get(reverse("reports:figure", args=[report.pk, code]))
        assert page.status_code == 200, code
    assert client.get(reverse("reports:figure", args=[report.pk, "XX99"])).status_code == 404


def test_a_frozen_figure_says_when_a_record_was_edited_since(page_client, season, c):
    logged = season.log(18)
    report = season.send()
    Activity.objects.filter(pk=logged.pk).update(version=2)
    page = page_client.as_(c.lan).get(reverse("reports:figure", args=[report.pk, "TC08"]))
    assert "đã sửa sau đó" in page.content.decode()
