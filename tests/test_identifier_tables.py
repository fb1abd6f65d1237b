"""Identifiers as reports write them: what goes, each in a sentence and through the whole stage, and what stays.

The models of these tests know nobody, so that what is found here is found by rules. The value that must go stands
between braces. Numbers are invented; telephone numbers are those that Ofcom keeps for drama.
"""

from __future__ import annotations

import re

import pytest
from detect_pages import analysed

from pipeline.models import layout
from pipeline.redact import redact
from pipeline.rules import Rules

GOES: list[tuple[str, str]] = [
    # Health
    ("NHS", "Her NHS number is {943 476 5919}."),
    ("NHS", "The GP recorded NHS No. {9434765919} in the letter."),
    ("NHS", "A summary ({943-476-5919}) was sent."),
    ("NHS", "NHS number: {943 476 5918}, as copied."),
    ("NHS", "NHS no: {9434 765 919} was written on the form."),
    ("NHS", "| Person | NHS number |\n|---|---|\n| The victim | {943 476 5917} |"),
    ("CASEREF", "The hospital number was {K204417}."),
    ("CASEREF", "She was seen at A&E (MRN {1170482})."),
    ("CASEREF", "His RiO number {40127} was found."),
    ("CASEREF", "EMIS number {30412} belongs to the practice."),
    ("CASEREF", "| Agency | Hospital number |\n|---|---|\n| Acute trust | {40417} |"),
    # National Insurance
    ("NINO", "National Insurance number {JX 48 21 67 B} was used."),
    ("NINO", "He used {JX-48-21-67-B} to claim."),
    ("NINO", "He used {JX482167B} to claim."),
    ("NINO", "He used {jx482167b} to claim."),
    ("NINO", "He used {JX 482167 B} to claim."),
    ("NINO", "The NI number {QQ 12 34 56 C} is not genuine."),
    ("NINO", "NI No: {JX 48 21 67}, with its last letter missing."),
    # Postcodes
    ("POSTCODE", "The search was at {SE15 7XZ} that night."),
    ("POSTCODE", "The search was at {SE157XZ} that night."),
    ("POSTCODE", "He texted {se15 7xz} to a friend."),
    ("POSTCODE", "Her post went to {W1A 1AA} by then."),
    ("POSTCODE", "Her post went to {EC1A 1BB} by then."),
    ("POSTCODE", "Her post went to {M1 1AE} by then."),
    ("POSTCODE", "Her post went to {DN55 1PT} by then."),
    ("POSTCODE", "A taxi was sent to {CR0-9ZB} at midnight."),
    ("POSTCODE", "The postcode sector {SE15 7} has few homes."),
    # Telephones
    ("PHONE", "She rang {07700 900417} twice."),
    ("PHONE", "She rang {07700900417} twice."),
    ("PHONE", "She rang {07700-900-417} twice."),
    ("PHONE", "She rang {07700.900.417} twice."),
    ("PHONE", "She rang {020 7946 0018} twice."),
    ("PHONE", "She rang {(020) 7946 0018} twice."),
    ("PHONE", "She rang {0161 496 0123} twice."),
    ("PHONE", "She rang {+44 7700 900417} twice."),
    ("PHONE", "She rang {+44 (0)7700 900417} twice."),
    ("PHONE", "She rang {+44 (0) 20 7946 0018} twice."),
    ("PHONE", "She rang {0044 7700 900417} twice."),
    ("PHONE", "She rang {+48 601 234 567} in Poland."),
    ("PHONE", "She rang {020 7946 0018 ext 204} twice."),
    ("PHONE", "She rang {020 7946 0018 extension 4471} twice."),
    ("PHONE", "She rang {020 7946 0018 x204} twice."),
    ("PHONE", "The officer is on extension {4471} most days."),
    ("PHONE", "Tel: {7946 0018} (evenings)."),
    ("PHONE", "Her mobile was {7700 900417} then."),
    # E-mail, links, files, accounts
    ("EMAIL", "She wrote to {a.person+home@mail.example.org} that day."),
    ("EMAIL", "The address A.PERSON@EXAMPLE.ORG was hers.".replace("A.PERSON@EXAMPLE.ORG", "{A.PERSON@EXAMPLE.ORG}")),
    ("EMAIL", "She wrote to {a.person [at] example [dot] org} that day."),
    ("EMAIL", "She wrote to {o'person@example.co.uk} that day."),
    ("URL", "It is at {https://news.example/2018/07/peckham-mother} still."),
    ("URL", "It is at {www.news.example/a} still."),
    ("URL", "It is at {HTTP://News.Example/a?b=c#d} still."),
    ("URL", "He posted on {facebook.com/jo.bloggs.81} at night."),
    ("URL", "Her page, {jobloggs-memorial.co.uk}, has been taken down."),
    ("URL", "Saved as {Overview_v6_tracked.docx} by the author."),
    ("URL", "The photograph {IMG_2041.JPG} was shown."),
    ("URL", "The attachment “{jo bloggs statement.pdf}” was opened."),
    ("URL", "She sent {referral-final.v2.pdf} to the panel."),
    ("HANDLE", "He posted as {@sings_81} on the platform."),
    ("HANDLE", "The account {jo.bloggs.xo} was false."),
    ("HANDLE", "On Snapchat as {lilbee_07} he wrote to her."),
    ("HANDLE", "His username {kingkay81} was known."),
    ("HANDLE", "Her Instagram handle was {rosie_d99}."),
    # Vehicles
    ("VEHICLE", "A white van, {LP13 KZV}, was outside."),
    ("VEHICLE", "A white van, {LP13KZV}, was outside."),
    ("VEHICLE", "A car with the reg {lp13 kzv} was outside."),
    ("VEHICLE", "His car ({K241 ABC}) was sold."),
    ("VEHICLE", "His car ({A1 BCD}) was sold."),
    ("VEHICLE", "His van, {ABC 123D}, was sold."),
    ("VEHICLE", "The number plate {1 ABC} was cherished."),
    ("VEHICLE", "The registration {IAZ 4567} is from Northern Ireland."),
    ("VEHICLE", "The vehicle registration number is {ABC 123}."),
    # Documents
    ("PASSPORT", "His passport, {533380092}, was kept."),
    ("PASSPORT", "His passport number {533 380 092} was kept."),
    ("PASSPORT", "His passport ({A07714482}) was kept."),
    ("PASSPORT", "A travel document, {AU 738215}, was found."),
    ("PASSPORT", "Her driving licence was {MORGA657054SM9IJ} then."),
    ("PASSPORT", "Her driving licence was {FOX99 801017 A99AB} then."),
    ("PASSPORT", "She had a BRP, {ZU1234567}, since then."),
    ("PASSPORT", "Her Blue Badge number is {AB12CD 0 1234X0525}."),
    ("PASSPORT", "His Oyster card {0512 3456 7890} was used that night."),
    ("PASSPORT", "An Italian identity card, {CA00000AA}, was shown."),
    # Money
    ("BANK", "Paid to sort code {40-12-77} that week."),
    ("BANK", "Paid to sort code {40 12 77} that week."),
    ("BANK", "Paid to sort code {20-12-77} that week."),
    ("BANK", "Paid to sort code: {401277} that week."),
    ("BANK", "Paid into account {71830265} that week."),
    ("BANK", "Paid into a/c no. {7183 0265} that week."),
    ("BANK", "Sent to {GB82 WEST 1234 5698 7654 32} abroad."),
    ("BANK", "Sent to {GB82WEST12345698765432} abroad."),
    ("BANK", "Her card {4111 1111 1111 1111} was used."),
    ("BANK", "Her card {4111111111111111} was used."),
    ("BANK", "Her card {378282246310005} was used."),
    ("BANK", "A debit card ending {4417} was used."),
    ("BANK", "The account ending in {265} was closed."),
    ("BANK", "He knew that her PIN was {4417} then."),
    # Police
    ("CASEREF", "Crime reference {01/12345/18} was closed."),
    ("CASEREF", "Crime reference {4312345/18} was closed."),
    ("CASEREF", "Crime number {12345/18} was closed."),
    ("CASEREF", "It was closed ({CR/12345/18})."),
    ("CASEREF", "See CRIS {3012345/18} for this."),
    ("CASEREF", "See CRIS report number {3012345/18} for this."),
    ("CASEREF", "Police came (CAD {4512/03JUL18})."),
    ("CASEREF", "Police came (CAD {4512})."),
    ("CASEREF", "Police came (CAD {412} of 3 July 2018)."),
    ("CASEREF", "Incident number {1207} of 4 July 2018 was linked."),
    ("CASEREF", "Niche reference {54180012345} was linked."),
    ("CASEREF", "The URN is {01MD1234518} there."),
    ("CASEREF", "The URN is {01 MD 12345 18} there."),
    ("CASEREF", "Custody record {01MD/1234/18} shows it."),
    ("CASEREF", "Custody record number {MD 4412} shows it."),
    ("CASEREF", "His PNC ID is {18/123456A} now."),
    ("CASEREF", "His PNC ID is {2018/0123456A} now."),
    ("CASEREF", "A Merlin report ({18PAC123456}) was made."),
    ("CASEREF", "CEOP reference {48213} was given."),
    ("CASEREF", "The report to CEOP ({CEOP/48213/18}) was made."),
    ("CASEREF", "It was heard (MARAC number {14/0886})."),
    ("CASEREF", "It was heard ({MARAC/SK/14/0886})."),
    ("CASEREF", "MARAC reference {SK0412} was heard."),
    ("COLLAR", "PC Ellison {1234MD} came."),
    ("COLLAR", "PC Ellison ({412MD}) came."),
    ("COLLAR", "PC {412 MD} came."),
    ("COLLAR", "PC {3341} came."),
    ("COLLAR", "PC{3341} came."),
    ("COLLAR", "PC Ellison {3341} came."),
    ("COLLAR", "Police Constable {3341} came."),
    ("COLLAR", "T/DC {4417} came."),
    ("COLLAR", "Her collar number is {412} there."),
    ("COLLAR", "Shoulder number {MD 412} was given."),
    ("COLLAR", "The warrant number was {204512}."),
    ("COLLAR", "The warrant number was {P204512}."),
    ("COLLAR", "| Officer | Warrant number |\n|---|---|\n| First | {20451} |"),
    # Courts, prisons, immigration
    ("CASEREF", "Claim number {SE18P00123} was issued."),
    ("CASEREF", "The Crown Court ({T20187123}) sat."),
    ("CASEREF", "Claim {G12YX345} was issued."),
    ("CASEREF", "The case number is {48213} there."),
    ("CASEREF", "Case no. {6789/18} was listed."),
    ("CASEREF", "Inquest {01234-2018} was opened."),
    ("CASEREF", "Magistrates' case {012300456789} was listed."),
    ("CASEREF", "He was held under {A1234BC} there."),
    ("CASEREF", "Prison number {TF 4417} was his first."),
    ("CASEREF", "Home Office reference {M1234567} applies."),
    ("CASEREF", "Home Office reference {M1234567/2} applies."),
    ("CASEREF", "Her application, {GWF012345678}, was refused."),
    ("CASEREF", "The file is CID {1234567} there.".replace("CID {1234567}", "{CID 1234567}")),
    ("CASEREF", "Her UAN is 1212-0001-1234-5678 now.".replace("1212-0001-1234-5678", "{1212-0001-1234-5678}")),
    ("CASEREF", "Visa application number {3434-0417-2213} was refused."),
    # Housing and social care
    ("CASEREF", "Tenancy reference {TEN/0048217} ended."),
    ("CASEREF", "Tenancy no. {0417736} ended."),
    ("CASEREF", "The rent account number is {55120} there."),
    ("CASEREF", "Repair job number {40417} was raised."),
    ("CASEREF", "Housing application {HSG-7741902} was made."),
    ("CASEREF", "Mosaic {1186402} was opened."),
    ("CASEREF", "Mosaic ID {40417} was opened."),
    ("CASEREF", "LiquidLogic number {204417} was opened."),
    ("CASEREF", "Framework-i {88213} was opened."),
    ("CASEREF", "Our ref: {CF/BOAD/0417736} was quoted."),
    ("CASEREF", "Ref: {48213} was quoted."),
    ("CASEREF", "Ref: {SALARY 0718} was quoted."),
    ("CASEREF", "The complaint reference was {C-2213} then."),
    ("CASEREF", "The pupil's {UPN A123456789012} was checked."),
    ("BANK", "Her council tax account number is {5512087}."),
    ("CASEREF", "The payment reference {AB 0417} was his."),
    ("CASEREF", "A firm, company number {01234567}, employed her."),
    ("CASEREF", "The group (registered charity number {1086516}) helped."),
    ("CASEREF", "An asylum support file {17/04/01234} was kept."),
    # Devices and places
    ("CASEREF", "It was sent from {203.0.113.24} at night."),
    ("CASEREF", "The IP address was {10.0.0.12} at night."),
    ("CASEREF", "The IP address was {2001:db8:85a3:8d3:1319:8a2e:370:7348} at night."),
    ("CASEREF", "The handset (IMEI {352099001761481}) was found."),
    ("CASEREF", "The handset (IMEI {35-209900-176148-1}) was found."),
    ("PLACE", "He met her at ///{lamp.trend.spoon} that night."),
    ("PLACE", "The handset was at {51.47342, -0.06688} that night."),
    ("PLACE", "The handset was at {51.4734° N, 0.0669° W} that night."),
    ("PLACE", "The grid reference is {TQ 345 766} there."),
]  # fmt: skip

