"""Whether an office's own template can be used: what it is, its tags, its styles, its layout."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from cncd.foundation.kit.filetypes import ZipBomb, check_zip, kind_of
from cncd.results.paperwork.layout import measuring
from cncd.results.paperwork.layout.rendering import rendered, sandbox
from cncd.results.paperwork.layout.sample import STAMP, sample
from cncd.results.paperwork.layout.styles import NEEDED

MOST_BYTES = 2_000_000
MOST_TEXT = 3_000_000  # of the document inside, unpacked
KNOWN = {
    "co_quan_chu_quan", "co_quan", "ke_co_quan", "so_ky_hieu", "dia_danh_ngay", "ten_loai",
    "trich_yeu", "ke_trich_yeu", "tham_quyen", "kinh_gui", "can_cu", "than_bai", "chu_ky",
    "nguoi_ky", "noi_nhan", "phu_luc", "ma_tra_cuu", "ma_qr", "truong",
}  # fmt: skip
WHOLE = ("ke_co_quan", "ke_trich_yeu", "kinh_gui", "can_cu", "than_bai", "chu_ky", "noi_nhan",
         "phu_luc")  # fmt: skip
REQUIRED = {
    "van-ban": ("co_quan", "so_ky_hieu", "dia_danh_ngay", "ten_loai", "trich_yeu", "can_cu",
                "than_bai", "chu_ky", "nguoi_ky", "noi_nhan", "phu_luc", "kinh_gui", "tham_quyen",
                "ma_tra_cuu"),
    "cong-van": ("co_quan", "so_ky_hieu", "dia_danh_ngay", "trich_yeu", "kinh_gui", "can_cu",
                 "than_bai", "chu_ky", "nguoi_ky", "noi_nhan", "phu_luc", "ma_tra_cuu"),
    "giay-chung-nhan": ("so_ky_hieu", "dia_danh_ngay", "ten_loai", "than_bai", "chu_ky",
                        "nguoi_ky", "ma_tra_cuu"),
}  # fmt: skip
TAG = re.compile(r"\{[{%]\s*(?:p|tr|tc|r)?\s.*?[%}]\}", re.DOTALL)
ACTIVE = re.compile(r"(vbaProject|activeX|embeddings/|oleObject)", re.IGNORECASE)


def problems(content: bytes, packaged: str) -> list[str]:
    """Everything to mend before the file may be used for documents of that layout; [] when none.

    What is found first hides the rest only where the rest cannot be looked at.
    """
    try:
        return _file(content) or _tags(content, packaged) or _layout(content, packaged)
    except (zipfile.BadZipFile, OSError):
        return [_("The file is damaged. Save it again and try again.")]


def _file(content: bytes) -> list[str]:
    if len(content) > MOST_BYTES:
        return [_("The file is larger than 2 MB. Take large pictures out.")]
    kind = kind_of(content)
    if kind == "macro":
        return [_("The file contains macros. Save it as .docx without macros.")]
    if kind != "docx":
        return [_("This is not a Word file (.docx). Save it as .docx and try again.")]
    try:
        check_zip(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names, main = archive.namelist(), archive.getinfo("word/document.xml").file_size
    except (ZipBomb, zipfile.BadZipFile, KeyError):
        return [_("The file is damaged. Save it again and try again.")]
    if main > MOST_TEXT:
        return [_("The text of the template is too long. A template holds tags, not documents.")]
    if any(ACTIVE.search(name) for name in names):
        return [_("The file holds embedded objects or programs. Take them out.")]
    return _outside(content)


def _outside(content: bytes) -> list[str]:
    """Nothing in a document may be fetched from elsewhere when somebody opens it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    links = (b'TargetMode="External"' in each and b"/hyperlink" not in each for each in relations)
    if not any(links):
        return []
    return [_("The file links to a picture or template elsewhere. Put it in, or remove it.")]


