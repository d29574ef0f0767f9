"""What makes the pages an app that opens without a network."""

import json
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from cncd.faces.phone import shell

pytestmark = pytest.mark.django_db
FILE = re.compile(r'/static/([\w/.-]+\.(?:css|js|svg))"')
IMPORT = re.compile(r'(?:from|import) ?"\./([\w-]+\.js)"')


def main(answer) -> str:
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def kept(client) -> list[str]:
    page = client.get(reverse("phone:home")).content.decode()
    return re.search(r'data-keep="([^"]*)"', page)[1].split()


def test_every_page_to_be_kept_opens(tu, log):
    log()
    addresses = kept(tu)
    assert {"/m/", "/m/log/", "/m/book/", "/m/book/team/", "/m/cards/", "/m/help/"} <= {*addresses}
    assert any(each.startswith("/reports/write/") for each in addresses)
    for address in addresses:
        assert tu.get(address).status_code == 200, address


def test_a_member_who_sends_no_report_keeps_no_report_to_write(page_client, cast, programme):
    addresses = kept(page_client.as_(cast.cuong))
    assert "/m/log/any/" in addresses
    assert not any(each.startswith("/reports/write/") for each in addresses)


def test_every_file_of_a_kept_page_is_kept_too(tu, log):
    log()
    wanted = set()
    for address in [*kept(tu), reverse("phone:offline")]:
        wanted |= set(FILE.findall(tu.get(address).content.decode()))
    for name in list(wanted):
        if name.endswith(".js"):
            text = Path(finders.find(name)).read_text("utf-8")
            wanted |= {f"{name.rpartition('/')[0]}/{each}" for each in IMPORT.findall(text)}
    assert wanted <= set(shell.names())


def test_the_worker_stands_at_the_root_and_is_sent_once(client):
    answer = client.get(reverse("phone:worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    again = client.get(reverse("phone:worker"), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_manifest_names_icons_that_exist(client):
    said = json.loads(client.get(reverse("phone:manifest")).content)
    assert said["name"] == "Tổ công nghệ số cộng đồng"
    assert said["start_url"] == "/m/"
    assert {icon["sizes"] for icon in said["icons"]} >= {"192x192", "512x512"}
    for icon in said["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_the_page_without_a_network_opens_to_strangers(client, programme):
    page = client.get(reverse("phone:offline"))
    assert page.status_code == 200
    assert "Gọi cán bộ xã" in main(page)


def test_one_page_fits_every_kind_of_work(tu):
    page = tu.get(reverse("phone:log_entry", args=["any"])).content.decode()
    tiles = json.loads(re.search(r'data-tiles="([^"]*)"', page)[1].replace("&quot;", '"'))
    for key, (name, _kind, own) in tiles.items():
        one = tu.get(reverse("phone:log_entry", args=[key])).content.decode()
        assert f"<h1>{name}</h1>" in one, key
        assert not own or f'name="{own}"' in page, key


def test_a_page_goes_out_compressed(client, cast, programme):
    client.force_login(cast.tu)
    sizes = {}
    for said, way in (("", None), ("gzip", "gzip"), ("gzip, br", "br")):
        answer = client.get(reverse("phone:home"), headers={"Accept-Encoding": said})
        assert answer.headers.get("Content-Encoding") == way
        assert "Accept-Encoding" in answer.headers["Vary"]
        sizes[way] = len(answer.content)
        if way == "br":
            assert reverse("phone:log").encode() in brotli.decompress(answer.content)
    assert sizes["br"] < sizes["gzip"] < sizes[None] / 3
