"""The lexicon as detection asks it: is this word ordinary English, is it a title, a rank, a post-nominal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.detect.words import Case, Word, fold
from pipeline.rules import Rules

MEDICINE = re.compile(
    r"(?:azepam|azolam|oxetine|traline|alopram|tiapine|apine|peridone|triptyline|gabalin|codone|morphine|mycin|cillin"
    r"|statin|olol|prazole|trigine|promazine|idol|zolam|dipine|sartan|gliptin|formin|profen|faxine|clone|setron|pramine|phenamine"
    r"|ratadine|fenadine|beverine|alverine|fopam)$"
)
MONTHS = frozenset("january february march april may june july august september october november december".split())
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
CALENDAR = MONTHS | WEEKDAYS
PREFIXES = (
    "non re un pre post co mis over under inter intra multi anti counter self sub semi super micro psycho cyber bio "
    "socio tele mid out de dis up step pan mini mega ultra hyper"
).split()
SUFFIXES = (
    "s es ed d ing er ers ly ness ment ments able ability less ful ism ist isation ise ised ising like wide".split()
)
# English words that are written with accents, folded.
ACCENTED = frozenset(
    "cafe cafes cliche cliched communique creche creches crepe debris debutante decor deja detente elite expose "
    "facade fiance fiancee fiances fiancees matinee melee naive naivety papier-mache pate precis protege puree "
    "regime resume role roles soiree souffle touche vis-a-vis".split()
)
# Titles that are ordinary words as well: what follows must look like a name by itself.
SOFT_TITLES = frozenset(
    "father sister brother chief nurse judge doctor lord lady aunt uncle auntie bishop sir dame don nana constable "
    "inspector sergeant superintendent professor recorder madam".split()
)


@dataclass(frozen=True)
class Lexicon:
    """Lookups over Rules, folded once."""

    english: frozenset[str]
    ambiguous: frozenset[str]
    stays: frozenset[str]
    capitals: frozenset[str]  # of `stays`, those that the lists write in capitals: "IRIS" is no Iris
    titles: frozenset[str]
    ranks: frozenset[str]
    post_nominals: frozenset[str]
    followers: frozenset[str]
    extra: frozenset[str]
    past: frozenset[str]
    trade: frozenset[str]
    accented: frozenset[str]  # of `stays`, those that are written with an accent: "Citroën"
    may_be_names: frozenset[str]  # `ambiguous`, the months and the days of the week
    name_columns: frozenset[str]  # folded headers of columns that list people
    surnames: frozenset[str]  # English words that people bear as surnames

    @classmethod
    def of(cls, rules: Rules) -> Lexicon:
        words = {key: frozenset(fold(w) for w in names) for key, names in rules.vocabulary.items()}
        single = frozenset(w for phrase in words["titles"] | words["ranks"] | words["honour"] for w in phrase.split())
        return cls(
            english=rules.english,
            ambiguous=rules.ambiguous,
            stays=single_stays(rules),
            capitals=frozenset(fold(n) for n in rules.stays if " " not in n and n.isupper() and len(n) > 1),
            titles=single - {"the", "his", "her", "honour", "honourable", "justice"},
            ranks=frozenset(w for phrase in words["ranks"] for w in phrase.split()),
            post_nominals=words["post_nominals"],
            followers=rules.name_followers,
            extra=words["ordinary"],
            past=words["irregular_past"],
            trade=words["trade_capitals"],
            accented=frozenset(fold(n).removesuffix("'s") for n in rules.stays if not n.isascii()),
            may_be_names=rules.ambiguous | CALENDAR,
            name_columns=words["name_columns"],
            surnames=words["word_surnames"],
        )

    def ordinary(self, word: Word) -> bool:
        """Whether it is an ordinary English word, an inflected or compound one included."""
        if word.case is Case.DIGIT:
            return True
        if not word.text.replace("’", "'").isascii() and word.folded not in ACCENTED:
            return word.folded in self.extra  # "Thaís" and "Dũng" are not "Thais" and "dung"
        # Endings and prefixes are taken off in lower case only: "Devanes" is not "de" and "vanes".
        return self.is_english(word.folded, affixes=word.case is Case.LOWER)

    def is_english(self, text: str, affixes: bool = True) -> bool:
        """The same of folded text. Compounds count where every part does; so do regular prefixes and endings."""
        text = text.replace("’", "'")
        if text in self.english or text in self.extra or len(text) == 1:
            return True
        if text.removesuffix("'s") in self.english or text.rstrip("'") in self.english:
            return True
        if "-" in text or "&" in text or "." in text:
            parts = [p for p in text.replace("&", "-").replace(".", "-").split("-") if p]
            return all(self._part(p) for p in parts)
        if not affixes:
            return False
        for prefix in PREFIXES:
            if len(text) - len(prefix) > 3 and text.startswith(prefix) and text[len(prefix) :] in self.english:
                return True
        for suffix in SUFFIXES:
            stem = text.removesuffix(suffix)
            if (
                stem != text
                and len(stem) > 3
                and (stem in self.english or stem in self.extra or stem + "e" in self.english)
            ):
                return True
        return False

    def _part(self, text: str) -> bool:
        """Whether it may stand in a compound: "Turkish-speaking", "pan-London", "13-year-old"."""
        known = text in self.english or text in self.extra or text in PREFIXES or text in self.stays
        return known or len(text) == 1 or text.isdigit()

    def stays_alone(self, word: Word) -> bool:
        """Whether one word by itself is a name that stays: a nationality, a month, an abbreviation, a medicine."""
        folded = word.folded
        if not word.text.replace("’", "'").isascii() and folded not in self.accented:
            return False  # Germán is no German
        plural = folded.removesuffix("s")
        if folded in self.capitals or plural in self.capitals:
            return word.case is Case.UPPER or (word.text[:-1].isupper() and word.text.endswith("s"))
        if folded in self.stays or plural in self.stays or (word.capital and is_medicine(word)):
            return True
        parts = folded.split("-")  # "Spanish-speaking", "pan-London"
        return len(parts) > 1 and any(p in self.stays for p in parts) and all(self._part(p) for p in parts)

    def is_follower(self, word: Word) -> bool:
        """Whether it is what follows a person's name at the start of a sentence: a verb in the past, an auxiliary."""
        return word.case is Case.LOWER and (
            word.folded in self.followers
            or word.folded in self.past
            or (word.folded.endswith("ed") and len(word.folded) > 4)
        )

    def unknown(self, word: Word) -> bool:
        """Whether neither English nor the lists know it."""
        return not self.ordinary(word) and not self.stays_alone(word)


def single_stays(rules: Rules) -> frozenset[str]:
    """One-word names that stay, folded. One in 's is no word by itself: "Sainsbury" is a person (see stays.py)."""
    return frozenset(fold(n) for n in rules.stays if " " not in n)


def is_medicine(word: Word) -> bool:
    return bool(MEDICINE.search(word.folded)) and len(word.folded) > 6