def _tags(content: bytes, packaged: str) -> list[str]:
    from jinja2 import TemplateSyntaxError, meta
    from lxml.etree import XMLSyntaxError

    try:
        template, lines = _opened(content)
        trees = [sandbox().parse(xml) for xml in _parts(template)]
        found = set().union(*map(meta.find_undeclared_variables, trees))
    except TemplateSyntaxError as error:
        return [_bad_tag(error, content)]
    except (XMLSyntaxError, ValueError, KeyError):
        return [_("The file is damaged. Save it again and try again.")]
    wrong = [_unknown(name, lines) for name in sorted(found - KNOWN)]
    wrong += [_missing(name) for name in REQUIRED[packaged] if name not in found]
    wrong += [_alone(name) for name in WHOLE if name in found and not _stands_alone(name, lines)]
    wrong += [_does_more()] if any(map(_more_than_choosing, trees)) else []
    names = {style.name for style in template.docx.styles}
    lost = [name for name in NEEDED if name not in names and name.capitalize() not in names]
    return [*wrong, *map(_without_style, lost)]


def _layout(content: bytes, packaged: str) -> list[str]:
    """It is filled with a sample, and what comes out is measured."""
    from jinja2 import TemplateError

    made_up = sample(title="" if packaged == "cong-van" else "BÁO CÁO")
    try:
        made = rendered(content, made_up, STAMP)
    except TemplateError as error:
        return [_("The template cannot be filled: %(why)s") % {"why": _bare(str(error))}]
    except Exception:
        return [_("The template cannot be filled. Start from the packaged one and change it.")]
    return measuring.problems(made, certificate=packaged == "giay-chung-nhan")


def _opened(content: bytes):
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    return template, list(_texts(template))


def _parts(template) -> list[str]:
    """The document, its headers and footers, as Jinja will see them."""
    found = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            found.append(template.patch_xml(template.get_part_xml(part)))
    return found


def _texts(template):
    """The paragraphs in order, as somebody reads them, footers last."""
    bodies = [template.docx.element.body]
    for section in template.docx.sections:
        for part in ("header", "footer", "first_page_header", "first_page_footer"):
            bodies.append(getattr(section, part)._element)
    for body in bodies:
        for paragraph in body.iter("{*}p"):
            yield "".join(node.text or "" for node in paragraph.iter("{*}t"))


def _more_than_choosing(tree) -> bool:
    """Whether it does anything that could go on for hours or fill the memory, as loops do."""
    from jinja2 import nodes

    plain = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr,
             nodes.If, nodes.CondExpr, nodes.Not, nodes.And, nodes.Or, nodes.Compare,
             nodes.Operand, nodes.Const)  # fmt: skip
    return not all(isinstance(node, plain) for node in tree.find_all(nodes.Node))


def _does_more() -> str:
    return _(
        "A template prints its tags and chooses by “if”. Take out what counts, joins or loops."
    )


def _missing(name: str) -> str:
    return _("The tag “%(tag)s” is missing. Take it over from the packaged template.") % {
        "tag": name
    }


def _without_style(name: str) -> str:
    return _("The style “%(style)s” is missing. Take it over from the packaged template.") % {
        "style": name
    }


def _unknown(name: str, lines: list[str]) -> str:
    word = re.compile(rf"\{{[{{%][^}}]*\b{re.escape(name)}\b")
    where = next((line for line in lines if word.search(line)), "")
    return _("“%(tag)s” is no tag of ours; it stands in “%(where)s”.") % {
        "tag": name, "where": _bare(where)
    }  # fmt: skip


def _stands_alone(name: str, lines: list[str]) -> bool:
    """Written {{p tag }}, with nothing else in its paragraph."""
    with_it = [line for line in lines if re.search(rf"\b{name}\b", line) and "{{" in line]
    return all(re.fullmatch(rf"\{{\{{p\s+{name}\s*\}}\}}", line.strip()) for line in with_it)


def _alone(name: str) -> str:
    return _(
        "“p %(tag)s” stands for whole paragraphs: write it with p, alone on a line of its own."
    ) % {"tag": name}


def _bad_tag(error, content: bytes) -> str:
    _template, lines = _opened(content)
    open_ = next((line for line in lines if line.count("{{") != line.count("}}")
                  or line.count("{%") != line.count("%}")), "")  # fmt: skip
    return _("A tag is not written right: %(why)s “%(where)s”") % {
        "why": _bare(str(error.message)), "where": _bare(open_)
    }  # fmt: skip


def _bare(text: str) -> str:
    """Without braces: a page that shows some looks as if it were broken."""
    return re.sub(r"[{}%]+", " ", text).strip()[:100]
