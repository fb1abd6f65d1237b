"""Panels as reports of many hands set them out: a name for each layout, its text, the members, and who chairs.

Every name is invented. "*" before a member marks the Chair. `PEOPLE` are those whom the models are told to know.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """A way of setting out a Panel: the text in Markdown, and the names that it makes members of, a line each."""

    name: str
    text: str
    members: str
    strangers: str = ""  # people in the text who are no members, a line each

    @property
    def listed(self) -> set[str]:
        return {line.strip(" *") for line in self.members.splitlines() if line.strip()}

    @property
    def chairs(self) -> set[str]:
        return {line.strip(" *") for line in self.members.splitlines() if line.strip().startswith("*")}

    @property
    def people(self) -> tuple[str, ...]:
        """All of them without titles, for models that know exactly these."""
        lines = [*self.listed, *(line.strip() for line in self.strangers.splitlines() if line.strip())]
        return tuple(" ".join(word for word in line.split() if word not in TITLES) for line in lines)


TITLES = ("Dr", "Prof", "Prof.", "Professor", "DCI", "DI", "Cllr", "Mr", "Mrs", "Ms", "Sir", "Dame", "Rev",
          "Detective", "Chief", "Inspector", "Sergeant", "DS", "Superintendent")  # fmt: skip

_WHOLE = """| Name | Role | Agency |
|---|---|---|
| Yewande Sorrell | Independent Chair | Independent |
| Piotr Gawlik | Service Manager | Victim Support |
| Ffion Tregarth | Named Nurse, Child Protection | NHS |
"""

_WHOLE_PANEL = "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"

TABLES = (
    Layout("name, role, agency", """## The Review Panel

| Name | Role | Agency |
|---|---|---|
| Dr Yewande Sorrell | Independent Chair | None |
| Piotr Gawlik | Detective Superintendent | Metropolitan Police |
| Ffion Tregarth | Head of Safeguarding | Southwark Council |
""", "*Dr Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("representative, designation, organisation represented", """## Panel membership

