#!/usr/bin/env python3
"""Makes a collection of papers and graded needs over it: make.py OUT [PAPERS]

Writes OUT/corpus/*.txt (5,200 papers of invented matters unless PAPERS says another number), OUT/queries.txt and
OUT/grades.tsv (query, file, grade). Grade 3: the paper is about it, in title and proposal, and answers; 2: a part of its
text is about it; 1: it says it once in passing. The surfaces come from topics.tsv: typed, inflected, in compounds, by
another name, without marks, misread by an English OCR engine. The same call writes the same bytes.
"""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NAMNDER = ["Farsta stadsdelsnämnd", "Bromma stadsdelsnämnd", "Södermalms stadsdelsnämnd", "Socialnämnden", "Äldrenämnden",
           "Kulturnämnden", "Idrottsnämnden", "Trafiknämnden", "Utbildningsnämnden", "Skarpnäcks stadsdelsnämnd"]
PARTIES = ["M", "S", "V", "MP", "L", "C", "KD", "SD"]
FIRST = ["Alva", "Ture", "Signe", "Folke", "Maj", "Åke", "Elsy", "Sixten"]
LAST = ["Granvide", "Holmskär", "Lindfors", "Åsbrandt", "Rönnkvist", "Dalmark", "Stenlöv", "Björnfelt"]
OPEN = ["Förvaltningen har under året", "Enligt förvaltningens bedömning har man", "Arbetsgruppen har", "Enheten har tillsammans med staden",
        "Vid uppföljningen i höstas har vi", "Nämnden har vid flera tillfällen"]
DO = ["sett över", "diskuterat", "följt upp", "prioriterat", "lyft fram", "samordnat", "redovisat", "utvecklat"]
WHAT = ["rutinerna", "målen i verksamhetsplanen", "kostnaderna", "samarbetet med föreningarna", "frågan om lokaler", "ansvarsfördelningen",
        "planeringen inför nästa år", "de synpunkter som kommit in", "statistiken", "arbetssättet", "upphandlingen", "remissvaren"]
END = ["och återkommer i samband med bokslutet", "utan att kostnaderna ökar", "i nära dialog med de boende", "enligt stadens riktlinjer",
       "och ser positivt på resultatet", "trots ett ansträngt läge", "med stöd av de medel som finns avsatta", "under våren"]
FILL = ["upprustning av torget", "bokslut", "nya lokaler", "ombyggnad av entrén", "föreningsbidrag", "internkontroll", "öppettider",
        "markanvisning", "avtal om städning", "medarbetarenkät", "delegationsordning", "kvartalsrapport", "växtval i planteringar"]
MISREAD = [("ä", "d"), ("ö", "6"), ("å", "4"), ("ä", "i"), ("rn", "m"), ("l", "1")]


def split(cell):
    return [] if cell == "-" else cell.split("|")


def topics():
    with open(os.path.join(HERE, "topics.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                query, forms, compounds, names, traps = line.rstrip("\n").split("\t")
                yield query, split(forms), split(compounds), split(names), split(traps)


def sentence(dice, about=None):
    what = f"frågan om {about}" if about else dice.choice(WHAT)
    return f"{dice.choice(OPEN)} {dice.choice(DO)} {what} {dice.choice(END)}."


def paragraphs(dice, sentences):
    lines = []
    while sentences:
        take = dice.randint(2, 4)
        lines.append(" ".join(sentences[:take]))
        sentences = sentences[take:]
    return "\n\n".join(lines)


def paper(dice, number, title, inside, answers):
    """One paper: its title, sentences that must stand in it, and whether it answers a party."""
    year = dice.randint(2003, 2025)
    date = f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    namnd = dice.choice(NAMNDER)
    party = dice.choice(PARTIES)
    who = f"{dice.choice(FIRST)} {dice.choice(LAST)} ({party})"
    sub = f"Svar på skrivelse från {who}" if answers else "Redovisning"
    sentences = [sentence(dice) for _ in range(dice.randint(8, 40))] + inside
    dice.shuffle(sentences)
    proposal = f"Nämnden godkänner förvaltningens tjänsteskrivelse om {title}."
    if answers:
        proposal = f"Nämnden godkänner förvaltningens svar på skrivelsen om {title}."
    return f"""{namnd}
Dnr 1.{dice.randint(1, 6)}.1-{number}/{year}
{date}

{title[0].upper()}{title[1:]}
{sub}

Förslag till beslut
{proposal}

Sammanfattning
{paragraphs(dice, sentences)}
"""


def without_marks(text):
    return text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))


def misread(dice, text):
    """As an English engine reads it: marks are lost everywhere, and some letters become others."""
    out = []
    for word in text.split(" "):
        if dice.random() < 0.12:
            was, now = dice.choice(MISREAD)
            word = word.replace(was, now, 1)
        out.append(without_marks(word))
    return " ".join(out)


def main():
    out = sys.argv[1]
    papers = int(sys.argv[2]) if len(sys.argv) > 2 else 5200
    dice = random.Random(20161122)
    os.makedirs(os.path.join(out, "corpus"), exist_ok=True)
    grades, number = [], 0

    def write(text):
        nonlocal number
        number += 1
        name = f"{number:06}.txt"
        with open(os.path.join(out, "corpus", name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    queries = []
    for query, forms, compounds, names, traps in topics():
        queries.append(query)
        surfaces = [forms] * 6 + [compounds] * 4 + [names] * (3 if names else 0)
        for grade, many in [(3, 5), (2, 6), (1, 9)]:
            for _ in range(many):
                surface = lambda: dice.choice(dice.choice(surfaces) or forms)
                said = {3: 6, 2: 3, 1: 1}[grade]
                inside = [sentence(dice, surface()) for _ in range(said)]
                title = f"arbetet med {surface()}" if grade == 3 else dice.choice(FILL)
                text = paper(dice, number + 1, title, inside, grade == 3 or dice.random() < 0.3)
                accident = dice.random()
                if accident < 0.10:
                    text = without_marks(text)
                elif accident < 0.25:
                    text = misread(dice, text)
                grades.append((query, write(text), grade))
        for trap in traps:
            for _ in range(4):
                write(paper(dice, number + 1, dice.choice(FILL), [sentence(dice, trap)] * 3, False))
    while number < papers:
        write(paper(dice, number + 1, dice.choice(FILL), [], dice.random() < 0.4))
    with open(os.path.join(out, "queries.txt"), "w", encoding="utf-8") as file:
        file.write("".join(f"{query}\n" for query in queries))
    with open(os.path.join(out, "grades.tsv"), "w", encoding="utf-8") as file:
        file.write("".join(f"{query}\t{name}\t{grade}\n" for query, name, grade in grades))
    print(f"{number} papers, {len(queries)} needs, {len(grades)} grades")


if __name__ == "__main__":
    main()
