"""What makes Word say “unreadable content”: the order, pairs and references that OOXML asks for."""

import io
import posixpath
import re
import zipfile
from collections import Counter

from lxml import etree

from cncd.results.paperwork.layout.checking import KNOWN
from cncd.results.paperwork.layout.ooxml import W

OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl between bar"
ORDER = {  # children in the order of the schema (ECMA-376, part 1)
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
    " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect"
    " bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW"
    " jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption"
    " tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection"
    " tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc"
    " pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi"
    " rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr"
    " tcPr tblStylePr",
    "settings": "zoom embedTrueTypeFonts bordersDoNotSurroundHeader proofState defaultTabStop"
    " autoHyphenation characterSpacingControl footnotePr endnotePr compat rsids themeFontLang"
    " clrSchemeMapping decimalSymbol listSeparator",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "pBdr": BORDERS, "tblBorders": BORDERS, "tblCellMar": BORDERS, "pgBorders": BORDERS,
}  # fmt: skip
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}  # properties stand first, or are not there
STYLED = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
WHOLE = {"sz", "szCs", "spacing", "ind", "tcW", "tblW", "tblInd", "gridCol", "pgSz", "pgMar"}
JUSTIFIED = {"left", "center", "right", "both", "start", "end", "distribute"}
NOT_NUMBERS = {"type", "lineRule", "orient"}


def unreadable(docx: bytes) -> list[str]:
    """Everything Word would stumble over; [] when it opens the file without a word."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    found = [f"{name} twice" for name, times in Counter(names).items() if times > 1]
    trees = {name: etree.fromstring(text) for name, text in files.items()
             if name.endswith((".xml", ".rels"))}  # fmt: skip
    found += _package(trees, set(names))
    styles = {one.get(f"{W}styleId"): one.get(f"{W}type")
              for one in trees["word/styles.xml"].iter(f"{W}style")}  # fmt: skip
    for name, tree in trees.items():
        if name.startswith("word/") and name.endswith(".xml"):
            found += [f"{name}: {each}" for each in _part(tree, styles)]
    return found


def _package(trees, names):
    """Every part has a type, every reference a target, every reference's id its relation."""
    types = trees["[Content_Types].xml"]
    endings = {one.get("Extension") for one in types.iter("{*}Default")}
    parts = {one.get("PartName").lstrip("/") for one in types.iter("{*}Override")}
    yield from (f"no type: {name}" for name in names - parts - {"[Content_Types].xml"}
                if name.rpartition(".")[2] not in endings)  # fmt: skip
    yield from (f"type of nothing: {name}" for name in parts - names)
    for name in [each for each in trees if not each.endswith(".rels")]:
        folder, _slash, file = name.rpartition("/")
        relations = trees.get(f"{folder}/_rels/{file}.rels")
        known = {} if relations is None else {one.get("Id"): one for one in relations}
        for one in known.values():
            target = posixpath.normpath(posixpath.join(folder, one.get("Target")))
            if one.get("TargetMode") != "External" and target.lstrip("/") not in names:
                yield f"{name} leads to {target}"
        used = {value for node in trees[name].iter() for key, value in node.attrib.items()
                if key.startswith(OFFICE)}  # fmt: skip
        yield from (f"{name}: no relation {key}" for key in used - set(known))


def _part(tree, styles):
    for node in tree.iter(f"{W}*"):
        tag = _bare(node)
        yield from _order(node, tag)
        if tag in STYLED and styles.get(node.get(f"{W}val")) != STYLED[tag]:
            yield f"no {STYLED[tag]} style {node.get(f'{W}val')}"
        if tag == "basedOn" and node.get(f"{W}val") not in styles:
            yield f"based on nothing: {node.get(f'{W}val')}"
        if tag in WHOLE:
            yield from (f"{tag} {_plain(key)} is {value}" for key, value in node.attrib.items()
                        if _plain(key) not in NOT_NUMBERS and not value.isdigit())  # fmt: skip
        if tag == "jc" and node.get(f"{W}val") not in JUSTIFIED:
            yield f"jc {node.get(f'{W}val')}"
    yield from _tables(tree)
    yield from _ids(tree)
    text = "".join(tree.itertext(f"{W}t"))
    yield from (f"left over: {tag}" for tag in re.findall(r"\{[{%]\w? ?(\w+)", text)
                if tag in KNOWN)  # fmt: skip


def _order(node, tag: str):
    children = [_bare(child) for child in node if isinstance(child.tag, str)]
    if tag in ORDER:
        wanted = ORDER[tag].split()
        yield from (f"{tag} holds {each}" for each in set(children) - set(wanted))
        places = [wanted.index(each) for each in children if each in wanted]
        if places != sorted(places):
            yield f"{tag} is out of order: {' '.join(children)}"
        once = {each for each, times in Counter(children).items() if times > 1}
        if repeated := once - {"headerReference", "footerReference", "tr", "tc", "tblStylePr"}:
            yield f"{tag} holds {repeated} twice"
    if tag in FIRST and FIRST[tag] in children[1:]:
        yield f"{FIRST[tag]} is not first in {tag}"
    if tag == "body" and children[-2:] != ["p", "sectPr"]:
        yield "the body does not end with a paragraph and its section"
    if tag in ("tc", "hdr", "ftr") and children[-1:] != ["p"]:
        yield f"{tag} does not end with a paragraph"


def _tables(tree):
    for table in tree.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = (one.find(f"{W}tcPr/{W}gridSpan") for one in row.findall(f"{W}tc"))
            wide = sum(1 if span is None else int(span.get(f"{W}val")) for span in spans)
            if not columns or wide != columns:
                yield f"a row of {wide} cells in a grid of {columns}"


def _ids(tree):
    for tag, key in (("docPr", "id"), ("bookmarkStart", f"{W}id"), ("bookmarkStart", f"{W}name")):
        found = Counter(one.get(key) for one in tree.iter(f"{{*}}{tag}"))
        yield from (f"{tag} {each} twice" for each, times in found.items() if times > 1)
    starts, ends = (
        {one.get(f"{W}id") for one in tree.iter(f"{W}bookmark{kind}")} for kind in ("Start", "End")
    )
    if starts != ends:
        yield f"bookmarks {starts ^ ends} without both ends"


def _bare(node) -> str:
    return etree.QName(node).localname


def _plain(key: str) -> str:
    return key.rpartition("}")[2]
