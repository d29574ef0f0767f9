"""The checklists that come with the program; a province adds, replaces and ends items by date."""

# subject → (code, what is looked at, how, clause)
ITEMS = {
    "team": [
        (
            "decision",
            "Có quyết định thành lập, kiện toàn còn hiệu lực; danh sách thành viên đúng thực tế",
            "Đối chiếu quyết định với người đang làm; không quá 10 người",
            "II.1.1",
        ),
        (
            "leaders",
            "Tổ trưởng, tổ phó là Trưởng ban nhân dân và Bí thư Đoàn khóm/ấp",
            "Khác thì phải có lý do ghi rõ",
            "II.1.1",
        ),
        (
            "meetings",
            "Phân công việc trong Tổ, mỗi thành viên biết việc của mình",
            "Hỏi ngẫu nhiên hai thành viên",
            "II.1.2",
        ),
        (
            "logs",
            "Ghi việc đã làm đầy đủ, đúng ngày, đúng số người được giúp",
            "Mở nhật ký tháng trước, hỏi lại một buổi hỗ trợ",
            "II.1.2",
        ),
        (
            "services",
            "Hướng dẫn người dân dùng dịch vụ công trực tuyến, thanh toán không dùng tiền mặt",
            "Hỏi hai hộ đã được hướng dẫn",
            "II.2.2",
        ),
        (
            "selling",
            "Sản phẩm OCOP, nông sản của khóm/ấp đã lên sàn; gian hàng còn mở được",
            "Mở thử liên kết gian hàng",
            "II.2.3",
        ),
        (
            "training",
            "Thành viên đã qua tập huấn, biết dùng nền tảng đang hướng dẫn",
            "Xem danh sách đã tập huấn",
            "II.2.6",
        ),
        (
            "group",
            "Nhóm của Tổ đặt tên đúng quy ước, có người phụ trách, hoạt động trong tháng",
            "Mở nhóm trên điện thoại của tổ trưởng",
            "II.2.7",
        ),
        (
            "reports",
            "Báo cáo tháng gửi đúng hạn, số liệu khớp nhật ký và sổ",
            "Chọn hai số trong báo cáo, mở xem đếm từ đâu",
            "II.2.8",
        ),
        (
            "difficulties",
            "Khó khăn, vướng mắc đã được nêu lên và có trả lời",
            "Hỏi tổ trưởng việc nào còn vướng",
            "II.2.8",
        ),
    ],
    "commune": [
        (
            "coverage",
            "100% khóm/ấp có Tổ; quyết định ban hành đúng thẩm quyền, có tệp đính kèm",
            "Xem danh sách ấp chưa có Tổ",
            "I.2, II.1",
        ),
        (
            "head",
            "Người đứng đầu trực tiếp chỉ đạo, có phân công cán bộ theo dõi",
            "Xem văn bản phân công",
            "IV.3",
        ),
        (
            "targets",
            "Đã giao chỉ tiêu đến từng Tổ",
            "Xem mức giao năm nay",
            "IV.3",
        ),
        (
            "reviewing",
            "Duyệt báo cáo của Tổ trong hạn, trả lại có ghi rõ lý do",
            "Xem lưới báo cáo ba tháng gần nhất",
            "II.2.8",
        ),
        (
            "group",
            "Nhóm chung của xã có đủ năm thành phần bắt buộc",
            "Xem trang nhóm của xã",
            "II.2.9",
        ),
        (
            "directives",
            "Việc cấp trên giao được nhận và trả lời đúng hạn",
            "Xem việc quá hạn",
            "II.2.9",
        ),
        (
            "difficulties",
            "Khó khăn, vướng mắc của Tổ được trả lời hoặc chuyển lên cấp trên",
            "Xem việc chưa trả lời",
            "II.2.8",
        ),
        (
            "training",
            "Có kế hoạch tập huấn cho Tổ và cán bộ; không có Tổ nào chưa từng tập huấn",
            "Xem danh sách chưa tập huấn",
            "II.2.6",
        ),
        (
            "selling",
            "Rà soát sản phẩm OCOP, nông sản, đặc sản và đưa lên sàn",
            "Xem tỷ lệ sản phẩm OCOP lên sàn",
            "II.2.3, IV.3",
        ),
        (
            "broadcasts",
            "Tuyên truyền trên đài truyền thanh, trang thông tin, mạng xã hội",
            "Xem nhật ký phát thanh",
            "IV.3",
        ),
    ],
}
