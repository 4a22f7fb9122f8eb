#!/usr/bin/env python3
"""Makes a big collection: big.py OUT WORDS [PAPERS] [--misread PERCENT]

Writes OUT/000/000000.txt … : 100,000 papers of 6 kB (600 MB) unless PAPERS says another number, a thousand in a folder. Their
sentences are those of the sample corpus (tests/gold/text) with words of WORDS in the place of some of theirs, drawn as often
as they were counted: `DIARIUM_BENCH_WORDS=WORDS cargo bench --bench search` writes that file. Ten papers of a hundred are misread as by an English OCR engine. The same call writes the same bytes.
"""
import bisect
import glob
import itertools
import os
import random
import re
import sys

import make

HERE = os.path.dirname(os.path.abspath(__file__))
SENTENCES = 120_000
SHARE = 0.35


def sentences():
    out = []
    for name in sorted(glob.glob(os.path.join(HERE, "..", "gold", "text", "*.txt"))):
        with open(name, encoding="utf-8") as file:
            for line in file:
                out += [said for said in re.split(r"(?<=[.?!]) ", line.strip()) if len(said.split()) > 4]
    return out


def main():
    out, words = sys.argv[1:3]
    papers = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
    misread = int(sys.argv[5]) if len(sys.argv) > 5 else 10
    dice = random.Random(20161122)
    with open(words, encoding="utf-8") as file:
        rows = [line.split("\t")[:2] for line in file]
    rows = [(word, int(count)) for word, count in rows if word.isalpha() and len(word) > 3 and int(count) > 0]
    sums = list(itertools.accumulate(count for _, count in rows))
    draw = lambda: rows[bisect.bisect_left(sums, dice.randint(1, sums[-1]))][0]
    # A third of what is drawn is any word, common or not: papers have names and words that nobody counted.
    rare = lambda: rows[dice.randrange(len(rows))][0]
    known = sentences()
    pool = []
    for _ in range(min(SENTENCES, papers * 12)):
        said = dice.choice(known).split(" ")
        for at, word in enumerate(said):
            if len(word) > 4 and word.isalpha() and word.islower() and dice.random() < SHARE:
                said[at] = rare() if dice.random() < 0.3 else draw()
        pool.append(" ".join(said))
    size = 0
    for number in range(papers):
        folder = os.path.join(out, f"{number // 1000:03}")
        if number % 1000 == 0:
            os.makedirs(folder, exist_ok=True)
        text = make.paper(dice, number, dice.choice(make.FILL), dice.choices(pool, k=48), dice.random() < 0.4)
        if dice.randrange(100) < misread:
            text = make.misread(dice, text)
        size += len(text.encode())
        with open(os.path.join(folder, f"{number:06}.txt"), "w", encoding="utf-8") as file:
            file.write(text)
    print(f"{papers} papers, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
