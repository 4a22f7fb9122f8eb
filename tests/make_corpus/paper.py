"""papers/<name>.txt → a Paper: the metadata (which is the gold) and the blocks of its body.

A paper file is a head of `key: value` lines, a line `---`, and a body in a small markup that README.md describes.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

KINDS = {
    "svar på skrivelse", "svar på motion", "svar på remiss", "svar på medborgarförslag",
    "svar på interpellation/fråga", "skrivelse", "motion", "interpellation/fråga", "anmälan", "ärende",
    "protokoll", "other",
}

# What a code may look like on the page, and the words that name the party. Only for the self-check of `mentions`.
NAMES = {
    "M": r"\bmoderat\w*", "S": r"\bsocialdemokrat\w*", "V": r"\bvänsterparti\w*", "MP": r"\bmiljöparti\w*",
    "L": r"\b(?:liberalern\w*|folkparti\w*)", "C": r"\bcenter(?:n|ns|parti\w*)\b", "KD": r"\bkristdemokrat\w*",
    "SD": r"\bsverigedemokrat\w*", "D": r"\bDemokraterna\b",
}
CODES = {"fp": "L", **{code.lower(): code for code in NAMES}}


# Where a line must end on the page though the text goes on: "2011-10-⏎06".
BREAK = "⏎"


@dataclass
class Paper:
    name: str
    meta: dict
    blocks: list = field(default_factory=list)

    def get(self, key, default=""):
        return self.meta.get(key, default)

    def items(self, key):
        return [part.strip() for part in self.get(key).split(";") if part.strip()]

    def lines(self, key):
        return [part.strip() for part in self.get(key).split(" / ")] if self.get(key) else []

    @property
    def stamp(self):
        """The day the file is said to be made: the paper's own date, or `stamp` when the paper gives none."""
        return self.get("date") or self.get("stamp")

    @property
    def authors(self):
        found = []
        for part in self.items("authors"):
            m = re.fullmatch(r"(.+?) \(([A-ZÅÄÖ]+)\)", part)
            found.append({"name": m[1], "party": m[2]} if m else {"name": part, "party": None})
        return found


def read(path: Path) -> Paper:
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    meta = {}
    for line in head.splitlines():
        if line.strip():
            key, _, value = line.partition(":")
            meta[key.strip()] = value.strip()
    return Paper(path.stem, meta, list(_blocks(body)))


def _blocks(body):
    notes = dict(re.findall(r"^\[\^(\w+)\]: (.+)$", body, re.M))
    body = re.sub(r"^\[\^\w+\]: .+\n?", "", body, flags=re.M)
    numbers = {key: str(n) for n, key in enumerate(re.findall(r"\[\^(\w+)\]", body), 1)}

    def pieces(text):
        """A paragraph as [kind, text] pieces: plain text and footnotes where they are called."""
        out = []
        for i, part in enumerate(re.split(r"\[\^(\w+)\]", text)):
            if i % 2:
                out.append(["note", notes[part], numbers[part]])
            elif part:
                out.append(["text", part])
        return out

    for chunk in re.split(r"\n\s*\n", body.strip("\n")):
        lines = chunk.split("\n")
        first = lines[0]
        if first == "@letterhead":
            yield {"is": "letterhead"}
        elif first == "@pagebreak":
            yield {"is": "pagebreak"}
        elif first.startswith("@cols"):
            left, right = "\n".join(lines[1:]).split("\n||\n")
            yield {"is": "cols", "left": left.split("\n"), "right": right.split("\n")}
        elif first == "@sign":
            yield {"is": "sign", "rows": [[c.strip() for c in row.split("|")] for row in lines[1:]]}
        elif first == "@lines":
            yield {"is": "lines", "lines": lines[1:]}
        elif first.startswith("| "):
            yield {"is": "table", "rows": [[c.strip() for c in row.strip().strip("|").split("|")] for row in lines]}
        elif re.match(r"#{1,2} |={1,2} ", first):
            mark, text = chunk.split(" ", 1)
            kind = {"#": "title", "##": "subtitle", "=": "h1", "==": "h2"}[mark]
            yield {"is": kind, "text": " ".join(text.split("\n"))}
        elif first.startswith("- "):
            yield {"is": "ul", "items": [pieces(t) for t in _list_items(lines, r"- ")]}
        elif re.match(r"\d+\. ", first):
            yield {"is": "ol", "items": [pieces(t) for t in _list_items(lines, r"\d+\. ")]}
        else:
            yield {"is": "p", "pieces": pieces(" ".join(lines))}


