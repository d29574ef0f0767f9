"""Several Word files in one, each on pages of its own with its own foot: to be printed at once."""

import copy
import io
from collections.abc import Iterable

from cncd.results.paperwork.layout.ooxml import W

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")  # their names may stand once in a file
EDGES = ("header", "first_page_header", "footer", "first_page_footer")


def joined(files: Iterable[bytes]) -> bytes:
    """The files one behind the other; all must be drawn on the same template, of one section."""
    from docx import Document

    whole, *others = (Document(io.BytesIO(content)) for content in files)
    for other in others:
        _begin_section(whole)
        end = whole.element.body.sectPr
        for node in other.element.body:
            if node.tag != end.tag:
                end.addprevious(_taken(node, other.part, whole.part))
        for edge in EDGES:
            _copy_edge(getattr(other.sections[0], edge), getattr(whole.sections[-1], edge))
    held = io.BytesIO()
    whole.save(held)
    return held.getvalue()


def _begin_section(document) -> None:
    """What stands so far becomes a section; the next one has its head and foot until told else."""
    body = document.element.body
    end = body.sectPr
    end.getprevious().get_or_add_pPr().append(copy.deepcopy(end))
    for kind in ("header", "footer"):
        for known in end.findall(f"{W}{kind}Reference"):
            end.remove(known)


def _taken(node, source, target):
    """The node for another part of a file, with the pictures and links it speaks of."""
    made = copy.deepcopy(node)
    for mark in list(made.iter(*MARKS)):
        mark.getparent().remove(mark)
    for each in made.iter():
        for name, key in each.attrib.items():
            if name.startswith(RELATION) and (relation := source.rels.get(key)):
                each.set(name, _related(relation, target))
    return made


def _related(relation, target) -> str:
    if relation.is_external:
        return target.relate_to(relation.target_ref, relation.reltype, is_external=True)
    return target.get_or_add_image(io.BytesIO(relation.target_part.blob))[0]


def _copy_edge(source, target) -> None:
    """A head or foot, the code of its document in it."""
    if source.is_linked_to_previous:
        return
    target.is_linked_to_previous = False
    inside = target._element
    for node in list(inside):
        inside.remove(node)
    for node in source._element:
        inside.append(_taken(node, source.part, target.part))
