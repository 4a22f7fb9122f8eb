#!/usr/bin/env python3
"""How well searches rank: score.py PROGRAM OUT, with OUT as make.py wrote it and PROGRAM the built program.

Ingests OUT/corpus (once) and asks every need with the tiers switched on one after another. Prints nDCG@10, recall (papers of
grade 2 and 3, and of all grades) and papers found that have no grade, a mean over the needs.
"""
import collections
import json
import math
import os
import subprocess
import sys

TIERS = ["exact", "inflection", "part", "synonym", "unmarked", "original", "spelling"]


def main():
    program, out = sys.argv[1], sys.argv[2]
    index = os.path.join(out, "index")
    if not os.path.isdir(index):
        subprocess.run([program, "ingest", os.path.join(out, "corpus"), "--index", index], check=True)
    grades = collections.defaultdict(dict)
    for line in open(os.path.join(out, "grades.tsv"), encoding="utf-8"):
        query, name, grade = line.rstrip("\n").split("\t")
        grades[query][name] = int(grade)
    print(f"{'tiers to':<12}{'nDCG@10':>9}{'recall 2+':>11}{'recall':>8}{'ungraded':>10}")
    for tier in TIERS:
        said = subprocess.run(
            [program, "search", "--index", index, "--json", "--limit", "1000", "--tier", tier,
             "--queries", os.path.join(out, "queries.txt")],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        found = collections.defaultdict(list)
        for line in said.splitlines():
            row = json.loads(line)
            # A query without papers has a line too.
            if row["file"]:
                found[row["query"]].append(row["file"])
        sums = [0.0] * 4
        for query, right in grades.items():
            ranked = found[query]
            gain = sum((2 ** right.get(name, 0) - 1) / math.log2(at + 2) for at, name in enumerate(ranked[:10]))
            best = sorted(right.values(), reverse=True)[:10]
            ideal = sum((2 ** grade - 1) / math.log2(at + 2) for at, grade in enumerate(best))
            hits = [right[name] for name in ranked if name in right]
            sums[0] += gain / ideal
            sums[1] += sum(grade > 1 for grade in hits) / sum(grade > 1 for grade in right.values())
            sums[2] += len(hits) / len(right)
            sums[3] += len(ranked) - len(hits)
        ndcg, recall2, recall, other = (value / len(grades) for value in sums)
        print(f"{tier:<12}{ndcg:>9.3f}{recall2:>11.3f}{recall:>8.3f}{other:>10.2f}")


if __name__ == "__main__":
    main()