def _list_items(lines, mark):
    items = []
    for line in lines:
        if re.match(mark, line):
            items.append(re.sub("^" + mark, "", line))
        else:
            items[-1] += " " + line.strip()
    return items


def gold_text(paper: Paper) -> str:
    """The words put in, in the order a person reads them, without running heads; one paragraph a line."""
    out, notes = [], []

    def flat(pieces):
        text = ""
        for piece in pieces:
            if piece[0] == "note":
                text += piece[2]
                notes.append(f"{piece[2]} {piece[1]}")
            else:
                text += piece[1]
        return text

    for block in paper.blocks:
        kind = block["is"]
        if kind == "letterhead":
            head = paper.lines("left") + paper.lines("right")
            out += [line for line in head if "{n}" not in line] + paper.lines("addr")
        elif kind == "cols":
            out += block["left"] + block["right"]
        elif kind == "sign":
            out += [" ".join(cell for cell in row if cell) for row in block["rows"]]
        elif kind == "lines":
            out += block["lines"]
        elif kind == "table":
            out += ["\t".join(row) for row in block["rows"]]
        elif kind in ("ul", "ol"):
            for n, item in enumerate(block["items"], 1):
                out.append(("• " if kind == "ul" else f"{n}. ") + flat(item))
        elif kind == "p":
            out.append(flat(block["pieces"]))
        elif kind != "pagebreak":
            out.append(block["text"])
    return "\n".join(out + notes).replace(BREAK, "") + "\n"


def mentioned(text: str) -> list:
    """Party codes the text names in brackets, in lists, or by word: a rough second reading that checks the gold."""
    found = set()
    for inside in re.findall(r"\((?!D nr)([^()]{1,40})\)", text):
        for token in re.split(r"[,\s]+", inside):
            if token in CODES or token.lower() in CODES and token.isupper():
                found.add(CODES[token.lower()])
    for code, pattern in NAMES.items():
        if re.search(pattern, text, 0 if code == "D" else re.I):
            found.add(code)
    return sorted(found)


VOWELS = set("aeiouyåäöé")


def soft_hyphens(text: str) -> str:
    """Soft hyphens in long words, by the rule that one consonant goes to the next line."""

    def word(m):
        w, out = m[0], ""
        for i, c in enumerate(w):
            fits = 3 <= i <= len(w) - 3 and c.lower() not in VOWELS and w[i + 1].lower() in VOWELS
            if fits and any(v.lower() in VOWELS for v in w[:i]):
                out += "\u00ad"
            out += c
        return out

    return re.sub(r"[^\W\d_]{10,}", word, text)


def check(paper: Paper) -> list:
    """What in the gold does not fit the text; an empty list when all is well."""
    text, wrong = gold_text(paper), []
    flat = " ".join(text.split())
    for key in ("path", "made_by", "kind", "title", "namnd"):
        if not paper.get(key):
            wrong.append(f"no `{key}`")
    if not paper.stamp:
        wrong.append("neither `date` nor `stamp`")
    if paper.get("kind") not in KINDS:
        wrong.append(f"kind `{paper.get('kind')}` is none")
    for value in [paper.get("title")] + paper.items("dnr_own") + paper.items("dnr_other"):
        if value not in flat:
            wrong.append(f"`{value}` is not in the text")
    for author in paper.authors:
        if author["name"] not in flat:
            wrong.append(f"author `{author['name']}` is not in the text")
    # `not_party`: a department's code in brackets; `bare`: a code that stands without brackets.
    reads = sorted((set(mentioned(text)) - set(paper.items("not_party"))) | set(paper.items("bare")))
    if reads != sorted(paper.items("mentions")):
        wrong.append(f"mentions {paper.items('mentions')} but reads {reads}")
    return wrong
