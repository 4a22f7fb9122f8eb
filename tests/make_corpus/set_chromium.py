"""A Paper as a web page printed by Chromium."""

import html
import re
import subprocess
import tempfile
from pathlib import Path

from paper import soft_hyphens


def pdf(paper, pages, out: Path):
    with tempfile.TemporaryDirectory() as tmp:
        page = Path(tmp) / "paper.html"
        page.write_text(_html(paper, pages), encoding="utf-8")
        subprocess.run(
            ["chromium", "--no-sandbox", "--headless", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={tmp}/profile", f"--print-to-pdf={tmp}/paper.pdf", page.as_uri()],
            check=True, capture_output=True, timeout=120)
        data = (Path(tmp) / "paper.pdf").read_bytes()
    stamp = paper.stamp.replace("-", "").encode() + b"090000"
    data = re.sub(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}", lambda m: m[1] + stamp, data)
    out.write_bytes(data)


def _html(paper, pages):
    shy = soft_hyphens if "hyphenate" in paper.get("set") else (lambda text: text)
    esc = lambda text: html.escape(text, quote=False)
    fill = lambda line: esc(line.replace("{p}", "1").replace("{n}", str(pages)))
    margin = paper.get("addr_place") == "margin"
    notes, out = [], []

    def run(pieces):
        text = ""
        for piece in pieces:
            if piece[0] == "note":
                notes.append((piece[2], piece[1]))
                text += f"<sup>{piece[2]}</sup>"
            else:
                text += esc(shy(piece[1])).replace("⏎", "<br>")
        return text

    for block in paper.blocks:
        kind = block["is"]
        if kind == "letterhead":
            left, right = ("<br>".join(fill(x) for x in paper.lines(side)) for side in ("left", "right"))
            out.append(f'<header class="two"><div><b>{left.replace("<br>", "</b><br>", 1)}</div><div><b>{right.replace("<br>", "</b><br>", 1)}</div></header>')
            if paper.get("addr"):
                out.append('<address>' + "<br>".join(map(esc, paper.lines("addr"))) + "</address>")
        elif kind == "cols":
            out.append('<div class="two who"><div>' + "<br>".join(map(esc, block["left"])) + "</div><div>" + "<br>".join(map(esc, block["right"])) + "</div></div>")
        elif kind in ("title", "subtitle", "h1", "h2"):
            tag = {"title": "h1", "subtitle": "p class=sub", "h1": "h2", "h2": "h3"}[kind]
            out.append(f"<{tag}>{esc(block['text'])}</{tag.split()[0]}>")
        elif kind == "p":
            out.append(f"<p>{run(block['pieces'])}</p>")
        elif kind in ("ul", "ol"):
            out.append(f"<{kind}>" + "".join(f"<li>{run(i)}</li>" for i in block["items"]) + f"</{kind}>")
        elif kind == "table":
            rows = ["".join(f"<{'th' if n == 0 else 'td'}>{esc(c)}</{'th' if n == 0 else 'td'}>" for c in row) for n, row in enumerate(block["rows"])]
            out.append("<table>" + "".join(f"<tr>{r}</tr>" for r in rows) + "</table>")
        elif kind == "sign":
            out.append('<table class="sign">' + "".join("<tr>" + "".join(f"<td>{esc(c)}</td>" for c in row) + "</tr>" for row in block["rows"]) + "</table>")
        elif kind == "lines":
            out.append("<p>" + "<br>".join(map(esc, block["lines"])) + "</p>")
        elif kind == "pagebreak":
            out.append('<div style="break-after:page"></div>')
    if notes:
        out.append('<hr class="notes">' + "".join(f'<p class="note"><sup>{n}</sup> {esc(t)}</p>' for n, t in notes))

    def box(line):
        text = line.replace("\\", "").replace('"', "'")
        text = text.replace("{p}", '" counter(page) "').replace("{n}", '" counter(pages) "')
        return f'content: "{text}"'

    head = (paper.lines("run_head") + ["", ""])[:2]
    foot = paper.get("run_foot")
    font, sans = paper.get("font", "Liberation Serif"), paper.get("head_font", "Liberation Sans")
    css = f"""
@page {{ size: A4; margin: 27mm 27mm 24mm {14 if margin else 28}mm;
  @top-left {{ {box(head[0])}; font: 8.5pt '{sans}' }} @top-right {{ {box(head[1])}; font: 8.5pt '{sans}' }}
  @bottom-center {{ {box(foot)}; font: 8pt '{sans}' }} }}
@page :first {{ @top-left {{ content: "" }} @top-right {{ content: "" }} }}
body {{ margin: 0; {'padding-left: 38mm;' if margin else ''} font: {paper.get('size', '11')}pt/1.35 '{font}'; hyphens: manual; {'text-align: justify;' if 'justify' in paper.get('set') else ''} }}
.two {{ display: grid; grid-template-columns: 1.25fr 1fr; gap: 6mm; font: 9pt/1.35 '{sans}'; text-align: left }}
header.two {{ border-bottom: {'0' if margin else '1px solid #333'}; padding-bottom: 3mm; margin-bottom: 8mm; {'margin-left: -28mm;' if margin else ''} }}
.who {{ margin-bottom: 8mm }}
address {{ font: normal 7pt/1.3 '{sans}'; text-align: left; {'position: absolute; left: 0; top: 200mm; width: 34mm' if margin else 'margin-bottom: 6mm'} }}
h1 {{ font: bold 15pt/1.25 '{sans}'; text-align: left; margin: 0 0 2mm }} .sub {{ font: 11pt '{sans}'; margin: 0 0 6mm }}
h2 {{ font: bold 11.5pt '{sans}'; margin: 5mm 0 1.5mm; break-after: avoid }} h3 {{ font: italic 10pt '{sans}'; margin: 4mm 0 1mm; break-after: avoid }}
p {{ margin: 0 0 3mm; orphans: 2; widows: 2 }} ul, ol {{ margin: 0 0 3mm; padding-left: 7mm }}
tr {{ break-inside: avoid }} table {{ border-collapse: collapse; font-size: 9.5pt; margin: 2mm 0 4mm; text-align: left }} th, td {{ border: 0.5pt solid #444; padding: 1mm 2mm }}
table.sign {{ width: 100%; margin-top: 10mm; break-inside: avoid; font-size: 11pt }} .sign td {{ border: 0; padding: 0.6mm 0 }}
hr.notes {{ width: 35mm; margin: 8mm 0 2mm; border: 0; border-top: 0.6pt solid #333 }} .note {{ font-size: 8.5pt; margin: 0 0 1mm }}
"""
    return f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{esc(paper.get("title"))}</title><style>{css}</style></head><body>{"".join(out)}</body></html>'
