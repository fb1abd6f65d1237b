"""The words that are left in print on purpose, for a verifier that takes words apart and puts them together.

In a case about Mrs Pal, "PayPal" reads like her name with a word before it, and no decision could ever settle that.
So the verifier is told which whole words stay, each for a reason that somebody answers for:

- words of a name that is on a list of the rules (PayPal),
- words of a name that the policy or a reviewer keeps (LeeAnne Cole, a member of the Panel, in a case about Lee),
- hyphenated words in lower case that consist of ordinary English words (co-op, in a case about Mr Coop).

What stays only because of its form, as an agency or as a reference, is not among them: a name that was run together
with another word could have that form too. Such a name can be put on a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.models import Action, Analysis, Decision, Document, layout
from pipeline.redact import settled

_WORD = re.compile(r"\w+")
_LINKED = re.compile(r"\w+(?:[-‐‑.·]\w+)+")
_ORDINARY = re.compile(r"(?<![\w.·‐‑-])[a-z]+(?:[-‐‑][a-z]+)+(?![\w·‐‑-])")


def words_left_in_print(
    documents: Sequence[Document], analysis: Analysis, decisions: Sequence[Decision], english: frozenset[str]
) -> frozenset[str]:
    """Whole words of the documents that stay as they are written.

    english  ordinary words in lower case, from the rules
    """
    state = settled(analysis, decisions)
    kept = [
        finding.text for finding in analysis.kept if finding.sources[:1] and finding.sources[0].startswith("list:")
    ]
    kept += [f.text for f in analysis.findings if (f.action or state[f.identity][0]) is Action.KEEP]
    words = {word for text in kept for shape in (_WORD, _LINKED) for word in shape.findall(text)}
    for document in documents:
        words.update(w for w in _ORDINARY.findall(layout(document).text) if english.issuperset(re.split("[-‐‑]", w)))
    return frozenset(words)
