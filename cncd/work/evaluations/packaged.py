"""The criteria that come with the program: proposed, changed and put in force by a province."""

from decimal import Decimal

NAME = "Bộ tiêu chí đánh giá Tổ CNCĐ (mẫu)"
# code, criterion, how to mark, clause, weight, evidence
CRITERIA = [
    (
        "organisation",
        "Tổ chức của Tổ: đủ thành phần, phân công rõ, sinh hoạt đều",
        "10: đủ thành phần, có phân công; 5: thiếu một điều; 0: Tổ không còn hoạt động",
        "II.1.1",
        10,
        ["TC04", "TC07"],
    ),
    (
        "telling",
        "Tuyên truyền chủ trương, chính sách về chuyển đổi số",
        "So với mức giao; xét cả chất lượng buổi tuyên truyền",
        "II.2.1",
        15,
        ["CQ01", "CQ02"],
    ),
    (
        "helping",
        "Trực tiếp hướng dẫn, hỗ trợ người dân; dịch vụ công trực tuyến",
        "So với mức giao và số hộ của địa bàn, không so số tuyệt đối giữa các Tổ",
        "II.1.2, II.2.2",
        20,
        ["TC08", "TC09", "CQ06"],
    ),
    (
        "selling",
        "Đưa sản phẩm OCOP, nông sản lên sàn; thanh toán không dùng tiền mặt",
        "Địa bàn không có sản phẩm thì chọn “không áp dụng”",
        "II.2.3",
        15,
        ["KT02", "KT06", "KT09"],
    ),
    (
        "society",
        "Kỹ năng số của người dân: người cao tuổi, an toàn trên mạng",
        "Chú ý người từ 60 tuổi và đồng bào nói tiếng Khmer, tiếng Hoa",
        "II.2.4, II.2.5",
        10,
        ["XH08", "XH15"],
    ),
    (
        "training",
        "Thành viên tham gia tập huấn",
        "10: mọi thành viên đã qua tập huấn trong kỳ hoặc trước đó",
        "II.2.6",
        10,
        ["training"],
    ),
    (
        "group",
        "Nhóm của Tổ đặt tên đúng, hoạt động thường xuyên",
        "0: chưa có nhóm; 5: có nhóm, sai tên; 10: đúng tên, có bài trong tháng",
        "II.2.7",
        5,
        ["TC13"],
    ),
    (
        "reports",
        "Báo cáo tháng đúng hạn, số liệu khớp nhật ký",
        "10: mọi kỳ đúng hạn; trừ 2 điểm mỗi kỳ trễ, 4 điểm mỗi kỳ không gửi",
        "II.2.8",
        10,
        ["reports"],
    ),
    (
        "remedies",
        "Khắc phục kiến nghị sau kiểm tra; nêu khó khăn, vướng mắc kịp thời",
        "Kỳ không có kiểm tra thì xét việc nêu khó khăn",
        "II.2.8, IV.1",
        5,
        ["inspections", "TC16"],
    ),
]
# class, from how many points
GRADES = [
    ("Hoàn thành xuất sắc", Decimal(90)),
    ("Hoàn thành tốt", Decimal(70)),
    ("Hoàn thành", Decimal(50)),
    ("Chưa hoàn thành", Decimal(0)),
]
