"""A PDF → the same pages as a scanner would leave them, with the text layer of an English engine or none at all."""

import os
import random
import re
import subprocess
import tempfile
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops, ImageFilter


def pdf(paper, source: Path, out: Path):
    """`scan` in the head: `tesseract`, `ocrmypdf` or `none`; `scan_as`: dpi, bilevel/jpeg, degrees of skew, noise."""
    dpi, mode, skew, noise = paper.get("scan_as", "200 bilevel 0.4 40").split()
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        subprocess.run(["pdftoppm", "-r", dpi, "-gray", str(source), str(tmp / "page")], check=True)
        chance = random.Random(paper.name)
        pages = [_worn(p, mode, float(skew), int(noise), int(dpi), chance) for p in sorted(tmp.glob("page*.pgm"))]
        plain = tmp / "plain.pdf"
        subprocess.run(["img2pdf", "--nodate", "--imgsize", f"{dpi}dpix{dpi}dpi", *map(str, pages), "-o", str(plain)], check=True, capture_output=True)
        quiet = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        how = paper.get("scan")
        if how == "none":
            made = plain
        elif how == "ocrmypdf":
            made = tmp / "made.pdf"
            subprocess.run(["ocrmypdf", "-l", "eng", "-q", "-j", "1", "--output-type", "pdf", "--optimize", "0", str(plain), str(made)],
                           check=True, env=quiet, capture_output=True)
        else:
            (tmp / "list.txt").write_text("".join(f"{p}\n" for p in pages))
            subprocess.run(["tesseract", str(tmp / "list.txt"), str(tmp / "made"), "--dpi", dpi, "-l", "eng", "pdf"], check=True, env=quiet, capture_output=True)
            made = tmp / "made.pdf"
        _still(made, plain, out, paper)


def _worn(path, mode, skew, noise, dpi, chance):
    image = Image.open(path)
    image = image.rotate(chance.choice((-1, 1)) * skew, resample=Image.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(0.6 * dpi / 150))
    grain = Image.frombytes("L", image.size, chance.randbytes(image.size[0] * image.size[1]))
    grain = grain.filter(ImageFilter.GaussianBlur(0.8)).point(lambda v: max(0, min(255, 128 + (v - 128) * noise // 40)))
    image = ImageChops.subtract(ImageChops.add(image, grain, 1, -128), Image.new("L", image.size, 4))
    if mode == "bilevel":
        done = path.with_suffix(".tif")
        image.point(lambda v: 255 if v > 150 else 0).convert("1", dither=Image.NONE).save(done, compression="group4", dpi=(dpi, dpi))
    else:
        done = path.with_suffix(".jpg")
        image.save(done, quality=30, dpi=(dpi, dpi))
    return done


def _still(made, plain, out, paper):
    """The same bytes on every run: no clock in the dates or the identity. Pictures that grew go back to what went in."""
    stamp = "D:" + paper.stamp.replace("-", "") + "150000"
    with pikepdf.open(made) as pdf, pikepdf.open(plain) as before:
        for page, old in zip(pdf.pages, before.pages):
            for name, image in page.images.items():
                _, source = next(iter(old.images.items()))
                if len(image.read_raw_bytes()) > len(source.read_raw_bytes()):
                    page.Resources.XObject[name] = pdf.copy_foreign(source)
            _named(pdf, page)
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = stamp
        if "/Metadata" in pdf.Root:
            xml = pdf.Root.Metadata.read_bytes().decode("utf-8")
            d = paper.stamp
            xml = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?", d + "T15:00:00+00:00", xml)
            xml = re.sub(r"uuid:[0-9a-f-]{36}", "uuid:00000000-0000-0000-0000-000000000000", xml)
            pdf.Root.Metadata = pdf.make_stream(xml.encode("utf-8"), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)


def _named(pdf, page):
    """OCRmyPDF calls its layer by a name made of chance; call it /OCR-layer."""
    objects = page.Resources.get("/XObject", {})
    for name in [str(k) for k in objects.keys() if str(k).startswith("/OCR-")]:
        objects["/OCR-layer"] = objects[name]
        del objects[name]
        content = page.Contents
        for stream in content if isinstance(content, pikepdf.Array) else [content]:
            stream.write(stream.read_bytes().replace(name.encode(), b"/OCR-layer"))
