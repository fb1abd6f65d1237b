"""Language tags (BCP 47) that may stand in a published file: a closed list, because nobody reviews a tag as text."""

from __future__ import annotations

import re

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?", re.IGNORECASE)
_TWO = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
# Languages of three letters that are spoken in London: Sorani Kurdish, Filipino, Hmong, Krio, Nigerian Pidgin, Dari,
# Romani, Sylheti, Cantonese.
_THREE = frozenset("ckb fil hmn kri pcm prs rom syl yue".split())
_SCRIPTS = frozenset("Arab Armn Beng Cyrl Deva Ethi Geor Grek Gujr Guru Hans Hant Hebr Latn Taml Thai".split())


def language_tag(text: str) -> str:
    """The tag in its usual spelling ("pt-BR", "sr-Latn"); "" for one that is not known, and for English."""
    found = _TAG.fullmatch(text.strip().replace("_", "-"))
    if not found:
        return ""
    language = found[1].lower()
    script, region = (found[2] or "").title(), (found[3] or "").upper()
    if language == "en" or language not in _TWO | _THREE or (script and script not in _SCRIPTS):
        return ""
    return "-".join(part for part in (language, script, region) if part)
