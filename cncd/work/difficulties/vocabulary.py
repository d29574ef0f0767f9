"""How difficulties are written here: many ways to say one thing, and words that say nothing.

Everything is folded: people write with dấu, without, or half. A phrase stands for one idea; an idea
weighs more than any other word.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cncd.foundation.kit.alike import Vocabulary

# An idea and the ways to say it, after `SHORT` and `EMPTY` below have done their work.
IDEAS: dict[str, tuple[str, ...]] = {
    # network
    "matsong": (
        "song yeu",
        "yeu song",
        "mat song",
        "thieu song",
        "song kem",
        "thieu mang",
        "mat mang",
        "rot mang",
        "mang rot",
        "mang yeu",
        "mang cham",
        "mang chap chon",
        "chap chon",
        "thieu internet",
        "internet cham",
        "internet chap chon",
        "khong bat mang",
        "song dien thoai yeu",
        "mang kem",
        "lag mang",
        "song 4g yeu",
        "4g yeu",
        "thieu song dien thoai",
        "song chap chon",
        "mang lag",
    ),
    "wifi": ("wi fi", "wifi", "wai fai"),
    "nhavanhoa": ("nha van hoa", "nha sinh hoat cong dong", "nvh"),
    "capquang": ("cap quang", "keo day cap", "keo day", "keo cap", "duong truyen"),
    "goicuoc": ("goi cuoc", "goi 4g", "tien 4g", "cuoc phi", "gia cuoc", "tien mang"),
    "duoicon": ("duoi con",),
    "muagio": ("mua lon", "troi mua", "mua gio", "mua to"),
    # things
    "smartphone": (
        "dien thoai thong minh",
        "smartphone",
        "dttm",
        "dien thoai cam ung",
        "may cam ung",
    ),
    "muon": ("muon may", "dung nho", "xai nho", "nho cua con chau", "muon"),
    "maycu": ("may doi cu", "da cu", "doi cu", "may cu", "dien thoai cu"),
    "mayin": ("may in",),
    "maytinh": ("may tinh", "may vi tinh", "laptop"),
    "daybonho": (
        "bo nho day",
        "het dung luong",
        "day bo nho",
        "day may",
        "bo nho dien thoai da day",
    ),
    "loa": ("loa cam tay", "loa keo", "loa"),
    "hu": ("hu", "hong", "hu hong"),
    # money
    "kinhphi": ("kinh phi", "ngan sach", "nguon kinh phi"),
    "tienxang": ("tien xang", "xang xe", "xang dau", "kinh phi xang xe"),
    "phucap": (
        "phu cap",
        "che do phu cap",
        "lam khong luong",
        "tien cong",
        "ho tro hang thang",
        "thu lao",
        "boi duong hang thang",
    ),
    "toroi": (
        "to roi",
        "bang ron",
        "in an tai lieu",
        "tai lieu tuyen truyen",
        "kinh phi in",
        "tien in",
    ),
    "tuboTien": ("tu bo tui", "tu bo tien tui", "tu bo tien", "bo tien tui"),
    "nuocuong": ("nuoc uong", "mua nuoc", "banh keo"),
    "tiengoi": ("tien dien thoai", "chi phi goi dien", "tien goi", "phi goi dien"),
    # skills
    "chuabiet": (
        "chua ranh",
        "khong ranh",
        "chua biet",
        "khong biet",
        "chua nam",
        "chua quen",
        "khong quen",
        "chua thanh thao",
    ),
    "taphuan": ("tap huan", "mo lop", "lop hoc", "hoc lop", "xin lop", "dao tao"),
    "noptructuyen": (
        "nop ho so truc tuyen",
        "lam ho so online",
        "ho so truc tuyen",
        "nop truc tuyen",
        "nop qua mang",
        "nop ho so qua mang",
        "nop online",
        "ho so online",
        "nop ho so online",
    ),
    "gianhang": ("gian hang", "cua hang so"),
    "totruong": ("to truong",),
    "topho": ("to pho",),
    "gia": (
        "lon tuoi",
        "cao tuoi",
        "nguoi gia",
        "gia roi",
        "co bac",
        "ong ba",
        "gia",
        "tuoi cao",
        "co chu lon tuoi",
        "nguoi lon tuoi",
        "nguoi cao tuoi",
    ),
    "baocao": ("bao cao thang", "bao cao"),
    "phanmem": ("phan mem",),
    # people of the team
    "thieunguoi": ("thieu nguoi", "it nguoi lam", "khuyet", "thieu nhan su"),
    "dixa": (
        "di lam xa",
        "di binh duong",
        "di lam an xa",
        "lam cong ty",
        "di sai gon",
        "lam an xa",
        "di thanh pho",
    ),
    "xinnghi": ("xin nghi", "nghi viec", "thieu nguoi thay", "bo sung"),
    "kiemnhiem": ("kiem nhiem", "nhieu viec", "lam nhieu viec"),
    "thoigian": ("thieu thoi gian", "it thoi gian", "khong ranh roi"),
    "muagat": ("thu hoach lua", "mua gat", "mua vu", "lo ruong", "dong ang", "mua thu hoach"),
    "diaban": ("dia ban rong", "qua rong", "ap rong", "rai rac", "cach xa", "dan cach xa"),
    "khongxue": ("khong xue", "khong het", "di khong xue", "di khong het"),
    # people
    "bangay": ("ban ngay di lam", "dan di lam", "di lam het", "ba con di lam"),
    "khonggap": ("khong gap", "chi gap", "vang nha"),
    "giayto": (
        "ho so giay",
        "nop giay",
        "giay to o xa",
        "lam giay to",
        "bo phan mot cua",
        "mot cua",
    ),
    "ngai": ("ngai", "e ngai", "khong muon", "khong dam", "khong thich"),
    "hop": ("moi hop", "hop dan", "di hop", "du hop"),
    "itdu": ("it nguoi toi du", "khong di", "it nguoi den", "vang nhieu", "it nguoi du"),
    "thanhnien": ("thanh nien",),
    "trenho": ("tre nho", "con nit", "tre em"),
    "muchu": ("khong biet chu", "mu chu", "khong doc duoc", "thieu chu"),
    # fraud
    "luadao": ("lua dao", "bi lua", "so bi lua", "so lua dao", "lua gat", "so lua"),
    "giadanh": ("gia danh", "gia lam", "mao danh", "gia danh cong an", "gia lam cong an"),
    "vneid": ("vneid", "dinh danh", "dinh danh dien tu", "vnid"),
    "nganhang": ("tai khoan ngan hang", "ngan hang", "lien ket ngan hang"),
    "mattien": ("mat tien", "tru tien", "bi tru tien"),
    "vaytien": ("vay tien", "cho vay", "vay von"),
    "sola": ("so la",),
    "thongtin": ("thong tin ca nhan", "can cuoc"),
    "facebook": ("facebook",),
    "hack": ("hack", "bi chiem", "chiem"),
    "muontien": ("muon tien",),
    # applications
    "ungdung": ("ung dung", "app"),
    "caidat": ("cai dat", "cai", "tai app", "cai app"),
    "khuonmat": (
        "khuon mat",
        "quet mat",
        "xac thuc khuon mat",
        "nhan dien",
        "quet",
        "xac thuc guong mat",
    ),
    "dvc": ("dich vu cong", "cong dich vu cong", "trang dich vu cong", "dvc", "cong dvc"),
    "loi": ("bao loi", "bi loi", "loi"),
    "treo": ("bi dung", "bi treo", "treo", "dung may", "khong vao duoc"),
    "taitep": ("tai tep", "tai file", "up file", "dinh kem", "tai len"),
    "otp": ("otp", "ma otp", "tin nhan xac thuc", "ma xac thuc", "ma xac nhan"),
    "tre": ("cham", "toi tre", "tre", "het han", "khong kip"),
    "matkhau": ("mat khau", "sai mat khau", "quen mat khau"),
    "vssid": ("vssid", "bao hiem"),
    "lech": ("bi lech", "lech", "sai", "khong dung"),
    "vangra": ("thoat ra", "vang", "bi thoat", "bi vang"),
    # languages
    "khmer": ("tieng khmer", "chu khmer", "khmer", "tieng kho me", "kho me", "khome"),
    "tienghoa": ("tieng hoa", "chu hoa"),
    "tienganh": ("tieng anh", "chu tieng anh"),
    "tailieu": ("tai lieu", "to huong dan", "to gap"),
    "khongnoi": ("khong noi duoc", "khong biet tieng", "kho noi chuyen"),
    # working together
    "nhamang": ("doanh nghiep vien thong", "nha mang", "vien thong", "viettel", "vnpt"),
    "chuacu": ("chua cu nguoi", "chua thay ai", "khong cu nguoi", "chua xuong"),
    "nhieulan": ("nhieu noi cung yeu cau", "nhieu lan", "deu doi", "bao cao rieng", "trung lap"),
    "dingtrung": ("di trung", "trung ho", "trung nha", "di trung ho", "di trung nha"),
    "phancong": ("phan cong ro", "chia viec", "phan cong"),
    "danhsach": ("danh sach ho dan", "danh sach ho", "danh sach"),
    "chuatraloi": ("chua tra loi", "chua phan hoi", "chua co tra loi"),
    # selling
    "chungnhan": (
        "giay chung nhan",
        "an toan thuc pham",
        "giay an toan thuc pham",
        "attp",
        "chung nhan",
    ),
    "khoca": ("kho ca",),
    "lensan": ("len san", "dua len san", "ban tren san", "san"),
    "phiship": ("phi giao hang", "tien ship", "phi ship", "cuoc gui hang", "phi van chuyen"),
    "cao": ("cao", "mac", "dat"),
    "khongmua": ("khong mua", "bo don", "khach khong mua"),
    "chuphinh": ("chup hinh", "chup anh", "hinh anh"),
    "vietbai": ("viet bai", "viet mo ta", "mo ta", "bai gioi thieu", "viet bai gioi thieu"),
    "baobi": ("bao bi", "nhan mac", "dong boc", "lam nhan", "chua lam nhan"),
    "guihang": ("gui hang", "buu cuc", "cho gui hang", "gui hang tuoi"),
    "giap": ("bi dap", "bi hu", "hang hu"),
    "khongdon": ("khong co don", "thieu don", "khong ai dat hang", "khong ai mua", "e hang"),
    # roads, power
    "ngap": ("ngap", "trieu cuong", "nuoc ngap", "duong ngap"),
    "khongdilai": ("khong di lai duoc", "khong di toi", "di lai kho", "kho di lai"),
    "matdien": ("cup dien", "mat dien"),
    "pha": ("qua pha", "di pha", "di do", "qua do", "pha"),
    "bensong": ("ben song", "ben kia song", "cu lao"),
}

# Written short, or said in another word, before phrases are looked for.
SHORT = {
    "dt": "dien thoai", "đt": "dien thoai", "ko": "khong", "k": "khong", "kg": "khong",
    "hk": "khong", "hok": "khong", "dc": "duoc", "đc": "duoc", "tv": "thanh vien",
    "sp": "san pham", "tk": "tai khoan", "fb": "facebook", "hs": "ho so", "hd": "huong dan",
    "dn": "doanh nghiep", "tp": "to pho", "bnd": "ban nhan dan", "cnscd": "", "cncd": "",
    "tmdt": "", "ubnd": "", "nt": "nhan tin", "xai": "dung", "su dung": "dung", "file": "file",
    "tep": "tep", "anh chi": "anh em", "may dien thoai": "dien thoai", "di dong": "dien thoai",
    "nguoi dan": "ba con", "ho dan": "ba con", "dan": "ba con", "dong bao": "ba con",
    "nhan dan": "ba con", "wi fi": "wifi", "buoi chieu": "chieu", "chieu nao": "chieu",
    "ban nhan ba con": "ban nhan dan",
}  # fmt: skip
# What lacks: said in many ways, and always the same.
LACKING = (
    "chua duoc trang bi", "khong duoc trang bi", "chua duoc cap", "khong duoc cap", "chua duoc lap",
    "khong duoc ho tro", "chua duoc ho tro", "khong duoc", "chua co", "khong co", "khong con",
    "khong du", "chua du", "thieu", "het",
)  # fmt: skip

# Between the words of a phrase they change nothing: "sóng rất yếu".
FILLERS = ("rat", "hoi", "kha", "cung", "deu", "luon", "hoan toan")

# Said everywhere, and telling nothing.
EMPTY = frozenset(
    "rat qua hoi lam nhieu thuong hay cung con nen de thi la cac nhung da dang van luon vi do tai"
    " boi nhung ma va voi cua cho o tren duoi trong ngoai khi luc lan cu deu toan may mot so nay"
    " do kia ai gi nao roi xong moi vua se dang duoc bi phai can muon xin de nghi phan anh noi"
    " bao thay ra vao vo len xuong toi den di lai tu rieng minh ho to anh em ba con thanh vien"
    " ap khom xa huyen khu vuc doan tuyen bo nha cuoi dau ong ba co chu bac hien nay thang"
    " thuong xuyen hoai suot ngay buoi ca moi tieng cac hon it chi nua".split()
)
OF_IDEA, OF_LACK, OF_EMPTY, OF_WORD = 3.0, 0.8, 0.05, 1.0


@dataclass(frozen=True, eq=False)
class Sentences(Vocabulary):
    """A vocabulary of sentences: an idea weighs more than a word."""

    def weight(self, word: str, *, is_marked: bool) -> float:
        return self.weights.get(word.partition("/")[0], OF_WORD)


def _long_forms() -> Mapping[str, str]:
    found = {phrase: idea for idea, phrases in IDEAS.items() for phrase in phrases}
    return found | {"thieu": "thieu"}


TROUBLES = Sentences(
    long_forms=_long_forms(),
    weights=dict.fromkeys(EMPTY, OF_EMPTY) | dict.fromkeys(IDEAS, OF_IDEA) | {"thieu": OF_LACK},
)
