"""A Paper set with ReportLab and the standard fonts: no embedded font, no map to Unicode, WinAnsi letters."""

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (HRFlowable, KeepTogether, ListFlowable, ListItem, PageBreak, Paragraph,
                                SimpleDocTemplate, Spacer, Table, TableStyle)

rl_config.invariant = 1


def pdf(paper, pages, out: Path):
    bold = {"Times-Roman": "Times-Bold", "Helvetica": "Helvetica-Bold", "Courier": "Courier-Bold"}
    font, head = paper.get("font", "Times-Roman"), paper.get("head_font", "Helvetica")
    size = float(paper.get("size", "11"))
    body = ParagraphStyle("body", fontName=font, fontSize=size, leading=size * 1.32, spaceAfter=7,
                          alignment=TA_JUSTIFY if "justify" in paper.get("set") else TA_LEFT)
    small = ParagraphStyle("small", fontName=head, fontSize=9, leading=12)
    h1 = ParagraphStyle("h1", fontName=bold[head], fontSize=11.5, leading=15, spaceBefore=10, spaceAfter=3, keepWithNext=1)
    h2 = ParagraphStyle("h2", parent=h1, fontName=head, fontSize=10)
    title = ParagraphStyle("title", fontName=bold[head], fontSize=15, leading=19, spaceBefore=8, spaceAfter=6)
    sub = ParagraphStyle("sub", fontName=head, fontSize=11, leading=14, spaceAfter=8)
    notes, flow = [], []
    width = A4[0] - 58 * mm

    def run(pieces):
        text = ""
        for piece in pieces:
            if piece[0] == "note":
                notes.append((piece[2], piece[1]))
                text += f"<super>{piece[2]}</super>"
            else:
                text += escape(piece[1]).replace("⏎", "<br/>")
        return text

    def two(left, right):
        cells = [[Paragraph("<br/>".join(escape(x.replace("{p}", "1").replace("{n}", str(pages))) for x in side), small) for side in (left, right)]]
        return Table(cells, colWidths=[width * 0.56, width * 0.44], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])

    for block in paper.blocks:
        kind = block["is"]
        if kind == "letterhead":
            flow += [two(paper.lines("left"), paper.lines("right")), HRFlowable(width="100%", thickness=0.6, color="black"), Spacer(1, 8 * mm)]
        elif kind == "cols":
            flow += [two(block["left"], block["right"]), Spacer(1, 6 * mm)]
        elif kind in ("title", "subtitle", "h1", "h2"):
            flow.append(Paragraph(escape(block["text"]), {"title": title, "subtitle": sub, "h1": h1, "h2": h2}[kind]))
        elif kind == "p":
            flow.append(Paragraph(run(block["pieces"]), body))
        elif kind in ("ul", "ol"):
            items = [ListItem(Paragraph(run(i), body)) for i in block["items"]]
            flow.append(ListFlowable(items, bulletType="bullet" if kind == "ul" else "1", start="\u2022" if kind == "ul" else None,
                                     bulletFormat=None if kind == "ul" else "%s.", leftIndent=14, bulletFontName=font, bulletFontSize=size))
        elif kind == "table":
            flow += [Table(block["rows"], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.4, "black"), ("FONT", (0, 0), (-1, -1), head, 9)])), Spacer(1, 4 * mm)]
        elif kind == "sign":
            n = len(block["rows"][0])
            flow.append(KeepTogether([Spacer(1, 9 * mm), Table(block["rows"], colWidths=[width / n] * n, style=[("FONT", (0, 0), (-1, -1), font, size), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]), Spacer(1, 5 * mm)]))
        elif kind == "lines":
            flow.append(Paragraph("<br/>".join(map(escape, block["lines"])), body))
        elif kind == "pagebreak":
            flow.append(PageBreak())
    if notes:
        flow.append(Spacer(1, 8 * mm))
        flow += [Paragraph(f"<super>{n}</super> {escape(t)}", small) for n, t in notes]

    def furniture(canvas, doc):
        p = doc.page
        fill = lambda line: line.replace("{p}", str(p)).replace("{n}", str(pages))
        canvas.setFont(head, 8.5)
        if p > 1 and paper.get("run_head"):
            left, right = (paper.lines("run_head") + ["", ""])[:2]
            canvas.drawString(29 * mm, A4[1] - 16 * mm, fill(left))
            canvas.drawRightString(A4[0] - 29 * mm, A4[1] - 16 * mm, fill(right))
        if p == 1 and paper.get("addr"):
            canvas.setFont(head, 7.5)
            for i, line in enumerate(paper.lines("addr")):
                canvas.drawString((29 + 52 * (i % 3)) * mm, (15 - 3.5 * (i // 3)) * mm, line)
        elif paper.get("run_foot"):
            canvas.drawCentredString(A4[0] / 2, 12 * mm, fill(paper.get("run_foot")))

    SimpleDocTemplate(str(out), pagesize=A4, leftMargin=29 * mm, rightMargin=29 * mm, topMargin=26 * mm, bottomMargin=25 * mm,
                      title=paper.get("title"), author=paper.get("forvaltning")).build(flow, onFirstPage=furniture, onLaterPages=furniture)
