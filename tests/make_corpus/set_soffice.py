"""A Paper as a flat OpenDocument text that LibreOffice turns into a PDF: real footnotes, fields, first-page master."""

import re
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape as esc

from paper import soft_hyphens

NS = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in {
    "office": "office", "style": "style", "text": "text", "table": "table", "meta": "meta",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible"}.items()) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def pdf(paper, pages, out: Path):
    with tempfile.TemporaryDirectory() as tmp:
        (Path(tmp) / "paper.fodt").write_text(_fodt(paper), encoding="utf-8")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp}/profile", "--headless", "--convert-to", "pdf", "--outdir", tmp, f"{tmp}/paper.fodt"],
            check=True, capture_output=True, timeout=180)
        data = (Path(tmp) / "paper.pdf").read_bytes()
    stamp = paper.stamp.replace("-", "").encode() + b"090000"
    data = re.sub(rb"(/(?:CreationDate|ModDate)\(D:)\d{14}", lambda m: m[1] + stamp, data)
    # The file's identity is made of the clock; put one made of the name.
    fixed = paper.name.encode().hex().upper().ljust(32, "0")[:32].encode()
    data = re.sub(rb"/ID \[ <[0-9A-F]{32}>(\s+)<[0-9A-F]{32}> \]", lambda m: b"/ID [ <" + fixed + b">" + m[1] + b"<" + fixed + b"> ]", data)
    data = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + fixed, data)
    out.write_bytes(data)


def _fill(line):
    return (esc(line).replace("{p}", '<text:page-number text:select-page="current">1</text:page-number>')
            .replace("{n}", "<text:page-count>1</text:page-count>"))