STAYS = [
    "Paragraph 4.12 and paragraph 3.2.10 say so.",
    "In 2018 and in 2018/19, and from 2017-18 to 2019-2020, nothing changed.",
    "Under s.76, section 9(3), ss. 12-14 and s. 3A of the Act it is an offence.",
    "Section 76 of the Serious Crime Act 2015 came into force.",
    "It cost £1,250, then £12,000.50, €300 and £1.2 million.",
    "It cost £1234567 in all, or 250,000 pounds.",
    "She was 34 and he was 36; the children were 5 and 11 years old.",
    "At 14:30, at 2.15pm, at 0430 hours and at 22.45 nobody came.",
    "In 45% of cases, 12.5 per cent of homes and 3 in 10 reviews it was seen.",
    "This is DHR 12, as DHR number 12 was before it.",
    "There were 1,132 domestic abuse offences and 38 000 homes.",
    "Ring 0808 2000 247, 0800 1111, 116 123, 101, 111 or 999 in need.",
    "The helpline is 0300 330 0630, or +44 808 2000 247 from abroad.",
    "See S.I. 2012/1234 and SI 2005/1541.",
    "See [2018] EWCA Civ 1234, [2018] UKSC 11 and [2010] EWHC 2316 (Admin).",
    "Published under ISBN 978-1-84987-123-4 in print.",
    "Published at doi:10.1177/1077801208324529 in print.",
    "The M25 and the A12 was closed; the A205 is near.",
    "She took B12 vitamins. A GP said so.",
    "COVID19 and COVID-19 kept her at home, on a PHQ-9 score of 12.",
    "ISO 27001 applies to the data there.",
    "Two officers and 12 others came, with 3 officers.",
    "Recommendation 4 and Appendix 2 of the review apply.",
    "A dose of 100MG, or 20 mg twice a day, with 500ML.",
    "Officers came 24/7 in 4/7 of weeks at a ratio of 3:1.",
    "MARAC 2018 heard 12 cases; MARAC in 2017 heard 45 cases.",
    "The CRIS in 2018 was new, and the log of 2016 was old.",
    "An extension of 28 days was given under Part 3.",
    "He scored 14/20 on one scale and 17 of 27 on another.",
    "The care of 8 children and the advantage of 250 homes was seen.",
    "An order under section 20 was made, with 12 conditions.",
    "The police log in 2018 has 12 entries.",
    "Her reference in 2018 was good, and the case in 2017 was closed.",
    "Between 2016 and 2018 there were 11 calls.",
    "It is Cm 8273 and Home Office circular 003/2013 applies to 12 agencies.",
    "The year ending 2018 and the account of 2019 agree.",
    "On the first floor, at stage 4, in year 9, in week 12.",
    "Clause 14, lines 12 to 14, and version 1.2 are meant.",
]


