#!/usr/bin/env python3
"""papers/*.txt → corpus/, tests/gold/corpus.jsonl, tests/gold/text/ and tests/data/. README.md says what it needs.

    make.py                 everything that changed since it was last made
    make.py --all           everything
    make.py NAME…           only these papers (the gold is always written whole)
    make.py --check         make nothing; compare the PDFs that stand with the gold
"""

import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf

import broken
import paper as papers
import scan
import set_chromium
import set_reportlab
import set_soffice
import set_typst

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CORPUS, GOLD, DATA = ROOT / "corpus", ROOT / "tests/gold", ROOT / "tests/data"
SETTERS = {"typst": set_typst, "soffice": set_soffice, "chromium": set_chromium, "reportlab": set_reportlab}


def main():
    asked = [a for a in sys.argv[1:] if not a.startswith("--")]
    every = [papers.read(path) for path in sorted((HERE / "papers").glob("*.txt"))]
    wrong = [f"{p.name}: {w}" for p in every for w in papers.check(p)]
    if "--check" not in sys.argv:
        todo = [p for p in every if p.name in asked or (not asked and (_stale(p) or "--all" in sys.argv))]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(_make, todo))
        broken.make(CORPUS, DATA, {p.name: p.get("path") for p in every})
    _gold(every)
    wrong += [f"{p.name}: {w}" for p in every for w in _compare(p)]
    wrong += _searches(every)
    size = sum(f.stat().st_size for f in CORPUS.rglob("*.pdf"))
    strays = {str(f.relative_to(CORPUS)) for f in CORPUS.rglob("*.pdf")} - {p.get("path") for p in every}
    wrong += [f"{s}: no paper makes this file" for s in sorted(strays)]
    print(f"{len(every)} papers, {size / 1e6:.2f} MB")
    print("\n".join(wrong) or "all well")
    sys.exit(1 if wrong else 0)


def _stale(p):
    out = CORPUS / p.get("path")
    return not out.exists() or out.stat().st_mtime < (HERE / "papers" / f"{p.name}.txt").stat().st_mtime


def _make(p):
    out = CORPUS / p.get("path")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        born = Path(tmp) / "born.pdf"
        setter = SETTERS[p.get("made_by")]
        # The letterhead says how many pages there are; LibreOffice counts by itself.
        pages = 1
        setter.pdf(p, pages, born)
        if p.get("made_by") != "soffice" and _pages(born) != pages:
            setter.pdf(p, _pages(born), born)
        if p.get("scan"):
            scan.pdf(p, born, out)
        else:
            out.write_bytes(born.read_bytes())
    print(p.name, flush=True)


def _pages(path):
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _gold(every):
    (GOLD / "text").mkdir(parents=True, exist_ok=True)
    for old in (GOLD / "text").glob("*.txt"):
        old.unlink()
    rows = []
    for p in every:
        file = CORPUS / p.get("path")
        if not file.exists():
            continue
        (GOLD / "text" / f"{p.name}.txt").write_text(papers.gold_text(p), encoding="utf-8")
        with pikepdf.open(file) as pdf:
            info = pdf.docinfo
            producer, pages = str(info.get("/Producer", info.get("/Creator", ""))), len(pdf.pages)
        state = {"": "indexed", "none": "ocr-needed"}.get(p.get("scan"), "repaired")
        rows.append({
            "path": p.get("path"), "text": f"{p.name}.txt", "state": state, "producer": producer,
            "made_by": p.get("made_by"), "pages": pages, "scanned": bool(p.get("scan")), "ocr": p.get("scan") or None,
            "kind": p.get("kind"), "title": p.get("title"), "namnd": p.get("namnd"), "forvaltning": p.get("forvaltning") or None,
            "date": p.get("date") or None, "meeting_date": p.get("meeting_date") or None,
            "dnr_own": p.items("dnr_own"), "dnr_other": p.items("dnr_other"),
            "answers": sorted(p.items("answers")), "via_remiss": sorted(p.items("via_remiss")), "authors": p.authors,
            "mentions": sorted(p.items("mentions")), "ambiguous": p.items("ambiguous"), "damaged": p.items("damaged"), "whole": p.items("whole"),
        })
    rows.sort(key=lambda r: r["path"])
    with open(GOLD / "corpus.jsonl", "w", encoding="utf-8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


def _searches(every):
    """Each question's evidence is in all papers that must be found and in none that must not (but where words are combined)."""
    texts, wrong = {p.name: papers.gold_text(p) for p in every}, []
    dark = {p.name for p in every if p.get("scan") == "none"}
    for line in (GOLD / "searches.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        ident, _, kind, must, must_not, evidence, _ = line.split("\t")
        for name in must.split() + must_not.replace("*", "").split():
            if name not in texts or name in dark:
                wrong.append(f"{ident}: `{name}` is no paper that can be searched")
        has = {name for name, text in texts.items() if evidence and re.search(evidence, " ".join(text.split()), re.I)}
        wrong += [f"{ident}: `{evidence}` is not in {n}" for n in must.split() if n not in has]
        if kind not in ("words", "field"):
            wrong += [f"{ident}: `{evidence}` is in {n}" for n in must_not.split() if n in has]
        if kind not in ("words", "field", "exact"):
            wrong += [f"{ident}: `{evidence}` is in {n} too" for n in sorted(has - set(must.split()) - dark)]
    return wrong


def words(text):
    return re.findall(r"[^\W\d_]{2,}", text.lower())


def layer(path):
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    return re.sub(r"[-\u00ad\u2010]\n\s*", "", text).replace("\u00ad", "")


def _compare(p):
    """Born digital: every word of the gold is in the file. Scanned: the words said to be damaged are, others are not."""
    file = CORPUS / p.get("path")
    if not file.exists():
        return ["not made"]
    text = layer(file)
    have, want = set(words(text)), set(words(papers.gold_text(p)))
    how, wrong = p.get("scan"), []
    if not how:
        lost = {w for w in want - have if not any(w in h for h in have)}
        # A word divided in a wrong place by pdftotext's own reading of the lines is not a loss.
        if len(lost) > 0.02 * len(want):
            wrong.append(f"{len(lost)} of {len(want)} words are not in the PDF: {sorted(lost)[:8]}")
    elif how == "none":
        if text.strip():
            wrong.append("has text")
    else:
        for w in p.items("damaged"):
            if w.lower() in have:
                wrong.append(f"`{w}` is not damaged")
            if w.lower() not in want:
                wrong.append(f"`{w}` (damaged) is not in the paper")
        for w in p.items("whole"):
            if w.lower() not in have:
                wrong.append(f"`{w}` is not whole")
    return wrong


if __name__ == "__main__":
    main()
