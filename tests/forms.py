"""Filling in a page's form as a browser would: what stands in it is sent along."""

from tests.pages import Page


def fields(response, form: str = "") -> dict[str, list[str]]:
    """Name → values as a browser would send them, of the first posting form, or of the one whose
    id or action (what follows the “?” aside) is `form`."""
    page = Page(response.content.decode())
    chosen = next(each for each in page.all("form") if _is(each, form))
    found: dict[str, list[str]] = {}
    for element in page.all("input", "textarea", "select", "option"):
        if chosen in element.above or element.attrs.get("form") == chosen.attrs.get("id", "-"):
            _add(found, element)
    return found


def _is(element, wanted: str) -> bool:
    attrs = element.attrs
    if wanted:
        return wanted in (attrs.get("id"), (attrs.get("action") or "").partition("?")[0])
    return (attrs.get("method") or "").lower() == "post"


def _add(found: dict, element) -> None:
    attrs = element.attrs
    kind = attrs.get("type", "text")
    if element.tag == "option":
        owner = next(each for each in reversed(element.above) if each.tag == "select")
        if "selected" in attrs:
            found[owner.attrs["name"]] = [attrs.get("value", element.text)]
        return
    name = attrs.get("name")
    if not name or "disabled" in attrs or kind in ("submit", "button", "file"):
        return
    if kind in ("checkbox", "radio"):
        if "checked" in attrs:
            found.setdefault(name, []).append(attrs.get("value", "on"))
    elif element.tag == "select":
        found.setdefault(name, [""])
    else:
        value = element.text if element.tag == "textarea" else attrs.get("value") or ""
        found.setdefault(name, []).append(value)