ADDRESSES = [
    ("She lived at Flat 4, 12b Harbour Lane then.", "She lived at [address] then."),
    ("She lived at 14 Harbour Lane then.", "She lived at [address] then."),
    ("She lived at 14, Harbour Lane then.", "She lived at [address] then."),
    ("She lived at 12-14 Harbour Lane then.", "She lived at [address] then."),
    ("She lived at 3/2, 14 Harbour Lane then.", "She lived at [address] then."),
    ("She lived at Flat 3, Block B, the Larchmere Estate then.", "She lived at [address] then."),
    ("She lived at Flat A, 14 Harbour Lane, SE15 then.", "She lived at [address] then."),
    ("She lived at Flat A, 14 Harbour Lane, London SE15 then.", "She lived at [address], London [postcode] then."),
    ("She lived at Ground Floor Flat, 14 Harbour Lane then.", "She lived at [address] then."),
    ("She lived at Apt. 4B, Merle Tower then.", "She lived at [address] then."),
    ("She lived at Rosebank, Harbour Lane then.", "She lived at [address] then."),
    ("She lived at 7 Tower Block, Block C then.", "She lived at [address] then."),
    ("She lived at 14 Harbour Ln, SE15 then.", "She lived at [address] then."),
    ("She lived at number 12 Harbour Lane then.", "She lived at [address] then."),
    ("She lived on the 14th floor of Merle Point then.", "She lived on the 14th floor of [address] then."),
    ("She lived in Room 7 of the hostel then.", "She lived in [address] of the hostel then."),
    ("She moved to flat 4 then.", "She moved to [address] then."),
    ("She moved to Bedsit 3 then.", "She moved to [address] then."),
    ("Flat 12/3 was empty.", "[address] was empty."),
    ("14 HARBOUR LANE was searched.", "[address] was searched."),
    ("Letters went to PO Box 4417 then.", "Letters went to [address] then."),
    ("In 2018 Harbour Lane was closed.", "In 2018 [street] was closed."),
    ("He was in Court Room 3 and interview room 2.", "He was in Court Room 3 and interview room 2."),
    ("It was in the flat I saw.", "It was in the flat I saw."),
    ("She kept the flat 2 years.", "She kept the flat 2 years."),
    ("She was in the room 12 hours.", "She was in the room 12 hours."),
]


