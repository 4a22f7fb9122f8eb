"""A Paper set by Typst (the Python module `typst`)."""

import json
from pathlib import Path

import typst

FONTS = "/usr/share/fonts"


def pdf(paper, pages, out: Path):
    year, month, day = map(int, paper.stamp.split("-"))
    doc = {
        "title": paper.get("title"), "author": paper.get("forvaltning"), "pages": pages,
        "year": year, "month": month, "day": day,
        "left": paper.lines("left"), "right": paper.lines("right"), "addr": paper.lines("addr"),
        "addr_margin": paper.get("addr_place") == "margin",
        "margin_left": 52 if paper.get("addr_place") == "margin" else 30, "margin_right": 30 if paper.get("addr_place") == "margin" else 28,
        "run_head": (paper.lines("run_head") + ["", ""])[:2], "run_foot": paper.get("run_foot"),
        "font": paper.get("font", "Liberation Serif"), "head_font": paper.get("head_font", "Liberation Sans"),
        "size": float(paper.get("size", "11")), "hyphenate": "hyphenate" in paper.get("set"),
        "justify": "justify" in paper.get("set"), "bullet": paper.get("bullet", "•"), "blocks": paper.blocks,
    }
    here = Path(__file__).parent
    data = typst.compile(str(here / "paper.typ"), root=str(here), font_paths=[FONTS], sys_inputs={"doc": json.dumps(doc)})
    out.write_bytes(data)
