import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cncd.work.activities.texts import MOST_LINES, Sums, Teams, group_text

DAY = dt.date(2026, 11, 22)
NUMBERS = st.integers(0, 90_000)
NAMES = st.text("abcđ ", min_size=1, max_size=20)
SUMS = st.builds(
    Sums,
    activities=NUMBERS,
    people=NUMBERS,
    elderly=NUMBERS,
    households=NUMBERS,
    kinds=st.lists(st.tuples(NAMES, NUMBERS), max_size=8).map(tuple),
    contents=st.lists(st.tuples(NAMES, NUMBERS, NAMES), max_size=30).map(tuple),
    languages=st.lists(st.tuples(NAMES, NUMBERS), max_size=4).map(tuple),
    is_estimate=st.booleans(),
)


def test_a_day_reads_as_people_write_it():
    sums = Sums(
        activities=3,
        people=1234,
        elderly=12,
        households=7,
        kinds=(("Họp dân", 1), ("Hỗ trợ", 2)),
        contents=(("VNeID", 30, "lượt"), ("Nộp hồ sơ", 4, "hồ sơ")),
        languages=(("tiếng Khmer", 9),),
        is_estimate=True,
    )
    assert group_text("Tổ Mỹ Phước", DAY, DAY, sums, link="http://x/").splitlines() == [
        "KẾT QUẢ NGÀY 22/11/2026",
        "Tổ Mỹ Phước",
        "- 3 hoạt động, 1.234 lượt người được giúp",
        "- Người từ 60 tuổi: 12 lượt",
        "- Hướng dẫn bằng tiếng Khmer: 9 lượt",
        "- Số hộ đã đến: 7 hộ",
        "- Trong đó có số ước tính",
        "- Loại việc: Họp dân 1, Hỗ trợ 2",
        "- VNeID: 30 lượt",
        "- Nộp hồ sơ: 4 hồ sơ",
        "http://x/",
    ]


def test_days_without_an_entry_say_so():
    text = group_text("Xã Nhơn Mỹ", dt.date(2026, 11, 16), DAY, Sums(), teams=Teams(0, 5))
    assert text.splitlines() == [
        "KẾT QUẢ TỪ 16/11 ĐẾN 22/11/2026",
        "Xã Nhơn Mỹ",
        "Chưa ghi hoạt động nào trong những ngày này.",
    ]


def test_what_other_rooms_add_stands_after_the_work_and_is_never_cut():
    contents = tuple((f"Nội dung {number}", 30 - number, "lượt") for number in range(30))
    sums = Sums(9, 90, 9, 9, (("Họp dân", 9),), contents)
    more = [f"- dòng {number}" for number in range(4)]
    lines = group_text("Tổ", DAY, DAY, sums, more=more, link="http://x/").splitlines()
    assert len(lines) <= MOST_LINES
    assert lines[-5:] == [*more, "http://x/"]
    assert lines[-6] == "- và 22 nội dung khác"
    idle = group_text("Tổ", DAY, DAY, Sums(), more=more, link="http://x/").splitlines()
    assert idle[2:] == ["Chưa ghi hoạt động nào trong những ngày này.", *more, "http://x/"]


@given(
    SUMS,
    st.none() | st.builds(Teams, NUMBERS, NUMBERS),
    st.lists(NAMES.map("- {}".format), max_size=5),
)
def test_the_text_is_never_longer_than_twenty_lines_and_keeps_its_link(sums, teams, more):
    text = group_text("Tổ", DAY, DAY, sums, teams=teams, more=more, link="http://x/y")
    assert len(text.splitlines()) <= MOST_LINES
    assert text.endswith("http://x/y")
    assert not sums.activities or all(line in text for line in more)
