"""Given names that tell the sex of a Panel member, so that "Mr Ashworth" is not taken for Dr Helen Ashworth.

Only names that are nearly always one sex's. A name that is not here tells nothing, and nothing is concluded from it.
"""

FEMALE = frozenset(
    "abigail adaeze agnes agnieszka aisha alexandra alice alison amanda amina amy angela anita ann anna anne "
    "annette anthea audrey ayesha barbara beatrice beatriz bernadette beryl bethan blessing brenda "
    "bridget caitlin carmen carol caroline catherine charlotte cheryl chioma christina christine claire clara "
    "claudia comfort cynthia daniela dawn deborah denise diana donna doreen dorothy eileen elaine eleanor elena "
    "elizabeth ellen emily emma esther eva fatima fatma fiona florence frances gemma geraldine gillian "
    "gloria grace gwen hannah harriet hazel heather helen helena ifeoma irene iris isabel isabella "
    "jacqueline jane janet janice jasmine jennifer jessica jill joan joanna joanne josephine joyce judith "
    "julia julie karen kate katherine kathleen katie khadija laura lauren leila linda lisa lorraine louise lucy "
    "lydia mabel magdalena malgorzata margaret maria marie mary maryam maud maureen megan melanie mercy "
    "michelle miriam monica nadia nancy naomi natalie natasha nicola nina nora olivia pamela patience patricia "
    "paula pauline penelope philippa priya rachel rebecca rita roisin rosa rosalind rose rosemary ruth sandra "
    "sara sarah sharon sheila shirley sian sinead siobhan sofia sophia sophie stella stephanie susan suzanne "
    "sylvia tamsin tanya teresa theresa tracey tracy ursula valerie vanessa vera veronica victoria violet "
    "virginia vivienne wendy yasmin yvonne zainab zoe".split()
)
MALE = frozenset(
    "abdul abdullah adam adrian ahmed alan albert alexander ali andrew anthony antonio arthur barry benjamin "
    "bernard brian carlos charles chinedu christopher chukwudi colin craig daniel darren david dennis derek "
    "desmond dominic donald douglas duncan edward emeka emmanuel eric ernest francis frank frederick gareth "
    "gary gavin geoffrey george gerald giles gordon graham gregory hamish harold harry hassan henry hugh "
    "hussein ian ibrahim imran ivan jack jacob james jason jeffrey jeremy john jonathan jose joseph joshua juan "
    "julian keith kenneth kevin kofi kwame lawrence leonard liam luis malcolm marcus mark martin mathew matthew "
    "maurice mehmet michael miguel mohamed mohammed muhammad mustafa nathan neil nicholas nigel norman obinna "
    "oliver oscar osman owen patrick paul pedro peter philip piotr ralph raymond rhys richard robert roger "
    "roland ronald rory rupert russell samuel sean sebastian simon stephen steven stuart terence thomas timothy "
    "tomasz trevor victor vincent walter wayne william yusuf".split()
)
