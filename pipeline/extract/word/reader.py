"""A Word document (.docx) as blocks.

The XML is read directly, because only there can be seen what the page shows and what it does not: tracked changes,
hidden text, comments, automatic numbers.
"""

from __future__ import annotations

from pipeline.errors import DamagedFile
from pipeline.extract.assemble import Reading
from pipeline.extract.sniff import SAVE_AGAIN
from pipeline.extract.word.beside import list_running_text, note_blocks
from pipeline.extract.word.headings import with_headings
from pipeline.extract.word.lists import nested, typed_items, with_quotations
from pipeline.extract.word.parts import count_parts, open_package
from pipeline.extract.word.story import Story


def read_docx(data: bytes) -> Reading:
    """Blocks of a DOCX.

    Raises DamagedFile when a part of it cannot be parsed or its text stands in another file, FailedRedaction when it
    holds words that its pages do not show.
    """
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        package = open_package(data)
        return _read(package)
    except (OpcError, etree.LxmlError, LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise DamagedFile("The Word document is damaged: a part of it cannot be read.", SAVE_AGAIN) from error


def _read(package: object) -> Reading:
    story = Story.of(package)
    seen = story.body()
    blocks = [s.block for s in nested(with_quotations(typed_items(with_headings(seen))))]
    notes = note_blocks(story)
    count_parts(story.part, story.reading, lambda root: list_running_text(story, root))
    story.concealed.refuse()
    story.reading.left_out["field"] += story.text.fields.resolved
    story.reading.blocks = [*story.without_contents(blocks), *notes]
    return story.reading
