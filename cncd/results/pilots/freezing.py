"""Plain values for ever: dataclasses to JSON and back, by their own annotations."""

import datetime as dt
import json
import types
from dataclasses import asdict, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder


def frozen(facts) -> dict:
    """The dataclass as plain values."""
    return json.loads(json.dumps(asdict(facts), cls=DjangoJSONEncoder))


def thawed(kind: Any, held: Any):
    """The value of that type again; a field added since keeps its default."""
    origin = get_origin(kind)
    if held is None or kind is Any:
        return held
    if origin in (Union, types.UnionType):
        kinds = [each for each in get_args(kind) if each is not type(None)]
        return thawed(kinds[0], held) if len(kinds) == 1 else held
    if origin is tuple:
        inner = get_args(kind)
        whole = len(inner) == 2 and inner[1] is Ellipsis
        return tuple(thawed(inner[0], v) for v in held) if whole else tuple(held)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {each.name for each in fields(kind)}
        return kind(**{name: thawed(hints[name], v) for name, v in held.items() if name in known})
    if kind is dt.datetime:
        return dt.datetime.fromisoformat(held)
    return dt.date.fromisoformat(held) if kind is dt.date else held
