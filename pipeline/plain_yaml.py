"""YAML as plain data, where whatever cannot be read is a YAMLError with its place.

The parser lets other errors through (a 30th of February, `!!int x`), and on libyaml deep nesting ends the program.
"""

from __future__ import annotations

from typing import Any

import yaml

DEEPEST = 50  # lists and mappings in one another; a file of ours has five


class _Marked:
    """What both loaders add: a value that is not what it looks like is an error with its line."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)  # type: ignore[misc]
        except (ValueError, LookupError, AttributeError, TypeError):
            problem = "there is no such date or number (put words in quotation marks)"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark) from None


class Checked(_Marked, yaml.SafeLoader):
    """A safe loader whose errors are YAMLErrors."""


class FastChecked(_Marked, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same on libyaml, ten times as fast. Its messages are others."""


def parse(content: str, loader: type[Checked | FastChecked] = Checked) -> Any:
    """A text in YAML as what the loader makes of it. Raises yaml.YAMLError and no other."""
    _refuse_depth(content, loader)
    try:
        return yaml.load(content, loader)  # noqa: S506 - a SafeLoader
    except RecursionError:  # keys merged into keys that are merged
        raise yaml.YAMLError("nested too deeply") from None


def _refuse_depth(content: str, loader: type[Checked | FastChecked]) -> None:
    depth = 0
    event: Any
    for event in yaml.parse(content, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
