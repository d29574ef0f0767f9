"""The library with 5,000 texts, searched as people type: whole requests, server time."""

import itertools
import random
import time
import tomllib
from importlib.resources import files
from urllib.parse import quote

from django.utils import timezone

from bench.browser import in_process
from bench.pages import counted_queries, told
from bench.people import Cast, signed_in
from bench.registers import settle
from cncd.foundation.kit.text import sort_key
from cncd.foundation.places.models import Place
from cncd.work.library.models import Edition, Item
from cncd.work.library.rules.asking import asked
from cncd.work.library.search import find, index

MANY, AT_ONCE = 5_000, 250
SENTENCES = 60  # of a text: about a thousand words, two printed pages
SEARCHES = """
    dịch vụ công|dich vu cong|DVC|nộp hồ sơ khai sinh|vneid|lừa đảo|lua dao qua dien thoai|má|mã OTP
    TMĐT|sàn thương mại điện tử|tổ công nghệ số cộng đồng|CNCĐ|"đóng gói hàng"|trả tiền điện
    ấp 2|bà con
    chụp ảnh sản phẩm|mat khau|người lớn tuổi|ví điện tử|tiền di động|quét mã qr
    zalo nhóm ấp|không có chữ này
"""
SEARCHES = [each.strip() for each in SEARCHES.strip().replace("\n", "|").split("|")]
PLACES = "Nhơn Mỹ,Xuân Hòa,Kế An,Trần Đề,Lịch Hội Thượng,Long Phú,Vĩnh Châu,An Thạnh,Phú Tâm"
THINGS = "bánh pía,hành tím,cốm dẹp,gạo thơm,mắm cá,khô trâu,bưởi,vú sữa,tôm khô,chiếu lát"
HEADS = "Hướng dẫn,Cách làm,Hỏi đáp,Lưu ý,Kế hoạch,Thông báo,Tài liệu tập huấn,Sổ tay,Kinh nghiệm"
PLACES, THINGS, HEADS = (words.split(",") for words in (PLACES, THINGS, HEADS))


def measure(cast: Cast, rounds: int, limit: float) -> dict:
    """{"made_s", "words", what is asked: {"p50_ms", "p95_ms", …, "queries", "kb"}}."""
    from cncd.config.wsgi import application

    clock = time.perf_counter()
    make(MANY - Item.objects.count())
    settle()
    found = {"texts": Item.objects.count(), "made_s": round(time.perf_counter() - clock, 1)}
    found["words_a_text"] = len(Edition.objects.order_by("-pk").first().body.split())
    officer = signed_in(in_process(application), "canbotinh")
    for name, addresses in questions().items():
        turns = itertools.cycle(addresses)
        with counted_queries() as count:
            first = officer.get(addresses[0])
        assert first.status == 200, first.text[:2000]
        end, answers = time.monotonic() + limit, []
        while len(answers) < max(rounds, 2 * len(addresses)) and time.monotonic() < end:
            answers.append(officer.get(next(turns)))
            assert answers[-1].status == 200, answers[-1].text[:2000]
        size = round(len(first.text.encode()) / 1024, 1)
        found[name] = told(answers) | count | {"kb": size}
    found["hits"] = {each: find(Item.objects.all(), asked(each)).total for each in SEARCHES}
    return found


def questions() -> dict[str, list[str]]:
    """What is asked of the shelf."""
    narrowed = ["for=teams", "kind=guide", "language=vi", "content=vneid"]
    pairs = zip(SEARCHES, itertools.cycle(narrowed))
    found = {
        "open": ["/library/", "/library/?kind=guide", "/library/?page=200"],
        "search": [f"/library/?q={each}" for each in SEARCHES],
        "search, narrowed": [f"/library/?q={each}&{one}" for each, one in pairs],
        "read": [f"/library/{pk}/" for pk in Item.objects.values_list("pk", flat=True)[:40]],
    }
    return {name: [quote(each, safe="/?=&") for each in found[name]] for name in found}


def make(count: int) -> None:
    """Texts woven of the sentences of the demo's guides, straight into the tables."""
    dice, now = random.Random(5), timezone.now()
    province = Place.objects.get(level__code="province", versions__code="94")
    said = tomllib.loads(files("cncd.config.demo").joinpath("library.toml").read_text())
    told_in = [
        [line for line in one["body"].split("\n") if len(line) > 20]
        for one in said["text"]
        if one.get("language") != "km"
    ]
    titles = [one["title"] for one in said["text"] if one.get("language") != "km"]
    for start in range(0, max(count, 0), AT_ONCE):
        some = range(start, min(start + AT_ONCE, count))
        items = Item.objects.bulk_create(_item(dice, titles, province, n, now) for n in some)
        editions = Edition.objects.bulk_create(_edition(dice, told_in, each, now) for each in items)
        for item, edition in zip(items, editions, strict=True):
            item.current, item.size = edition, len(edition.body)
        Item.objects.bulk_update(items, ["current", "size"])
        index(items)


def _item(dice, titles, province, number: int, now) -> Item:
    title = f"{dice.choice(HEADS)}: {dice.choice(titles)}, {dice.choice(PLACES)} ({number})"
    return Item(
        title=title,
        sort_key=sort_key(title, numbers=True),
        kind=dice.choice(Item.Kind.values),
        place=province,
        for_officials=dice.random() < 0.4,
        for_citizens=dice.random() < 0.6,
        published_at=now,
        recorded_at=now,
    )


def _edition(dice, told_in, item: Item, now) -> Edition:
    """Two pages about two things, each third line about a place or a product."""
    chosen = dice.choices([line for one in dice.sample(told_in, 2) for line in one], k=SENTENCES)
    for place in range(0, SENTENCES, 3):
        chosen[place] += f" Ở {dice.choice(PLACES)}, bà con thường hỏi về {dice.choice(THINGS)}."
    return Edition(
        item=item,
        number=1,
        state=Edition.State.PUBLISHED,
        title=item.title,
        body="\n\n".join(chosen),
        written_at=now,
        decided_at=now,
    )
