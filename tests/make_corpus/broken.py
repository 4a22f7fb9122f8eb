"""tests/data/: encrypted, locked and broken files, all made out of papers of corpus/."""

import random
import re

import pikepdf


def make(corpus, data, paths):
    data.mkdir(parents=True, exist_ok=True)
    small = corpus / paths.get("27-hagersten-liljeholmen-2019-v", "")
    if not small.is_file():
        return
    bytes_ = small.read_bytes()

    with pikepdf.open(small) as pdf:  # opens for everyone: only the owner's password is set
        _encrypted(pdf, data / "encrypted-empty-password.pdf", user="", owner="registrator")
    with pikepdf.open(small) as pdf:
        _encrypted(pdf, data / "locked-nyckel.pdf", user="nyckel", owner="registrator")

    # Plain objects, the pages first: what the later cut takes is fonts and the cross reference, so a tolerant reader
    # saves every word. The early cut takes most of the pages' text too.
    with pikepdf.open(small) as pdf:
        pdf.save(data / "xref-destroyed.pdf", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    plain = (data / "xref-destroyed.pdf").read_bytes()
    (data / "truncated.pdf").write_bytes(plain[: len(plain) * 6 // 10])
    (data / "truncated-early.pdf").write_bytes(plain[: len(plain) // 4])
    # Every offset of the cross reference points beside its object, and startxref points nowhere.
    plain = re.sub(rb"(?m)^\d{10} (\d{5} n)", lambda m: b"0000000007 " + m[1], plain)
    plain = re.sub(rb"startxref\n\d+", b"startxref\n999999999", plain)
    (data / "xref-destroyed.pdf").write_bytes(plain)

    (data / "error-page.pdf").write_text(
        "<!DOCTYPE html>\n<html lang=\"sv\"><head><title>404 – Handlingen finns inte</title></head>\n"
        "<body><h1>Handlingen kunde inte visas</h1><p>Kontakta nämndens registrator.</p></body></html>\n", encoding="utf-8")
    (data / "empty.pdf").write_bytes(b"")
    (data / "random-bytes.pdf").write_bytes(random.Random("slump").randbytes(4096))


def _encrypted(pdf, out, user, owner):
    # The key is made by chance, so a file that stands and opens is left alone.
    try:
        pikepdf.open(out, password=user).close()
        return
    except (FileNotFoundError, pikepdf.PdfError):
        pass
    pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner, R=6))