def _fodt(paper):
    shy = soft_hyphens if "hyphenate" in paper.get("set") else (lambda text: text)
    font, sans, size = paper.get("font", "Liberation Serif"), paper.get("head_font", "Liberation Sans"), paper.get("size", "11")
    align = "justify" if "justify" in paper.get("set") else "start"
    p = lambda style, inner: f'<text:p text:style-name="{style}">{inner}</text:p>'
    out = [p("Opening", "")]  # an empty line that sets the first page's master

    def run(pieces):
        text = ""
        for piece in pieces:
            if piece[0] == "note":
                text += (f'<text:note text:note-class="footnote" text:id="fn{piece[2]}"><text:note-citation>{piece[2]}</text:note-citation>'
                         f'<text:note-body>{p("Note", "<text:s/>" + esc(piece[1]))}</text:note-body></text:note>')
            else:
                text += esc(shy(piece[1])).replace("⏎", "<text:line-break/>")
        return text

    def grid(name, style, rows, cell, para):
        cols = len(rows[0])
        return (f'<table:table table:name="{name}" table:style-name="{style}"><table:table-column table:number-columns-repeated="{cols}"/>'
                + "".join("<table:table-row>" + "".join(
                    f'<table:table-cell table:style-name="{cell}" office:value-type="string">'
                    + "".join(p(para, x) for x in (c if isinstance(c, list) else [c])) + "</table:table-cell>" for c in row)
                    + "</table:table-row>" for row in rows) + "</table:table>")

    for n, block in enumerate(paper.blocks):
        kind = block["is"]
        if kind == "letterhead":
            out.append(grid(f"L{n}", "Plain", [[[_fill(x) for x in paper.lines("left")], [_fill(x) for x in paper.lines("right")]]], "NoLine", "Small"))
            out.append(p("Rule", ""))
        elif kind == "cols":
            out.append(grid(f"C{n}", "Plain", [[[esc(x) for x in block["left"]], [esc(x) for x in block["right"]]]], "NoLine", "Small"))
            out.append(p("Small", ""))
        elif kind in ("title", "subtitle", "h1", "h2"):
            if kind in ("h1", "h2"):
                out.append(f'<text:h text:style-name="{kind.upper()}" text:outline-level="{2 if kind == "h1" else 3}">{esc(block["text"])}</text:h>')
            else:
                out.append(p({"title": "PaperTitle", "subtitle": "Sub"}[kind], esc(block["text"])))
        elif kind == "p":
            out.append(p("Body", run(block["pieces"])))
        elif kind in ("ul", "ol"):
            style = "Bullets" if kind == "ul" else "Numbers"
            out.append(f'<text:list text:style-name="{style}">' + "".join(f"<text:list-item>{p('Item', run(i))}</text:list-item>" for i in block["items"]) + "</text:list>")
        elif kind == "table":
            out.append(grid(f"T{n}", "Lined", [[esc(c) for c in row] for row in block["rows"]], "Line", "Cell") + p("Body", ""))
        elif kind == "sign":
            out.append(p("Small", "") + grid(f"S{n}", "Plain", [[esc(c) for c in row] for row in block["rows"]], "NoLine", "Item"))
        elif kind == "lines":
            out.append(p("Body", "<text:line-break/>".join(map(esc, block["lines"]))))
        elif kind == "pagebreak":
            out.append(p("Break", ""))

    head = (paper.lines("run_head") + ["", ""])[:2]
    later = p("Header", _fill(head[0]) + "<text:tab/>" + _fill(head[1])) if any(head) else p("Header", "")
    foot = p("Foot", _fill(paper.get("run_foot"))) if paper.get("run_foot") else p("Foot", "")
    addr = paper.lines("addr")
    first_foot = "".join(p("Addr", "<text:tab/>".join(map(esc, addr[i:i + 3]))) for i in range(0, len(addr), 3)) or foot

    def style(name, para="", text="", extra=""):
        return (f'<style:style style:name="{name}" style:family="paragraph" {extra}><style:paragraph-properties {para}>'
                + ('<style:tab-stops><style:tab-stop style:position="15.3cm" style:type="right"/></style:tab-stops>' if name == "Header" else "")
                + ('<style:tab-stops><style:tab-stop style:position="5.3cm"/><style:tab-stop style:position="10.6cm"/></style:tab-stops>' if name == "Addr" else "")
                + f'</style:paragraph-properties><style:text-properties fo:language="sv" fo:country="SE" {text}/></style:style>')

    ft = lambda family, pt, more="": f'fo:font-family="\'{family}\'" fo:font-size="{pt}pt" {more}'
    styles = "".join([
        style("Body", f'fo:margin-bottom="0.25cm" fo:line-height="128%" fo:text-align="{align}"', ft(font, size)),
        style("Item", 'fo:margin-bottom="0.08cm"', ft(font, size)),
        style("Cell", "", ft(sans, 9)), style("Small", "", ft(sans, 9)), style("Note", "", ft(font, 8.5)),
        style("Rule", 'fo:border-top="0.5pt solid #222222" fo:margin-bottom="0.5cm"', ft(sans, 6)),
        style("PaperTitle", 'fo:margin-top="0.3cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"', ft(sans, 15, 'fo:font-weight="bold"')),
        style("Sub", 'fo:margin-bottom="0.5cm"', ft(sans, 11)),
        style("H1", 'fo:margin-top="0.45cm" fo:margin-bottom="0.12cm" fo:keep-with-next="always"', ft(sans, 11.5, 'fo:font-weight="bold"')),
        style("H2", 'fo:margin-top="0.35cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"', ft(sans, 10, 'fo:font-style="italic"')),
        style("Header", "", ft(sans, 8.5)), style("Foot", 'fo:text-align="center"', ft(sans, 8)), style("Addr", "", ft(sans, 7.5)),
        style("Break", 'fo:break-after="page"', ft(sans, 2)),
    ])
    layout = lambda name: (f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
                           'fo:margin-top="1.4cm" fo:margin-bottom="1.2cm" fo:margin-left="3cm" fo:margin-right="2.7cm"/>'
                           '<style:header-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-bottom="0.5cm"/></style:header-style>'
                           '<style:footer-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>')
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NS} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{esc(paper.get("title"))}</dc:title></office:meta>
<office:styles>{styles}
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:space-before="0.3cm" text:min-label-width="0.5cm"/></text:list-level-style-bullet></text:list-style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"><style:list-level-properties text:space-before="0.3cm" text:min-label-width="0.6cm"/></text:list-level-style-number></text:list-style>
<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" text:footnotes-position="page"/>
</office:styles>
<office:automatic-styles>
<style:style style:name="Opening" style:family="paragraph" style:parent-style-name="Small" style:master-page-name="First"/>
<style:style style:name="Plain" style:family="table"><style:table-properties style:width="15.3cm" table:align="left"/></style:style>
<style:style style:name="Lined" style:family="table"><style:table-properties style:width="15.3cm" table:align="left"/></style:style>
<style:style style:name="NoLine" style:family="table-cell"><style:table-cell-properties fo:padding="0cm" fo:border="none"/></style:style>
<style:style style:name="Line" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #333333"/></style:style>
{layout("PL1")}{layout("PL2")}
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="PL2"><style:header>{later}</style:header><style:footer>{foot}</style:footer></style:master-page>
<style:master-page style:name="First" style:page-layout-name="PL1" style:next-style-name="Standard"><style:header>{p("Header", "")}</style:header><style:footer>{first_foot}</style:footer></style:master-page>
</office:master-styles>
<office:body><office:text>{''.join(out)}</office:text></office:body></office:document>"""

