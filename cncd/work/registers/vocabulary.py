"""How names of products and of their owners are written here: abbreviations, empty words, words
that are words of their own."""

from cncd.foundation.kit.alike import Vocabulary, spelled
from cncd.foundation.kit.text import fold

LONG_FORMS = {
    # legal forms
    "hop tac xa": "htx", "htx": "htx", "to hop tac": "tht", "tht": "tht", "to hop tac xa": "tht",
    "cong ty": "cty", "cty": "cty", "c ty": "cty", "doanh nghiep tu nhan": "dntn", "dntn": "dntn",
    "doanh nghiep": "dn", "trach nhiem huu han": "tnhh", "tnhh": "tnhh", "co phan": "cp",
    "cp": "cp", "mot thanh vien": "mtv", "1 thanh vien": "mtv", "mtv": "mtv", "1 tv": "mtv",
    "hai thanh vien": "htv", "2 thanh vien": "htv", "2 tv": "htv",
    "ho kinh doanh": "hkd", "hkd": "hkd", "co so": "cs", "cs": "cs", "cssx": "cs",
    "co so san xuat": "cs", "cssxkd": "cs", "ho gia dinh": "hkd",
    # what they do
    "nong nghiep": "nn", "nn": "nn", "dich vu": "dv", "dv": "dv", "dvnn": "nn", "san xuat": "sx",
    "sx": "sx", "thuong mai": "tm", "tm": "tm", "kinh doanh": "kd", "kd": "kd", "sxkd": "sx",
    "che bien": "cb", "cb": "cb", "thuy san": "ts", "ts": "ts", "nuoi trong": "nuoitrong",
    "xuat nhap khau": "xnk", "xnk": "xnk", "xuat khau": "xnk", "thuc pham": "thucpham",
    "tong hop": "tonghop", "cbts": "cb", "nong san": "nn", "nong lam nghiep": "nn",
    "lam nghiep": "nn",
    "ngu nghiep": "ts", "hai san": "ts", "nha vuon": "cs", "nha may": "cs", "cua hang": "cs",
    # what says nothing of a product
    "san pham": "sanpham", "dac san": "dacsan", "ocop": "ocop", "soc trang": "soctrang",
    "3 sao": "sao", "4 sao": "sao", "5 sao": "sao", "ba sao": "sao", "bon sao": "sao",
    "nam sao": "sao", "mien tay": "mientay", "truyen thong": "truyenthong",
    "gia truyen": "giatruyen",
    "nha lam": "nhalam", "tu lam": "nhalam", "nhan hieu": "hieu", "thuong hieu": "hieu",
    "thom ngon": "ngon", "chinh goc": "chinhgoc", "chat luong cao": "caocap", "cao cap": "caocap",
}  # fmt: skip
NUMERALS = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5", "sau": "6", "bay": "7",
            "tam": "8", "chin": "9", "muoi": "10"}  # fmt: skip

LIGHT = {
    **dict.fromkeys(
        "htx tht cty dntn dn tnhh cp mtv htv hkd cs ocop sanpham sao hieu hộ ông bà anh chị cô chú"
        " của và từ các những".split(), 0.1,
    ),
    **dict.fromkeys("sx tm dv nn kd cb xnk tonghop thucpham dacsan soctrang mientay".split(), 0.2),
    **dict.fromkeys(
        "ts nuoitrong truyenthong giatruyen nhalam ngon chinhgoc caocap quê sạch xưởng lò trại"
        " quầy nuôi trồng làm đóng loại hạng số nông sản".split(), 0.3,
    ),
    **dict.fromkeys("hộp túi gói chai hũ lọ bịch bao thùng bình lon khay vỉ".split(), 0.15),
    # What makes another product of the same name.
    **dict.fromkeys(
        "chay mặn cay ngọt không lứt cơ muối rút tươi sống nướng lọc cháy".split(), 2.0,
    ),
}  # fmt: skip

# Things, kinds and ways of making that are near in letters and far in meaning.
MADE_OF = (
    "dừa dứa dưa dâu dầu đậu dấm giấm bơ bò bo bột cam cám cá cà cua chả chà trà chuối mật "
    "mía mít mè me mắm mâm muối mứt mực nấm nem nếp nghệ nhãn nước gạo gà gai gừng giỏ ghế "
    "hành heo hẹ khô kho kẹo kem khoai khóm lạp lóc linh lúa lươn lá lác ong ớt ổi phồng quế "
    "rau rượu ruốc rươi sen sâm sầu sữa sặc sò sấy tôm tép tỏi tiêu tét trứng vịt vú xoài xôi "
    "bánh bún bưởi bông bắp chanh chao chè cải cốm củ cơm gấc gỏi hạt hến hủ ba khía kèo lẩu "
    "nui phở pía ống cói mây tre lụa cẩm kiệu kim chi yến sào sả mận táo cóc khế căn canh "
    "cháo lột ruột sên sam tra trê chốt chạch đối rô lăng basa nạc mỡ bì da giò mọc láo nhĩ "
    "hồng nhung ếch ốc thơm thốt nốt tươi giòn dẻo đỏ đen trắng vàng xanh tím chín non ngâm "
    "chiên hấp rang luộc nướng cay ngọt mặn chua đắng béo chiếu giày đan thêu cau môn má mác "
    "na ri đũa"
)
# Words of places and names of people, as near to each other as these.
CALLED = (
    "biển đồng rừng vườn sông bãi cồn giồng đất mũi nắng mưa hoa lan huệ cúc thanh thành "
    "thạnh tiến tiền đông hiệp hiên hên thêm bạc bạch lành lợi lượm lượng tâm tân tấn phát "
    "phú phúc phước hưng hùng hòa hải hai long lộc minh mỹ ngọc ngân ngà sơn quang tư sáu bảy "
    "năm ruộng rẫy mương hạnh hân hà hạ trâu"
)

NAMES = Vocabulary(
    long_forms=LONG_FORMS,
    weights={spelled(word): weight for word, weight in LIGHT.items()},
    words=frozenset(spelled(word) for word in f"{MADE_OF} {CALLED}".split()),
    exclusive=(frozenset({"htx", "tht", "cty", "dntn"}),),
    numerals=NUMERALS,
)
# What is made, as against by whom: an owner's name may have such words or leave them out.
MADE = frozenset(fold(word) for word in MADE_OF.split())
