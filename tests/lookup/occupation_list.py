"""A made-up list of Dutch occupations: what somebody works on times what they are there, each in several words.

Every subject and every role has synonyms, and every pair of them is written in the ways that Dutch titles are
written. An entry lists some of these labels; the others are the questions, so that each question has one true entry.
The list is synthetic: it measures how well a look-up bridges wordings, not how often real people use them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

SUBJECTS = """
schoonmaak|reiniging|interieurverzorging ; archief|documentatie|dossier ; beleid|strategie
personeel|hr|personeelszaken ; financien|boekhouding ; inkoop|procurement|aanschaf ; verkoop|sales
communicatie|voorlichting ; marketing|reclame ; magazijn|opslag|depot ; transport|vervoer ; post|correspondentie
keuken|catering ; tuin|groen|plantsoen ; bos|natuur ; software|programmatuur ; netwerk|infrastructuur
data|gegevens ; informatie|kennis ; beveiliging|bewaking ; privacy ; milieu|duurzaamheid ; energie|elektriciteit
water|riolering ; bouw|nieuwbouw ; onderhoud|reparatie ; dak|dakbedekking ; gevel|buitenmuur ; vloer|parket
kozijn|raam ; trap|trappenhuis ; lift|hijs ; klimaat|koeling ; sanitair|loodgieters ; verlichting|lamp
machine|apparatuur ; motor|aandrijving ; fiets|rijwiel ; auto|voertuig ; vrachtwagen|truck ; trein|spoor
schip|vaartuig ; vliegtuig|luchtvaart ; haven|kade ; weg|straat ; brug|viaduct ; tunnel|onderdoorgang
landmeet|kadaster ; kaart|geo ; statistiek|cijfer ; onderzoek|research ; laboratorium|proef ; kwaliteit|keuring
veiligheid|preventie ; brand|blus ; crisis|calamiteiten ; vergunning|ontheffing ; subsidie|toelage
belasting|fiscaal ; douane|invoer ; uitkering|bijstand ; pensioen|ouderdoms ; verzekering|polis
hypotheek|woonlening ; krediet|lening ; beleggings|effecten ; recht|juridisch ; wetgeving|regelgeving
bezwaar|beroeps ; contract|overeenkomst ; aanbesteding|tender ; vastgoed|onroerendgoed ; woning|huisvesting
wijk|buurt ; jeugd|jongeren ; ouderen|senioren ; kinderopvang|creche ; school|onderwijs ; opleiding|cursus
studie|leerling ; taal|spraak ; muziek|orkest ; theater|toneel ; museum|collectie ; bibliotheek|mediatheek
boek|uitgeverij ; krant|dagblad ; televisie|omroep ; film|video ; foto|beeld ; website|internet ; app|mobiel
helpdesk|servicedesk ; telefoon|callcenter ; balie|receptie ; congres|evenementen ; reis|toerisme ; hotel|logies
restaurant|eetcafe ; bakkerij|brood ; vlees|slagerij ; vis|visserij ; zuivel|melk ; groente|fruit
akkerbouw|gewas ; veeteelt|vee ; dier|huisdieren ; textiel|stoffen ; kleding|mode ; leer|tassen
schoen|schoeisel ; hout|meubel ; metaal|staal ; glas|ruiten ; kunststof|plastic ; papier|karton ; druk|grafisch
verpakking|emballage ; chemie|proces ; verf|lak ; afval|vuilnis ; recycling|hergebruik ; sport|fitness
zwembad|recreatie ; park|speeltuin ; begraafplaats|uitvaart ; juwelen|sieraden ; horloge|uurwerk
instrument|meet ; optiek|brillen ; robot|automatisering ; test|beproevings ; planning|rooster
project|programma ; proces|werkwijze ; relatie|accounts ; klacht|ongenoegen ; klanten|consumenten
lading|vracht ; douanepapieren|exportdocumenten ; parkeer|garage
"""
ROLES = """
medewerker|medewerkster|functionaris ; adviseur|consulent|raadgever ; coordinator|coordinatrice|regisseur
manager|chef|hoofd ; assistent|hulp|ondersteuner ; specialist|deskundige|expert ; controleur|inspecteur|toetser
monteur|installateur|technicus ; planner|werkverdeler ; docent|leraar|trainer ; ontwerper|ontwerpster|vormgever
onderzoeker|onderzoekster|analist ; beheerder|beheerster ; verkoper|verkoopster|vertegenwoordiger
bezorger|koerier ; machinist|operator|bediener ; administrateur|administratrice ; ontwikkelaar|ontwikkelaarster
redacteur|redactrice|schrijver ; begeleider|coach|mentor ; opzichter|toezichthouder ; sorteerder|sorteerster
inpakker|inpakster ; directeur|directrice|bestuurder ; bemiddelaar|intermediair
"""
PATTERNS = ("{c}{r}", "{r} {s}", "{s} {r}", "{r} {s} (m/v)", "{r} voor {s}", "allround {c}{r}", "{s}{r}")


@dataclass(frozen=True)
class Wording:
    """One way to name an entry."""

    text: str
    subject: str
    role: str


@dataclass(frozen=True)
class Question:
    """A text that the list does not hold, the entry it names, and what the list lacks."""

    text: str
    entry: str
    lacks: str


def synonym_sets(table: str) -> list[list[str]]:
    """Return the sets of a table above."""
    return [cell.strip().split("|") for line in table.strip().splitlines() for cell in line.split(";")]


def wordings(subjects: list[str], roles: list[str]) -> list[Wording]:
    """Return every way to name one pair, the same text once."""
    every = {
        pattern.format(c=subject if subject.endswith("s") else subject + "s", s=subject, r=role): (subject, role)
        for subject in subjects
        for role in roles
        for pattern in PATTERNS
    }
    return [Wording(text, *pair) for text, pair in every.items()]


def occupations(seed: int, entries: int = 3000, labels: int = 20000) -> tuple[list[tuple[str, str]], list[Question]]:
    """Return (id, label) pairs and the questions that the list lacks: "form", "pairing", "word" or "spelling".

    form = the words of a listed label in another form; pairing = words that the entry lists, never together;
    word = a synonym that this entry lacks and other entries have; spelling = a listed label with a slip of the pen.
    """
    lot = random.Random(seed)
    pairs = [(s, r) for s in synonym_sets(SUBJECTS) for r in synonym_sets(ROLES)]
    lot.shuffle(pairs)
    listed: list[tuple[str, str]] = []
    questions: list[Question] = []
    for number, (subjects, roles) in enumerate(pairs[:entries]):
        entry = f"B{number:04d}"
        dropped = lot.choice(subjects[1:]) if len(subjects) > 1 and lot.random() < 0.5 else None
        every = wordings(subjects, roles)
        lot.shuffle(every)
        mine = [w for w in every if w.subject != dropped][: max(2, round(lot.gauss(labels / entries, 2)))]
        listed += [(entry, w.text) for w in mine]
        rest = [Question(w.text, entry, lacking(w, mine)) for w in every if w not in mine]
        questions += [*lot.sample(rest, min(2, len(rest))), Question(misspelt(mine[0].text, lot), entry, "spelling")]
    known = {label for _, label in listed}
    lot.shuffle(questions)
    return listed, [question for question in questions if question.text not in known]


def lacking(wording: Wording, mine: list[Wording]) -> str:
    """Return what an entry with these labels lacks of a wording."""
    if any(w.subject == wording.subject and w.role == wording.role for w in mine):
        return "form"
    if any(w.subject == wording.subject for w in mine) and any(w.role == wording.role for w in mine):
        return "pairing"
    return "word"


def misspelt(text: str, lot: random.Random) -> str:
    """Return a text with one slip: a letter dropped, doubled or swapped with the next."""
    at = lot.randrange(1, len(text) - 2)
    slips = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )
    return lot.choice(slips)
