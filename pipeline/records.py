"""The models as JSON and back: the one place that knows how.

Follows the type hints of the frozen dataclasses in `models`, so a new field with a default needs no change here.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """A model, or anything made of models, as a JSON value. Raises TypeError for what has no JSON form."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"{type(value).__name__} has no JSON form")


def from_json(kind: type[T], value: Any) -> T:
    """The model of this type from its JSON value. Raises ValueError, KeyError or TypeError where it does not fit."""
    return cast(T, _read(kind, value))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        choices = [choice for choice in get_args(hint) if choice is not type(None)]
        return None if value is None else _read(choices[0], value)
    if origin is tuple:
        item = get_args(hint)[0]
        return tuple(_read(item, part) for part in value)
    if origin is not None and issubclass(origin, Mapping):
        of = get_args(hint)[1]
        return {key: _read(of, part) for key, part in value.items()}
    if isinstance(hint, type):
        if is_dataclass(hint):
            hints = _hints(hint)
            return hint(**{name: _read(hints[name], part) for name, part in value.items()})
        if issubclass(hint, Enum):
            return hint(value)
        if hint is datetime or hint is date:
            return hint.fromisoformat(value)
        if hint is float:
            return float(value)
        if not isinstance(value, hint):
            raise TypeError(f"expected {hint.__name__}")
    return value
