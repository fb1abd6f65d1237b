"""Word's fields: what they compute is not read, what they show is. Fields nest and go on over paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.extract.word.xml import W, switched_on, value_of, whole_number

_CONTENTS = re.compile(r"\s*(?:TOC|TOA)\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass(slots=True)
class OpenField:
    """`shows` once its result has begun; `data` is a form field's w:ffData; `lost` where text stands in its code."""

    code: str = ""
    shows: bool = False
    data: Any = None
    lost: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place. `resolved` counts those whose result is read."""

    stack: list[OpenField] = field(default_factory=list)
    resolved: int = 0

    def step(self, mark: Any) -> str:
        """Takes in a w:fldChar; what the end of a form's field prints (a ticked box, the chosen entry)."""
        kind = mark.get(W + "fldCharType", "")
        if kind == "begin":
            self.stack.append(OpenField(data=mark.find(W + "ffData")))
        elif self.stack and kind == "separate":
            visible = self.visible_above
            self.stack[-1].shows = True
            self.resolved += visible and not self.in_contents
        elif self.stack and kind == "end":
            ended = self.stack.pop()
            if not ended.shows and self.visible:
                printed = _form_value(ended.data)
                self.resolved += bool(printed)
                return printed
        return ""

    def simple(self, code: str) -> None:
        """Opens a w:fldSimple, which the caller closes with `stack.pop()`."""
        self.resolved += self.visible and not _CONTENTS.match(code) and not self.in_contents
        self.stack.append(OpenField(code, shows=True))

    def instruct(self, text: str) -> None:
        if self.stack and not self.stack[-1].shows:
            self.stack[-1].code += text

    @property
    def visible(self) -> bool:
        return all(f.shows for f in self.stack)

    @property
    def visible_above(self) -> bool:
        return all(f.shows for f in self.stack[:-1])

    @property
    def in_contents(self) -> bool:
        return any(_CONTENTS.match(f.code) for f in self.stack)

    @property
    def in_page_number(self) -> bool:
        return any(_PAGE.match(f.code) for f in self.stack)

    def swallow(self) -> None:
        """Notes that text stands where no text is shown."""
        for open_field in self.stack:
            open_field.lost = open_field.lost or not open_field.shows

    def close(self, depth: int) -> bool:
        """Drops the fields above this depth; False where one of them never showed text that it holds."""
        left = self.stack[depth:]
        del self.stack[depth:]
        return not any(f.lost and not f.shows for f in left)


def _form_value(data: Any) -> str:
    """What a check box or a list in a form shows; the field itself holds no result."""
    if data is None:
        return ""
    box, entries = data.find(W + "checkBox"), data.find(W + "ddList")
    if box is not None:
        ticked = switched_on(box, "checked")
        return "☒" if (switched_on(box, "default") if ticked is None else ticked) else "☐"
    if entries is None:
        return ""
    listed = [e.get(W + "val", "") for e in entries.findall(W + "listEntry")]
    chosen = whole_number(value_of(entries, "result", value_of(entries, "default", "0")))
    return listed[chosen] if 0 <= chosen < len(listed) else ""
