"""Which kind of difficulty an idea of the vocabulary speaks of."""

# The category's code, for those who choose none, and the ideas that speak of it.
KINDS = {
    "song-mang": "matsong wifi capquang goicuoc",
    "thiet-bi": "smartphone muon maycu mayin maytinh daybonho loa",
    "kinh-phi": "kinhphi tienxang phucap toroi tuboTien nuocuong tiengoi",
    "ky-nang": "taphuan chuabiet totruong",
    "nhan-su": "thieunguoi xinnghi kiemnhiem thoigian muagat diaban khongxue topho dixa",
    "nguoi-dan": "bangay khonggap giayto hop itdu thanhnien trenho muchu",
    "lua-dao": "luadao giadanh nganhang mattien vaytien sola hack muontien",
    "ung-dung": "khuonmat loi treo taitep otp matkhau vssid vangra vneid dvc ungdung",
    "ngon-ngu": "khmer tienghoa tienganh khongnoi",
    "phoi-hop": "chuacu nhieulan dingtrung phancong danhsach chuatraloi nhamang",
    "ocop": "chungnhan khoca lensan phiship khongmua baobi guihang giap khongdon vietbai gianhang",
}
KIND_OF = {idea: code for code, ideas in KINDS.items() for idea in ideas.split()}