@pytest.mark.parametrize(("sentence", "printed"), ADDRESSES, ids=[a[0] for a in ADDRESSES])
def test_addresses(rules: Rules, sentence: str, printed: str) -> None:
    documents, analysis = analysed(rules, sentence)
    assert layout(redact(documents[0], analysis, ()).document).text.strip() == printed


def test_an_outward_postcode_alone_is_taken_by_no_rule(rules: Rules) -> None:
    _, analysis = analysed(rules, "The SE15 area has many homes.")
    assert [f.text for f in analysis.findings if f.sources != ("sweep",)] == []


@pytest.mark.parametrize(("type_", "sentence"), GOES, ids=[s for _, s in GOES])
def test_what_goes_and_nothing_beside_it(rules: Rules, type_: str, sentence: str) -> None:
    marked = re.search(r"\{(.+?)\}", sentence, re.DOTALL)
    assert marked
    value = marked.group(1)
    _, analysis = analysed(rules, re.sub(r"[{}]", "", sentence))
    found = [(f.type, f.text) for f in analysis.findings if f.type not in ("DATE", "PERSON", "UNEXPLAINED")]
    assert found == [(type_, value)]


@pytest.mark.parametrize("sentence", STAYS)
def test_what_stays(rules: Rules, sentence: str) -> None:
    documents, analysis = analysed(rules, sentence)
    assert [(f.type, f.text, f.sources) for f in analysis.findings if f.sources != ("sweep",)] == []
    assert layout(redact(documents[0], analysis, ()).document).text.strip() == sentence


def test_a_postcode_on_two_lines_goes(rules: Rules) -> None:
    documents, analysis = analysed(rules, "The letter went to SE15\\\n7XZ that week, and to SE1\n9ZX.")
    assert "7XZ" not in layout(redact(documents[0], analysis, ()).document).text
    assert [f.text for f in analysis.findings if f.type == "POSTCODE"] == ["SE15", "7XZ", "SE1 9ZX"]


@pytest.mark.parametrize(
    "word", ["M25 and", "A12 was", "GP3 said", "B12 vitamins", "COVID19 came", "DHR 12 says", "PCs 12 ran"]
)
def test_no_rule_takes_these_for_an_identifier(rules: Rules, word: str) -> None:
    _, analysis = analysed(rules, f"They said that {word} there.")
    assert [f.text for f in analysis.findings if f.sources != ("sweep",)] == []