| Organisation represented | Representative | Designation |
|---|---|---|
| Independent | Yewande Sorrell | Chair |
| Probation Service | Piotr Gawlik | Senior Probation Officer |
| Refuge | Ffion Tregarth | Operations Manager |
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("agency first and the name in the last column", """## Membership of the Panel

| Agency | Position | Panel member |
|---|---|---|
| Metropolitan Police Service | Review Officer | DS Piotr Gawlik |
| Adult Social Care | Head of Service | Ffion Tregarth |
""", "DS Piotr Gawlik\nFfion Tregarth"),
    Layout("name and role in one cell", """## DHR Panel

| Panel member | Service |
|---|---|
| Yewande Sorrell, Independent Chair | Independent |
| Piotr Gawlik (Detective Inspector) | Metropolitan Police |
| Ffion Tregarth – Named Nurse | King's College Hospital |
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("role and name in one cell, the role first", """## Review Panel

| Agency | Representative |
|---|---|
| Independent | Independent Chair: Yewande Sorrell |
| Metropolitan Police | Detective Inspector Piotr Gawlik |
| NHS | Named Nurse – Ffion Tregarth |
""", "*Yewande Sorrell\nDetective Inspector Piotr Gawlik\nFfion Tregarth"),
    Layout("a merged header over the table", """## The Panel

| The Review Panel | The Review Panel | The Review Panel |
|---|---|---|
| Name | Job title | Agency |
| Yewande Sorrell | Independent Chair | Independent |
| Piotr Gawlik | Service Manager | Housing |
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("a merged header with empty cells, and no heading", """## Process

| Panel members |  |  |
|---|---|---|
| Name | Job title | Agency |
| Yewande Sorrell | Independent Chair | Independent |
| Piotr Gawlik | Service Manager | Housing |
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("no header", """## Review Panel members

| Yewande Sorrell | Independent Chair | Independent |
|---|---|---|
| Piotr Gawlik | Service Manager | Southwark Council |
| Ffion Tregarth | Named Nurse | Refuge |
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("an empty header", """## The Review Panel

|  |  |
|---|---|
| Independent Chair | Yewande Sorrell |
| Metropolitan Police | Piotr Gawlik and Ffion Tregarth |
| Minutes | Mirela Vasco |
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth", "Mirela Vasco"),
    Layout("the Chair in the heading's paragraph, members in the table", """## The Review Panel

Independent Chair: Yewande Sorrell

| Name | Organisation |
|---|---|
| Piotr Gawlik | Metropolitan Police |
| Ffion Tregarth | Refuge |
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("vacant, to be confirmed, apologies", """## Review Panel

| Name | Role | Agency |
|---|---|---|
| Yewande Sorrell | Independent Chair | Independent |
| Vacant | Named GP | NHS |
| TBC | Head of Service | Probation |
| Piotr Gawlik (apologies) | Service Manager | Housing |
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("authors of management reviews in the next table", """## The Review Panel

| Name | Role | Agency |
|---|---|---|
| Yewande Sorrell | Independent Chair | Independent |
| Piotr Gawlik | Service Manager | Housing |

The authors of the individual management reviews were:

| Name | Role | Agency |
|---|---|---|
| Mirela Vasco | Detective Constable | Metropolitan Police |
| Bo Lindgren | Team Manager | Housing |
""", "*Yewande Sorrell\nPiotr Gawlik", "Mirela Vasco\nBo Lindgren"),
    Layout("a table of IMR authors right after, by its header", """## The Review Panel

| Name | Role | Agency |
|---|---|---|
| Yewande Sorrell | Independent Chair | Independent |

| IMR author | Role | Agency |
|---|---|---|
| Mirela Vasco | Detective Constable | Metropolitan Police |
""", "*Yewande Sorrell", "Mirela Vasco"),
    Layout("an author of a review in the Panel's own table", """## The Review Panel

| Name | Role | Agency |
|---|---|---|
| Yewande Sorrell | Independent Chair | Independent |
| Mirela Vasco | IMR Author | Housing |
| Bo Lindgren | Business Support Officer | Southwark Council |
| Tam Ellwood | Administrator | Southwark Council |
| Isla Renshaw | Observer | Home Office |
| Cerys Maddock | Minute taker | Southwark Council |
""", "*Yewande Sorrell", "Mirela Vasco\nBo Lindgren\nTam Ellwood\nIsla Renshaw\nCerys Maddock"),
    Layout("members who were replaced", """## The Review Panel

| Name | Role | Agency |
|---|---|---|
| Yewande Sorrell | Independent Chair | Independent |
| Piotr Gawlik (until May 2018), then Ffion Tregarth | Service Manager | Housing |
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("two people in a cell over two lines", """## Panel members

| Agency | Members |
|---|---|
| Southwark Council | Yewande Sorrell, Piotr Gawlik |
| Police | Ffion Tregarth & Odalys Menéndez |
""", "Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth\nOdalys Menéndez"),
    Layout("surname first in a column", """## Review Panel

| Surname, forename | Job title | Agency |
|---|---|---|
| Sorrell, Yewande | Independent Chair | Independent |
| Gawlik, Piotr | Service Manager | Housing |
| GARCÍA RUIZ, Odalys | Director | Latin American House |
""", "*Yewande Sorrell\nPiotr Gawlik\nOdalys GARCÍA RUIZ"),
    Layout("forename and surname in columns of their own", """## Review Panel

| Forename | Surname | Role | Agency |
|---|---|---|---|
| Yewande | Sorrell | Independent Chair | Independent |
| Piotr | Gawlik | Service Manager | Housing |
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("titles and post-nominals", """## Review Panel

| Name | Role | Agency |
|---|---|---|
| Sir Cadogan Fell KC | Independent Chair | Independent |
| Professor Yewande Sorrell OBE | Head of Psychology | A university |
| Cllr Piotr Gawlik MBE | Cabinet Member | Southwark Council |
| Ffion Tregarth RN | Named Nurse | NHS |
| DCI Odalys Menéndez QPM | Senior Officer | Metropolitan Police |
""", "*Sir Cadogan Fell\nProfessor Yewande Sorrell\nCllr Piotr Gawlik\nFfion Tregarth\nDCI Odalys Menéndez"),
    Layout("a column for attendance", """## Attendance and membership

The Panel's members, and the meetings that each came to:

| Name | Agency | Meetings attended |
|---|---|---|
| Yewande Sorrell (Chair) | Independent | 6 |
| Piotr Gawlik | Housing | 4 |
""", "*Yewande Sorrell\nPiotr Gawlik"),
)  # fmt: skip

LISTS = (
    Layout("dashes", """## Panel members

- Yewande Sorrell – Independent Chair
- Piotr Gawlik – Head of Housing – Southwark Council
- Ffion Tregarth - Named Nurse - King's College Hospital
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("commas", """## The Panel

- Dr Yewande Sorrell, Independent Chair and Author
- Piotr Gawlik, Head of Housing, Southwark Council
""", "*Dr Yewande Sorrell\nPiotr Gawlik"),
    Layout("agency: name (role)", """## Members of the Panel

- Independent: Yewande Sorrell (Chair)
- South London and Maudsley NHS Foundation Trust: Piotr Gawlik (Associate Director of Nursing)
- Solace Women's Aid: Ffion Tregarth (Head of Advocacy)
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("role, agency: name", """## Members of the Panel

- Independent Chair: Yewande Sorrell
- Head of Safeguarding Adults, London Borough of Southwark: Piotr Gawlik
- Senior Operations Manager, Refuge: Ffion Tregarth
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("role and agency, a dash, the name", """## Panel composition

- Chair – Yewande Sorrell
- Head of Safeguarding Adults, London Borough of Southwark – Piotr Gawlik
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("a numbered list", """## Review Panel

1. Yewande Sorrell, Independent Chair
2. Piotr Gawlik, Head of Housing
3. J. Okwuosa, Named GP
""", "*Yewande Sorrell\nPiotr Gawlik\nJ. Okwuosa", "Okwuosa"),
    Layout("lines without bullets", """Panel members:

Yewande Sorrell, Independent Chair

Piotr Gawlik, Named Nurse, Larch Trust

## Background

Mirela Vasco, a friend, rang.
""", "*Yewande Sorrell\nPiotr Gawlik", "Mirela Vasco"),
    Layout("subheadings for the Chair and the members", """## The Review Panel

### Chair

- Yewande Sorrell

### Members

- Piotr Gawlik, Refuge
- Ffion Tregarth, Housing

### In attendance

- Mirela Vasco, Home Office
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth", "Mirela Vasco"),
    Layout("a list of others after the members", """## The Review Panel

The members of the Panel were:

- Yewande Sorrell, Independent Chair
- Piotr Gawlik, Head of Housing

The following were in attendance:

- Mirela Vasco, Community Safety Officer
- Bo Lindgren, Southwark Council
""", "*Yewande Sorrell\nPiotr Gawlik", "Mirela Vasco\nBo Lindgren"),
    Layout("advisers, authors and secretariat in the list", """## The Review Panel

- Yewande Sorrell, Independent Chair
- Piotr Gawlik, Head of Housing
- Mirela Vasco, legal adviser
- Bo Lindgren, secretariat
- Minutes: Tam Ellwood
- Isla Renshaw (IMR author, Housing)
- Cerys Maddock, observer
""", "*Yewande Sorrell\nPiotr Gawlik",
        "Mirela Vasco\nBo Lindgren\nTam Ellwood\nIsla Renshaw\nCerys Maddock"),
    Layout("capitals, hyphens and apostrophes", """## REVIEW PANEL

- YEWANDE SORRELL, INDEPENDENT CHAIR
- Nia O'Hara-Price, Refuge
- Gregor McAllindon, Probation
- Siân D'Arcy-Vaughan, NHS
""", "*YEWANDE SORRELL\nNia O'Hara-Price\nGregor McAllindon\nSiân D'Arcy-Vaughan"),
    Layout("names of many origins", """## Panel members

- Nguyễn Thị Bích Hằng, Independent Chair
- Adébáyò Olúwaseun Akinlolu, NHS
- Xiomara de la Peña, Housing
- Abdirahman bin Yusuf, Probation
- Małgorzata Wójcik-Żak, Police
""", "*Nguyễn Thị Bích Hằng\nAdébáyò Olúwaseun Akinlolu\nXiomara de la Peña\nAbdirahman bin Yusuf\n"
        "Małgorzata Wójcik-Żak"),
    Layout("who replaced whom", """## Review Panel

- Yewande Sorrell, Independent Chair
- Piotr Gawlik, Head of Housing (until May 2018), then Ffion Tregarth
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("English words as names", """## Review Panel

- Grace Price, Independent Chair
- Mark Young, Head of Housing
- April Day, Refuge
""", "*Grace Price\nMark Young\nApril Day"),
    Layout("a list that follows its sentence", """## 3 Methodology

3.1 The Review Panel consisted of the following members:

- Yewande Sorrell, Independent Chair
- Piotr Gawlik, Head of Housing, Southwark Council

## 4 Facts

- Mirela Vasco, a neighbour
""", "*Yewande Sorrell\nPiotr Gawlik", "Mirela Vasco"),
)  # fmt: skip

PROSE = (
    Layout("chaired by and comprised", """## 2 The review

2.1 The Panel was chaired by Dr Yewande Sorrell and comprised Piotr Gawlik, Head of Safeguarding, of Southwark
Council; Ffion Tregarth, Named Nurse, of Refuge; and Odalys Menéndez of the Metropolitan Police.
""", "*Dr Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth\nOdalys Menéndez"),
    Layout("members were", """## The Panel

Members were: Piotr Gawlik (Southwark Council), Ffion Tregarth (Refuge) and Odalys Menéndez (Metropolitan Police). The
Chair was Yewande Sorrell.
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth\nOdalys Menéndez"),
    Layout("represented by", """## Review Panel

The agencies on the Panel were represented as follows: the Metropolitan Police by DI Piotr Gawlik; Southwark Council
by Ffion Tregarth; and Refuge by Odalys Menéndez.
""", "DI Piotr Gawlik\nFfion Tregarth\nOdalys Menéndez"),
    Layout("replaced during the review", """## The Panel

The members of the Panel were Piotr Gawlik, Head of Housing, who was replaced in May 2018 by Ffion Tregarth; and
Odalys Menéndez, Refuge. Yewande Sorrell was appointed as the Independent Chair of the Review.
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth\nOdalys Menéndez"),
    Layout("in a summary only", """## Process

The review was chaired by Yewande Sorrell. The Review Panel was made up of Piotr Gawlik, Head of Housing; and Ffion
Tregarth, Refuge. The Panel spoke to Mirela Vasco, a friend.
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth", "Mirela Vasco"),
    Layout("signatures of all members at the end", """## Learning

1.1 The Panel met four times.

## Signed by the members of the Review Panel

Signed: Dr Yewande Sorrell, Independent Chair and Author, Independent

Signed: Piotr Gawlik, Head of Community Safety, Southwark Council

Signed: Ffion Tregarth, Named Nurse, King's College Hospital
""", "*Dr Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("a numbered paragraph by agency, with dashes", """## 1 Introduction

1.2 The Review Panel: Chair - Yewande Sorrell (independent); Police - DI Piotr Gawlik; Health - Ffion Tregarth, Named
Nurse; Housing - Odalys Menéndez; Minutes - Mirela Vasco.

1.3 Bo Lindgren met the family.
""", "*Yewande Sorrell\nDI Piotr Gawlik\nFfion Tregarth\nOdalys Menéndez", "Mirela Vasco\nBo Lindgren"),
    Layout("a paragraph that begins with the Panel, posts in brackets", """## 1 Introduction

1.2 Panel: Prof. Yewande Sorrell (Chair), Ffion Tregarth (Women's sector), Cdr. Piotr Gawlik (MPS), Odalys Menéndez
(Probation).

1.3 Bo Lindgren met the family.
""", "*Prof. Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth\nOdalys Menéndez", "Bo Lindgren"),
    Layout("a review team in a paragraph", """## 1 Introduction

Review team: Yewande Sorrell (independent chair); Piotr Gawlik (Police); Health: Ffion Tregarth, Named Nurse.

Bo Lindgren met the family.
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth", "Bo Lindgren"),
    Layout("people who helped", """## The Review Panel

The members of the Panel were Piotr Gawlik, Head of Housing; and Ffion Tregarth, Refuge. The Panel was supported by
Mirela Vasco, Business Support. Bo Lindgren, consultant psychiatrist, was consulted as an expert.
""", "Piotr Gawlik\nFfion Tregarth", "Mirela Vasco\nBo Lindgren"),
)  # fmt: skip

CHAIRS = (
    Layout("a label on the title page", "Independent Chair and Author: Dr Yewande Sorrell\n", "*Dr Yewande Sorrell"),
    Layout("a label and a line", "Independent Chair\n\nDr Yewande Sorrell\n\nMay 2019\n", "*Dr Yewande Sorrell"),
    Layout("a signature", "Signed: Yewande Sorrell, Independent Chair\n", "*Yewande Sorrell"),
    Layout("a signature with its post on the next line",
        "Signed\n\nYewande Sorrell\n\nIndependent Chair of the Review\n",
        "*Yewande Sorrell"),
    Layout("brackets", "Yewande Sorrell (Independent Chair of the Review Panel)\n", "*Yewande Sorrell"),
    Layout("the chair and author is", "The independent chair and author of this report is Yewande Sorrell.\n",
        "*Yewande Sorrell"),
    Layout("was appointed", "The Partnership appointed Yewande Sorrell as Independent Chair of the Review Panel.\n",
        "*Yewande Sorrell"),
    Layout("chaired the review", "Yewande Sorrell, who has worked in Kent, chaired this review.\n", ""),
    Layout("has chaired", "Yewande Sorrell chaired this review and is independent of all agencies.\n",
        "*Yewande Sorrell"),
    Layout("a section of its own", "## Independent Chair\n\nYewande Sorrell is a former director of a charity.\n",
        "*Yewande Sorrell"),
    Layout("an acknowledgement", "I, Yewande Sorrell, Independent Chair of this Review, thank the family.\n",
        "*Yewande Sorrell"),
    Layout("an author who is not the Chair",
        "Independent Chair: Yewande Sorrell\n\nReport author: Piotr Gawlik\n", "*Yewande Sorrell", "Piotr Gawlik"),
    Layout("a table on the title page",
        "| Chair of the Review | Yewande Sorrell |\n|---|---|\n| Completed | May 2018 |\n", "*Yewande Sorrell"),
    Layout("author only",
        "## Author of the overview report\n\nPiotr Gawlik wrote this report.\n", "", "Piotr Gawlik"),
)  # fmt: skip

NOBODY = (
    Layout("another meeting's chair", "The MARAC, chaired by Dr Mirela Vasco, met in May.\n", "", "Mirela Vasco"),
    Layout("a child protection conference",
        "Mirela Vasco, independent chair, led the child protection conference.\n", "", "Mirela Vasco"),
    Layout("a sentence after the Panel and a colon",
        "The Panel: the concerns about Mirela Vasco were put to it. Panel: Bo Lindgren told it that he was sorry.\n",
        "", "Mirela Vasco\nBo Lindgren"),
    Layout("the safeguarding board's chair",
        "Mirela Vasco, Independent Chair of the Safeguarding Adults Board, wrote to her.\n", "", "Mirela Vasco"),
    Layout("the partnership's chair",
        "Mirela Vasco, Chair of the Safer Southwark Partnership, took the decision.\n", "", "Mirela Vasco"),
    Layout("the family", "## The family\n\n| Name | Relationship |\n|---|---|\n| Mirela Vasco | Sister |\n", "",
        "Mirela Vasco"),
    Layout("a multi-agency panel that heard the case",
        "The MARAC panel comprised Mirela Vasco, IDVA; and Bo Lindgren, Housing.\n", "", "Mirela Vasco\nBo Lindgren"),
    Layout("interviewed by the Panel",
        "## Review Panel\n\nThe Panel interviewed Mirela Vasco, a friend, and Bo Lindgren, her manager.\n", "",
        "Mirela Vasco\nBo Lindgren"),
    Layout("expert consultees",
        "## Review Panel\n\nExperts consulted:\n\n- Mirela Vasco, psychiatrist\n", "", "Mirela Vasco"),
    Layout("the family in the Panel's section",
        "## The Review Panel\n\n- Mirela Vasco, sister of the victim\n- Bo Lindgren, her nephew\n", "",
        "Mirela Vasco\nBo Lindgren"),
    Layout("another panel", "## Adoption Panel members\n\n- Mirela Vasco, Chair\n", "", "Mirela Vasco"),
)  # fmt: skip

STYLES = (
    *(
        Layout(f"the heading {heading}", f"## {heading}\n\n{_WHOLE}", _WHOLE_PANEL)
        for heading in (
            "Review Panel Members and Attendance", "Members of the Domestic Homicide Review Panel",
            "Composition of the DHR Panel", "Membership of the DHR Overview Panel", "Core panel members",
            "DHR Panel Membership and Agencies Represented", "Domestic Homicide Review Panel", "The Review Team",
            "The Domestic Abuse Related Death Review Panel", "Panel members and their organisations",
        )
    ),
    Layout("a name a paragraph, its post in the next", """## Review Panel

Yewande Sorrell

Independent Chair

Piotr Gawlik

Service Manager, Victim Support
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("a label before each name", """## Review Panel

Chair: Yewande Sorrell

Police: Piotr Gawlik, Detective Inspector
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("semicolons",
        "## Panel\n\n- Yewande Sorrell; Independent Chair\n- Piotr Gawlik; Manager; Victim Support\n",
        "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("who sat on it", """## Methodology

2.1 The following people sat on the Review Panel:

- Yewande Sorrell, Independent Chair
- Piotr Gawlik, Victim Support
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("whom the Panel heard", """## Methodology

2.1 The Review Panel spoke to the following people:

- Mirela Vasco, a teacher
""", "", "Mirela Vasco"),
    Layout("the agency before each name", """## Panel

2.1 The members of the Panel were: from Victim Support, Piotr Gawlik; from the NHS, Ffion Tregarth; and the
Independent Chair, Yewande Sorrell.
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("sentences that say who sat", """## Panel

2.1 Yewande Sorrell was the Independent Chair of the Review Panel. Piotr Gawlik represented Victim Support on the
Panel. Ffion Tregarth was a member of the Panel for the NHS.
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("the Chair in brackets in a sentence", """## Panel

2.1 The review panel consisted of Yewande Sorrell (Independent Chair), Piotr Gawlik (Victim Support), and Ffion
Tregarth (NHS).
""", "*Yewande Sorrell\nPiotr Gawlik\nFfion Tregarth"),
    Layout("author and Chair", "Overview Report Author and Chair: Yewande Sorrell\n", "*Yewande Sorrell"),
    Layout("author and Chair on the line before", "Report author and Independent Chair\n\nYewande Sorrell OBE\n",
        "*Yewande Sorrell"),
    Layout("a post-nominal after a comma",
        "Author and Chair of the Review: Yewande Sorrell, QPM\n", "*Yewande Sorrell"),
    Layout("asked to chair",
        "## Chair of the review\n\nThe Partnership commissioned Yewande Sorrell to chair the review.\n",
        "*Yewande Sorrell"),
    Layout("two posts in one column", """## Review Panel

| Name | Job Title & Agency | Dates |
|---|---|---|
| Yewande Sorrell | Independent Chair | Throughout |
| Piotr Gawlik | Manager, Victim Support | Until May 2018 |
""", "*Yewande Sorrell\nPiotr Gawlik"),
    Layout("the Home Office's panel",
        "The Quality Assurance Panel comprised Mirela Vasco, academic; and Bo Lindgren.\n", "",
        "Mirela Vasco\nBo Lindgren"),
)  # fmt: skip

ALL = (*TABLES, *LISTS, *PROSE, *CHAIRS, *STYLES, *NOBODY)
